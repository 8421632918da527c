#!/usr/bin/env bash
# Guess: a reader of a hive-partitioned folder of Parquet files gives back the values that the paths spell,
# at worst as text.
#
# Seen with fastparquet 2026.9.0 (pandas 3.1.1, pyarrow 26.0.1 as the writer, Python 3.11): values that only look
# like a time are made one, without an error or a warning. Of the candle lengths in timeframe=1d, 1m and 5m,
# 1d becomes a length of time, and 1m and 5m become moments of the first year, so that no
# comparison with '1m' ever finds a row. pyarrow and DuckDB give texts for the same folder.
#
# Exits 0 while it is so, 1 when it has changed, 77 where Python or the packages cannot be had.
set -euo pipefail

command -v python3 >/dev/null || { echo 'skipped: no python3'; exit 77; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv" || { echo 'skipped: no venv'; exit 77; }
"$work/venv/bin/pip" install -q --disable-pip-version-check \
  fastparquet==2026.9.0 pandas==3.1.1 pyarrow==26.0.1 || { echo 'skipped: packages cannot be had'; exit 77; }

"$work/venv/bin/python" - "$work/data" <<'P'
import sys
import pandas as pd
import pyarrow as pa
import pyarrow.dataset as ds
from fastparquet import ParquetFile

folder = sys.argv[1]
table = pa.table({"timeframe": ["1d", "1m", "5m"], "close": [1.0, 2.0, 3.0]})
ds.write_dataset(table, folder, format="parquet", partitioning=ds.partitioning(
    pa.schema([("timeframe", pa.string())]), flavor="hive"))

arrow = sorted(ds.dataset(folder, partitioning="hive").to_table().column("timeframe").to_pylist())
whole = ParquetFile(folder).to_pandas()
values = list(whole["timeframe"])
print("pyarrow:    ", arrow)
print("fastparquet:", values, whole["timeframe"].dtype)
texts = [v for v in values if isinstance(v, str)]
same = arrow == ["1d", "1m", "5m"] and not texts and not (whole["timeframe"] == "1m").any()
print("as written down" if same else "this has changed")
sys.exit(0 if same else 1)
P
