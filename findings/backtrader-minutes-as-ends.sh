#!/usr/bin/env bash
# Guess: minutes of a day, rolled up by one library in one run, are the same minutes whether the result is 24 candles
# of an hour or one of a day; and a minute stamped 10:00 is in the hour that begins at 10:00.
#
# Seen with backtrader 1.9.78.123 (resampledata): up to minutes and hours it takes a stamp for the end of its
# minute, from days on for its beginning. Venues stamp the beginning, so the first hour is a candle of one minute
# (00:00 alone), each later one holds 00:01 to 01:00 and so opens a minute late, and the last hour lacks a minute;
# 1,440 minutes are no day either, only Days is. The 24 hours of a day are then not that day, none of them
# is the venue's own hour, and all are well formed. boundoff=1 moves the edges to where venues have them
# (a full candle then bears the stamp of its last minute, 00:59); to add a minute to each stamp
# does it too, but puts the days wrong.
#
# Exits 0 while it is so, 1 when it has changed, 77 where Python or the packages cannot be had.
set -euo pipefail

command -v python3 >/dev/null || { echo 'skipped: no python3'; exit 77; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv" || { echo 'skipped: no venv'; exit 77; }
"$work/venv/bin/pip" install -q --disable-pip-version-check \
  backtrader==1.9.78.123 pandas==3.1.1 || { echo 'skipped: packages cannot be had'; exit 77; }

"$work/venv/bin/python" - <<'P'
import sys

import backtrader as bt
import pandas as pd

DAYS = 2
# Each minute opens at its number since the first midnight
number = pd.Series(range(DAYS * 1440), dtype=float)
minutes = pd.DataFrame({"open": number, "high": number, "low": number, "close": number, "volume": 1.0})
minutes.index = pd.date_range("2026-01-01", periods=len(minutes), freq="1min")


def rolled_up(timeframe, compression, shift="0min", **options):
    """Of each candle: the number of its first minute, and how many it holds"""
    candles = []

    class Collect(bt.Strategy):
        def next(self):
            candles.append((int(self.data.open[0]), int(self.data.volume[0])))

    cerebro = bt.Cerebro(stdstats=False)
    feed = bt.feeds.PandasData(
        dataname=minutes.shift(freq=shift), timeframe=bt.TimeFrame.Minutes, compression=1)
    cerebro.resampledata(feed, timeframe=timeframe, compression=compression, **options)
    cerebro.addstrategy(Collect)
    cerebro.run()
    return candles


hours = rolled_up(bt.TimeFrame.Minutes, 60)
day_of_minutes = rolled_up(bt.TimeFrame.Minutes, 1440)
days = rolled_up(bt.TimeFrame.Days, 1)
moved = rolled_up(bt.TimeFrame.Minutes, 60, boundoff=1)
days_of_ends = rolled_up(bt.TimeFrame.Days, 1, shift="1min")
print("(first minute, minutes) of hours:     ", hours[:3], "…", hours[-1])
print("(first minute, minutes) of 1440 each: ", day_of_minutes)
print("(first minute, minutes) of days:      ", days)
print("(first minute, minutes), boundoff=1:  ", moved[:3], "…", moved[-1])
print("days, each stamp a minute later:      ", days_of_ends)

same = hours == [(0, 1)] + [(60 * i + 1, 60) for i in range(47)] + [(2821, 59)]
same &= day_of_minutes == [(0, 1), (1, 1440), (1441, 1439)]
same &= days == [(0, 1440), (1440, 1440)]
same &= moved == [(60 * i, 60) for i in range(48)]
same &= days_of_ends == [(0, 1439), (1439, 1440), (2879, 1)]
print("as written down" if same else "this has changed")
sys.exit(0 if same else 1)
P
