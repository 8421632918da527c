#!/usr/bin/env bash
# Guess: an average over the last three candles depends on three candles. A wrong one that has left the window, such as
# an amount in the smallest unit of a coin or a price without its point, has no effect any more; and no standard
# deviation is below 0.
#
# Seen with DataFusion 55.0.0, TA-Lib 0.8.2, tulipy 0.4.0 and bottleneck 1.6.0 (Python packages): they carry sums on and
# subtract what leaves the window. Behind one amount of 1e17 the average of 1, 1, 1 is 0 in DataFusion's windows
# (ROWS BETWEEN 2 PRECEDING …), in tulipy and in bottleneck, and 0.333 in TA-Lib, to the end of the series. Behind one
# price of 67e9 the deviation of 67001, 67002, 67001 is NaN in DataFusion, 0 in bottleneck and -5382.78 in tulipy; only
# TA-Lib has its 0.47. A NaN stays for good in DataFusion and tulipy, and in TA-Lib, which says so of itself. DuckDB
# 2.0.1, Polars 2.1.0 and pandas 3.1.1 are right in all of it. Leave wrong values out before the window, or cut the
# series behind them.
#
# Exits 0 while it is so, 1 when it has changed, 77 where Python or the packages cannot be had.
set -euo pipefail

command -v python3 >/dev/null || { echo 'skipped: no python3'; exit 77; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv" || { echo 'skipped: no venv'; exit 77; }
"$work/venv/bin/pip" install -q --disable-pip-version-check datafusion==55.0.0 TA-Lib==0.8.2 tulipy==0.4.0 \
  bottleneck==1.6.0 duckdb==2.0.1 polars==2.1.0 pandas==3.1.1 pyarrow==26.0.1 numpy==2.4.6 \
  || { echo 'skipped: packages cannot be had'; exit 77; }

"$work/venv/bin/python" - <<'P'
import sys

import bottleneck
import datafusion
import duckdb
import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import talib
import tulipy

SERIES = {
    "amounts": [1, 1, 1e17, 1, 1, 1, 1],
    "prices": [67000, 67001, 67e9, 67000, 67001, 67002, 67001],
    "with NaN": [1, 1, np.nan, 1, 1, 1, 1],
}
QUERY = """SELECT avg(x) OVER w AS mean, stddev_pop(x) OVER w AS deviation FROM candles
    WINDOW w AS (ORDER BY i ROWS BETWEEN 2 PRECEDING AND CURRENT ROW) ORDER BY i DESC LIMIT 1"""


def last(values):
    """By library: average and standard deviation of the last three values"""
    x = np.array(values, dtype=float)
    candles = pa.table({"i": range(len(x)), "x": x})
    context = datafusion.SessionContext()
    context.from_arrow(candles, name="candles")
    answer = context.sql(QUERY).to_pydict()
    rolling, series = pd.Series(x).rolling(3), pl.Series(x)
    seen = {
        "DataFusion": (answer["mean"][0], answer["deviation"][0]),
        "TA-Lib": (talib.SMA(x, 3)[-1], talib.STDDEV(x, 3)[-1]),
        "tulipy": (tulipy.sma(x, 3)[-1], tulipy.stddev(x, 3)[-1]),
        "bottleneck": (bottleneck.move_mean(x, 3)[-1], bottleneck.move_std(x, 3)[-1]),
        "DuckDB": duckdb.sql(QUERY).fetchall()[0],
        "Polars": (series.rolling_mean(3)[-1], series.rolling_std(3, ddof=0)[-1]),
        "pandas": (rolling.mean().iloc[-1], rolling.std(ddof=0).iloc[-1]),
    }
    return {name: " ".join(f"{value:.2f}" for value in pair) for name, pair in seen.items()}


seen = {name: last(values) for name, values in SERIES.items()}
for name, by_library in seen.items():
    print(f"{name}: {by_library}")
right = {"DuckDB", "Polars", "pandas"}
same = seen == {
    "amounts": {"DataFusion": "0.00 0.00", "TA-Lib": "0.33 0.00", "tulipy": "0.00 0.00", "bottleneck": "0.00 0.00"}
    | dict.fromkeys(right, "1.00 0.00"),
    "prices": {"DataFusion": "67001.33 nan", "TA-Lib": "67001.33 0.47", "tulipy": "67001.33 -5382.78",
               "bottleneck": "67001.33 0.00"} | dict.fromkeys(right, "67001.33 0.47"),
    "with NaN": {"DataFusion": "nan nan", "TA-Lib": "nan nan", "tulipy": "nan nan", "bottleneck": "1.00 0.00"}
    | dict.fromkeys(right, "1.00 0.00"),
}
print("as written down" if same else "this has changed")
sys.exit(0 if same else 1)
P
