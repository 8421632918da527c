#!/usr/bin/env bash
# Guess: the minimum and maximum of a column that a Delta table's log keeps for each file are bounds: they may be wider
# than the values, and a reader that leaves out files by them finds every row. A value comes from the data.
#
# Seen with deltalake 1.6.6 (Python package of delta-rs): of a DECIMAL they are written as doubles, nearest, not
# outwards. With more than fifteen to seventeen digits, as a volume with 18 places has them, a file's largest value may
# be above its maximum. A query for it, with = or >=, by SQL or by to_pyarrow_table(filters=…), skips the file and
# finds nothing; delete with the same condition deletes nothing. Where all values of a file are equal, as in one that a
# single candle was appended by, a query with a condition answers with the maximum of the log in place of the value:
# 1234567.123456789012345678 becomes 1234567.123456789000000000, and without the condition it is right again. No error
# in any case. It is right with doubles, or with these statistics off: delta.dataSkippingStatsColumns naming others.
#
# Exits 0 while it is so, 1 when it has changed, 77 where Python or the packages cannot be had.
set -euo pipefail

command -v python3 >/dev/null || { echo 'skipped: no python3'; exit 77; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv" || { echo 'skipped: no venv'; exit 77; }
"$work/venv/bin/pip" install -q --disable-pip-version-check deltalake==1.6.6 pyarrow==26.0.1 \
  || { echo 'skipped: packages cannot be had'; exit 77; }

"$work/venv/bin/python" - "$work" <<'P'
import sys
from decimal import Decimal

import pyarrow as pa
from deltalake import DeltaTable, QueryBuilder, write_deltalake

VOLUME = Decimal("1234567.123456789012345678")
TYPE = pa.decimal128(38, 18)


def texts(table):
    return sorted(str(volume) for volume in pa.table(table)["volume"].to_pylist())


def seen_of(name, first_file, configuration=None, number=Decimal):
    type = TYPE if number == Decimal else pa.float64()
    path = f"{sys.argv[1]}/{name}"
    for volumes in (first_file, [Decimal(2), Decimal(3)]):
        rows = pa.table({"id": range(len(volumes)), "volume": pa.array(map(number, volumes), type)})
        write_deltalake(path, rows, mode="append", configuration=configuration)
    table = DeltaTable(path)
    query = lambda where: texts(
        QueryBuilder().register("t", table).execute(f"SELECT volume FROM t WHERE {where}").read_all()
    )
    exactly = "volume = " + (f"CAST('{VOLUME}' AS DECIMAL(38, 18))" if number == Decimal else repr(number(VOLUME)))
    results = {
        "no condition": str(max(pa.table(table.to_pyarrow_table())["volume"].to_pylist())),
        "above 1000": query("volume > 1000"),
        "equal": query(exactly),
        "at least": query(exactly.replace("=", ">=")),
        "filters": texts(table.to_pyarrow_table(filters=[("volume", "=", number(VOLUME))])),
    }
    results["deleted"] = table.delete(exactly)["num_deleted_rows"]
    for what, result in results.items():
        print(f"{name}, {what}: {result}")
    return list(results.values())


whole, lost = str(VOLUME), "1234567.123456789000000000"
right = lambda value: [value, [value], [value], [value], [value], 1]
others = {"delta.dataSkippingStatsColumns": "id"}
same = seen_of("one candle", [VOLUME]) == [whole, [lost], [], [], [], 0]
same &= seen_of("a day of candles", [VOLUME, Decimal("0.5")]) == [whole, [whole], [], [], [], 0]
same &= seen_of("without statistics", [VOLUME], others) == right(whole)
same &= seen_of("doubles", [VOLUME], number=float) == right(str(float(VOLUME)))
print("as written down" if same else "this has changed")
sys.exit(0 if same else 1)
P
