#!/usr/bin/env bash
# Guess: what watch_ohlcv of ccxt hands on is what the venue just sent; a candle that is corrected behind the beginning
# of the next one is handed on corrected.
#
# Seen with ccxt 4.5.90 (Python package, newUpdates as by default), its bitfinex against a local server that speaks the
# venue's protocol: a correction is counted and not shown. It is put into ccxt's cache at its place; handed on are as
# many candles from the end of the cache as were updated, so that a correction of candle 2 is answered with candle 3
# once more, unchanged. Whoever stores what the calls give keeps the wrong candle 2. bitfinex is known to send the
# candle before the newest again and again. A candle that is older than all of the cache is put at its end, and handed
# on as the newest. The corrected candle is in exchange.ohlcvs[symbol][timeframe]; with newUpdates=False each call
# gives the whole cache.
#
# Exits 0 while it is so, 1 when it has changed, 77 where Python or the packages cannot be had.
set -euo pipefail

command -v python3 >/dev/null || { echo 'skipped: no python3'; exit 77; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv" || { echo 'skipped: no venv'; exit 77; }
"$work/venv/bin/pip" install -q --disable-pip-version-check ccxt==4.5.90 websockets==17.4 ||
  { echo 'skipped: packages cannot be had'; exit 77; }

"$work/venv/bin/python" - <<'P'
import asyncio
import json
import sys

import ccxt.pro
import websockets

MIDNIGHT = 1767225600000


def row(minute, close):  # as bitfinex writes it: time, open, close, high, low, volume
    return [MIDNIGHT + minute * 60000, 100.0, close, 110.0, 90.0, 5.0]


def told(candles):
    return [f"{(candle[0] - MIDNIGHT) // 60000} at {candle[4]}" for candle in candles]


async def main():
    pushes = asyncio.Queue()

    async def venue(socket):
        await socket.send(json.dumps({"event": "info", "version": 2, "platform": {"status": 1}}))
        asked = json.loads(await socket.recv())
        await socket.send(json.dumps({"event": "subscribed", "channel": "candles", "chanId": 7, "key": asked["key"]}))
        await socket.send(json.dumps([7, [row(2, 102.0), row(1, 101.0)]]))
        while True:
            await socket.send(json.dumps([7, await pushes.get()]))

    server = await websockets.serve(venue, "127.0.0.1", 0)
    exchange = ccxt.pro.bitfinex()
    exchange.urls["api"]["ws"]["public"] = f"ws://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    exchange.set_markets([{
        "id": "tBTCUSD", "symbol": "BTC/USD", "base": "BTC", "quote": "USD", "baseId": "BTC", "quoteId": "USD",
        "type": "spot", "spot": True, "active": True, "precision": {}, "limits": {}, "info": {},
    }])
    seen = [told(await exchange.watch_ohlcv("BTC/USD", "1m"))]
    for push in (row(3, 103.0), row(2, 102.5), row(0, 100.5)):
        await pushes.put(push)
        seen.append(told(await exchange.watch_ohlcv("BTC/USD", "1m")))
    seen.append(told(exchange.ohlcvs["BTC/USD"]["1m"]))
    await exchange.close()
    server.close()
    return seen


seen = asyncio.run(asyncio.wait_for(main(), 120))
names = ("snapshot of 1 and 2", "new candle 3", "correction of 2", "candle 0, older than all", "cache")
for name, candles in zip(names, seen):
    print(f"{name}: {', '.join(candles)}")
same = seen == [
    ["1 at 101.0", "2 at 102.0"],
    ["3 at 103.0"],
    ["3 at 103.0"],
    ["0 at 100.5"],
    ["1 at 101.0", "2 at 102.5", "3 at 103.0", "0 at 100.5"],
]
print("as written down" if same else "this has changed")
sys.exit(0 if same else 1)
P
