#!/usr/bin/env bash
# Guess: a timeframe that ccxt lists for an exchange is as long as its name says, whatever the exchange calls it.
#
# Seen with ccxt 4.5.90 (Python package): of all exchanges whose own word for a timeframe is a plain length, five of
# those words are of another length than the name and than ccxt's own parse_timeframe of it. '1w' of Bitstamp asks
# for 259,200 seconds, which are three days; '2w' of Kraken for 21,600 minutes, which are fifteen days; '4h' of
# Zebpay for 480 minutes, which are eight hours; '1M' and '4M' of NDAX for four and sixteen weeks. The candles come,
# nothing is said, and whoever counts missing ones by the name counts wrong. Kraken's is the venue's own longest
# interval, the others' names exist nowhere but here.
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

DAY = 86_400
# The units in which exchanges count: of milliseconds, seconds, minutes, hours
UNITS = (0.001, 1, 60, 3_600)


def others(exchange):
    """Timeframes whose word is a number that is its length in none of the units."""
    for name, word in (exchange.timeframes or {}).items():
        if str(word).isdecimal() and name[-1] in "smhdwM":
            seconds = exchange.parse_timeframe(name)
            if all(int(word) * unit != seconds for unit in UNITS):
                yield name, int(word), seconds


found = {
    (exchange, name): (word, seconds)
    for exchange in ccxt.exchanges
    for name, word, seconds in others(getattr(ccxt, exchange)())
}
for (exchange, name), (word, seconds) in sorted(found.items()):
    print(f"{exchange}: {name} is {seconds / DAY:g} days by its name, and is asked for as {word}")

expected = {
    ("bitstamp", "1w"): (3 * DAY, 7 * DAY),
    ("kraken", "2w"): (15 * DAY // 60, 14 * DAY),
    ("ndax", "1M"): (28 * DAY, 30 * DAY),
    ("ndax", "4M"): (112 * DAY, 120 * DAY),
    ("zebpay", "4h"): (8 * 60, DAY // 6),
}
if found != expected:
    print("changed: expected", expected)
    sys.exit(1)
print("as written down")
P
