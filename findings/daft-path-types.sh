#!/usr/bin/env bash
# Guess: a reader of a hive-partitioned folder that infers the type of a path's column finds one that holds every value
# of it; if one value is no number, the column is text.
#
# Seen with Daft 0.7.26 (read_parquet with hive_partitioning=True; pyarrow 25.0.1 as the writer): the first file alone
# says the type, and a value of another file that is not of it becomes null, without an error or a warning. Coins named
# 4 and 42 are traded: of symbol=4 and symbol=BTC, read in this order, the symbols are the number 4 and null, in the
# other order '4' and 'BTC'. Rows and prices are all there. The order of a list is kept; a glob's differed from
# one run to the next, so one program gave the numbers once and the texts once. schema={"symbol": DataType.string()}
# gives the texts in either order.
#
# Exits 0 while it is so, 1 when it has changed, 77 where Python or the packages cannot be had.
set -euo pipefail

command -v python3 >/dev/null || { echo 'skipped: no python3'; exit 77; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv" || { echo 'skipped: no venv'; exit 77; }
"$work/venv/bin/pip" install -q --disable-pip-version-check \
  daft==0.7.26 pyarrow==25.0.1 || { echo 'skipped: packages cannot be had'; exit 77; }

DO_NOT_TRACK=true "$work/venv/bin/python" - "$work" <<'P'
import sys
from pathlib import Path

import daft
import pyarrow as pa
import pyarrow.parquet as pq

files = {}
for symbol, close in (("4", 1.0), ("BTC", 2.0)):
    folder = Path(sys.argv[1], "candles", f"symbol={symbol}")
    folder.mkdir(parents=True)
    pq.write_table(pa.table({"close": [close]}), folder / "a.parquet")
    files[symbol] = str(folder / "a.parquet")


def symbols(*order, **options):
    read = daft.read_parquet([files[symbol] for symbol in order], hive_partitioning=True, **options)
    rows = read.to_pydict()
    return dict(zip(rows["close"], rows["symbol"]))


text = {"symbol": daft.DataType.string()}
seen = [symbols("4", "BTC"), symbols("BTC", "4"), symbols("4", "BTC", schema=text)]
for name, values in zip(("4 first", "BTC first", "4 first, told the type"), seen):
    print(f"{name}: symbol by close {values}")
same = seen == [{1.0: 4, 2.0: None}, {1.0: "4", 2.0: "BTC"}, {1.0: "4", 2.0: "BTC"}]
print("as written down" if same else "this has changed")
sys.exit(0 if same else 1)
P
