#!/usr/bin/env bash
# Guess: a candle that a library makes of trades opens at its first trade, its open is within its low and high, its
# counts are those of its trades, and the trades that were handed in are left as they were.
#
# Seen with candlestick-convert 7.0.0 (npm): only the first candle does. Every other one opens at the close of the
# candle before, also across hours of silence, while low and high are of its own trades: with a jump of the price the
# open is outside of them. batchTradeToExtCandle, which counts too, leaves the first trade out of each later candle's
# tx, buyTx and buyVolume, though not out of its volume: a candle of one trade says that it has none. Both overwrite
# the time of each trade by the start of its interval: five-minute candles first, then one-minute ones of the same
# array, and all trades are in minute 0 of five. Copy the trades for each call; open and counts are yours to mend.
#
# Exits 0 while it is so, 1 when it has changed, 77 where Node or the packages cannot be had.
set -euo pipefail

command -v node >/dev/null && command -v npm >/dev/null || { echo 'skipped: no node or no npm'; exit 77; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm install --silent --no-audit --no-fund candlestick-convert@7.0.0 \
  || { echo 'skipped: package cannot be had'; exit 77; }

cat >finding.js <<'J'
const { isDeepStrictEqual } = require('node:util')
const { batchTicksToCandle, batchTradeToExtCandle, TradeSide } = require('candlestick-convert')

const start = 1767225600000
const trade = (second, price) => ({ time: start + second * 1000, price, quantity: 1, side: TradeSide.BUY })
const trades = () => [trade(1, 100), trade(30, 101), trade(61, 90), trade(90, 91), trade(250, 120)]

const candles = batchTradeToExtCandle(trades(), 60, true)
const plain = batchTicksToCandle(trades(), 60, true)
for (const c of candles) {
  console.log(`minute ${(c.time - start) / 60000}: open ${c.open}, low ${c.low}, high ${c.high}, ` +
    `volume ${c.volume}, trades ${c.tx}, bought ${c.buyVolume} in ${c.buyTx}`)
}
const one = trades()
batchTicksToCandle(one, 300, true)
const after = batchTicksToCandle(one, 60, true).map((c) => (c.time - start) / 60000)
console.log('minutes, from trades that five-minute candles were made of before:', after)

const values = (c) => [(c.time - start) / 60000, c.open, c.low, c.high, c.volume, c.tx, c.buyVolume, c.buyTx]
const same = isDeepStrictEqual(candles.map(values), [
  [0, 100, 100, 101, 2, 2, 2, 2],
  [1, 101, 90, 91, 2, 1, 1, 1],
  [4, 91, 120, 120, 1, 0, 0, 0],
]) && isDeepStrictEqual(plain.map((c) => c.open), [100, 101, 91]) && isDeepStrictEqual(after, [0])
console.log(same ? 'as written down' : 'this has changed')
process.exit(same ? 0 : 1)
J
node finding.js
