#!/usr/bin/env bash
# Guess: an engine that infers the types of a file from its first lines stops with an error, or has null, at a value
# further down that is not of the inferred type; so it does with CSV, and JSON has nothing but numbers anyway.
#
# Seen with DataFusion 55.0.0 (Python package): where the first thousand lines have whole numbers, a column of JSON is
# an Int64, and of each number further down its fraction is cut off: an amount of 0.5 is 0, of 2.99 is 2, of -0.4 is 0.
# Sums of volumes are too low, candles of such trades have prices without their pennies, and no error or warning says
# so; the same rows as CSV are an error. One file decides for the whole folder: if the first has a thousand lines of
# whole amounts, the fractions of every later day are lost. Writers of JSON that leave out ".0", as JavaScript does,
# make such files of any coin that is first traded in whole pieces. Give a schema, or a schema_infer_max_records that
# covers all.
#
# Exits 0 while it is so, 1 when it has changed, 77 where Python or the packages cannot be had.
set -euo pipefail

command -v python3 >/dev/null || { echo 'skipped: no python3'; exit 77; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv" || { echo 'skipped: no venv'; exit 77; }
"$work/venv/bin/pip" install -q --disable-pip-version-check datafusion==55.0.0 pyarrow==26.0.1 \
  || { echo 'skipped: packages cannot be had'; exit 77; }

"$work/venv/bin/python" - "$work" <<'P'
import json
import sys
from pathlib import Path

import pyarrow as pa
from datafusion import SessionContext

work = Path(sys.argv[1])
whole, fractions = [1, 2] * 500, [0.5, 0.5, 2.99, -0.4]


def lines_of(amounts):
    return "".join(json.dumps({"amount": amount}) + "\n" for amount in amounts)


(work / "one.json").write_text(lines_of(whole + fractions))
(work / "one.csv").write_text("amount\n" + "".join(f"{amount}\n" for amount in whole + fractions))
(work / "days").mkdir()
(work / "days" / "1.json").write_text(lines_of(whole))
(work / "days" / "2.json").write_text(lines_of(fractions))


def summed(register, path, **options):
    context = SessionContext()
    try:
        getattr(context, register)("trades", str(work / path), **options)
        terms = "round(sum(amount), 2) as total, count(*) filter (where amount = 0) as zeros"
        row = context.sql(f"select {terms} from trades").to_pylist()[0]
        return row["total"], row["zeros"]
    except Exception as error:
        return "error" if "0.5" in str(error) else str(error)


seen = {
    "JSON": summed("register_json", "one.json"),
    "JSON, types of all lines": summed("register_json", "one.json", schema_infer_max_records=2000),
    "JSON, with a schema": summed("register_json", "one.json", schema=pa.schema([("amount", pa.float64())])),
    "CSV": summed("register_csv", "one.csv"),
    "JSON, a file a day": summed("register_json", "days"),
}
for name, result in seen.items():
    print(f"{name}: {result}")
same = seen == {
    "JSON": (1502, 3),
    "JSON, types of all lines": (1503.59, 0),
    "JSON, with a schema": (1503.59, 0),
    "CSV": "error",
    "JSON, a file a day": (1502, 3),
}
print("as written down" if same else "this has changed")
sys.exit(0 if same else 1)
P
