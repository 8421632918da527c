#!/usr/bin/env bash
# Guess: what a function of a library takes by the name of prices are prices, whatever a coin costs; a loss in percent
# is the same in dollars and in cents.
#
# Seen with quantstats 0.0.86 (Python package): a series is guessed to be prices or returns by its values, also where
# the parameter is called prices. If its largest value is below 1, max_drawdown takes the closes for daily returns, and
# a coin that falls from 0.80 to 0.11 gained 80 %, 88 %, 66 % … : its drawdown is 0.0, in cents it is -0.875. The other
# way round to_returns hands on prices that never were above 1 as if they were returns, and sharpe and win_rate, which
# make returns of prices of any other coin, are those of a coin that wins on every day. The same coin is right from the
# first close above 1 on, so a filter over many coins finds the cheapest ones best; with a largest close of 1.00 its
# drawdown is right and the others are not. No error, no warning. Give returns of your own making (pct_change), and
# prices times a number that puts the largest of them above 1.
#
# Exits 0 while it is so, 1 when it has changed, 77 where Python or the packages cannot be had.
set -euo pipefail

command -v python3 >/dev/null || { echo 'skipped: no python3'; exit 77; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv" || { echo 'skipped: no venv'; exit 77; }
"$work/venv/bin/pip" install -q --disable-pip-version-check quantstats==0.0.86 pandas==3.1.1 \
  || { echo 'skipped: packages cannot be had'; exit 77; }

MPLCONFIGDIR="$work" "$work/venv/bin/python" - <<'P'
import sys

import pandas as pd
from quantstats import stats, utils

days = pd.date_range("2026-01-01", periods=7, freq="D")
dollars = pd.Series([0.80, 0.88, 0.66, 0.44, 0.33, 0.22, 0.11], index=days)
seen = {}
up_to_one = pd.Series([0.80, 1.00, 0.66, 0.44, 0.33, 0.22, 0.10], index=days)
all_series = {"dollars": dollars, "cents": dollars * 100, "from 1.04 on": dollars * 1.3, "up to 1.00": up_to_one}
for name, closes in all_series.items():
    seen[name] = {
        "max_drawdown": round(float(stats.max_drawdown(closes)), 4),
        "to_returns": [round(value, 4) for value in utils.to_returns(closes).tolist()[1:3]],
        "win_rate": round(float(stats.win_rate(closes)), 4),
        "sharpe above 0": bool(stats.sharpe(closes) > 0),
    }
    print(f"{name}: {seen[name]}")
right = {"max_drawdown": -0.875, "to_returns": [0.1, -0.25], "win_rate": 0.1667, "sharpe above 0": False}
wrong = {"max_drawdown": 0.0, "to_returns": [0.88, 0.66], "win_rate": 1.0, "sharpe above 0": True}
half_wrong = {"max_drawdown": -0.9, "to_returns": [1.0, 0.66], "win_rate": 1.0, "sharpe above 0": True}
same = seen == {"dollars": wrong, "cents": right, "from 1.04 on": right, "up to 1.00": half_wrong}
print("as written down" if same else "this has changed")
sys.exit(0 if same else 1)
P
