#!/usr/bin/env bash
# Guess: where nothing moves, an indicator between two extremes is in the middle or has no value, and whichever library
# is asked says the same; so rows for minutes without a trade, flat at the last close, do no harm.
#
# Seen with TA-Lib 0.8.2, ta 0.11.0, talipp 2.7.0 and pandas-ta-classic 0.8.32 (Python), 60 bars of one price and no
# volume: an RSI of 14, which under 30 means "oversold" and over 70 "overbought", is 0 by TA-Lib, 100 by ta and talipp
# and NaN by pandas-ta-classic: buy, sell, nothing. The slow stochastic is 0 by TA-Lib and pandas-ta-classic, 100 by
# talipp, NaN by ta. TA-Lib contradicts itself: its %R of the same bars is 0 too, and %R goes from -100 at the bottom
# to 0 at the top. Its money flow index is 0, and every such bar is a doji (100). None says 50. The stochastic and %R
# need but one window of flat bars for it, which a thin coin soon has; RSI a series that begins flat. Take
# indicators of candles with trades only, or see that high > low in the window first.
#
# Exits 0 while it is so, 1 when it has changed, 77 where Python or the packages cannot be had.
set -euo pipefail

command -v python3 >/dev/null || { echo 'skipped: no python3'; exit 77; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv" || { echo 'skipped: no venv'; exit 77; }
"$work/venv/bin/pip" install -q --disable-pip-version-check --only-binary :all: \
  TA-Lib==0.8.2 talipp==2.7.0 pandas-ta-classic==0.8.32 pandas==3.1.1 numpy==2.4.6 &&
  "$work/venv/bin/pip" install -q --disable-pip-version-check ta==0.11.0 ||
  { echo 'skipped: packages cannot be had'; exit 77; }

"$work/venv/bin/python" -W ignore - <<'P'
import sys

import numpy as np
import pandas as pd
import pandas_ta_classic
import ta
import talib
import talipp.indicators
from talipp.ohlcv import OHLCV

array = np.full(60, 100.0)
nothing = np.zeros(60)
series = pd.Series(array)
bars = [OHLCV(100.0, 100.0, 100.0, 100.0, 0.0) for _ in array]
seen = {
    "RSI TA-Lib": talib.RSI(array, 14)[-1],
    "RSI ta": ta.momentum.RSIIndicator(series, 14).rsi().iloc[-1],
    "RSI talipp": talipp.indicators.RSI(14, array.tolist())[-1],
    "RSI pandas-ta-classic": pandas_ta_classic.rsi(series, 14).iloc[-1],
    "stochastic TA-Lib": talib.STOCH(array, array, array)[0][-1],
    "stochastic ta": ta.momentum.StochasticOscillator(series, series, series).stoch_signal().iloc[-1],
    "stochastic talipp": talipp.indicators.Stoch(14, 3, input_values=bars)[-1].d,
    "stochastic pandas-ta-classic": pandas_ta_classic.stoch(series, series, series).iloc[-1, 1],
    "%R TA-Lib": talib.WILLR(array, array, array)[-1],
    "%R ta": ta.momentum.WilliamsRIndicator(series, series, series).williams_r().iloc[-1],
    "money flow TA-Lib": talib.MFI(array, array, array, nothing)[-1],
    "doji TA-Lib": talib.CDLDOJI(array, array, array, array)[-1],
}
for name, value in seen.items():
    print(f"{name}: {float(value):g}")
same = [f"{float(value):g}" for value in seen.values()] == [
    "0", "100", "100", "nan", "0", "nan", "100", "0", "0", "nan", "0", "100",
]
print("as written down" if same else "this has changed")
sys.exit(0 if same else 1)
P
