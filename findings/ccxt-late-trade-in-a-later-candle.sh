#!/usr/bin/env bash
# Guess: a library that folds trades into candles puts each trade into the candle of its own time.
#
# Seen with build_ohlcvc of ccxt 4.5.90 (Python package), its method for that: a trade that comes behind one of a
# later minute is folded into that later minute. Venues send such trades every day. The minute of the late trade
# then lacks it, and the later one shows its price as low and as close, and its volume: two wrong candles, each of a
# shape that no check can see. Sorted by time the same four trades give the right ones.
#
# Exits 0 while it is so, 1 when it has changed, 77 where Python or the package cannot be had.
set -euo pipefail

command -v python3 >/dev/null || { echo 'skipped: no python3'; exit 77; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv" || { echo 'skipped: no venv'; exit 77; }
"$work/venv/bin/pip" install -q --disable-pip-version-check ccxt==4.5.90 || { echo 'skipped: package cannot be had'; exit 77; }

"$work/venv/bin/python" - <<'P'
import sys

import ccxt

exchange = ccxt.kraken()
start = 1_767_225_600_000
COLUMNS = ("minute", "open", "high", "low", "close", "volume", "trades")


def trade(second, price, amount):
    return {"timestamp": start + second * 1_000, "price": price, "amount": amount}


# the third is of the first minute, and published behind one of the second
arrived = [trade(1, 100, 1), trade(61, 101, 1), trade(59, 99, 5), trade(121, 103, 1)]


def candles(trades):
    folded = exchange.build_ohlcvc(trades, "1m")
    return [((row[0] - start) // 60_000, *row[1:]) for row in folded]


as_they_came = candles(arrived)
by_time = candles(sorted(arrived, key=lambda one: one["timestamp"]))
for title, rows in (("as they came", as_they_came), ("sorted by time", by_time)):
    print(title)
    for row in rows:
        print(" ", *(f"{column}={value}" for column, value in zip(COLUMNS, row)))

wrong = [(0, 100, 100, 100, 100, 1, 1), (1, 101, 101, 99, 99, 6, 2), (2, 103, 103, 103, 103, 1, 1)]
right = [(0, 100, 100, 99, 99, 6, 2), (1, 101, 101, 101, 101, 1, 1), (2, 103, 103, 103, 103, 1, 1)]
if as_they_came != wrong or by_time != right:
    print("changed")
    sys.exit(1)
print("as written down")
P
