#!/usr/bin/env bash
# Guess: in a market that falls with every candle Aroon Up is about 0 and Aroon Down 100, both are between 0 and 100
# anywhere, and the money flow index is 0, as all the money flows out.
#
# Seen with indicatorts 2.2.2 (npm) and github.com/cinar/indicator/v2 2.1.16 (Go), alike: Aroon counts the candles since
# the highest value of its window changed, not since the candle that had it. Where prices fall, each step drops the
# oldest high and so changes the highest: Up is 100 at every candle, as Down is, and in a rise it is the same. Where
# prices stand still nothing changes: 60 equal candles and a period of 14 give -321 in npm and -229 in Go. The money
# flow index takes a candle for one of buyers if price times volume grew, not if the price did: a fall with growing
# volume is 100, a rise with shrinking volume 0, so a sell-off passes for demand. TA-Lib 0.8.2 has 0, 100 and 0 for the
# fall. Take both from another library.
#
# Exits 0 while it is so, 1 when it has changed, 77 where Node, Go, Python or the packages cannot be had.
set -euo pipefail

for tool in node npm go python3; do
  command -v "$tool" >/dev/null || { echo "skipped: no $tool"; exit 77; }
done
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm install --silent --no-audit --no-fund indicatorts@2.2.2 || { echo 'skipped: package cannot be had'; exit 77; }
python3 -m venv venv || { echo 'skipped: no venv'; exit 77; }
venv/bin/pip install -q --disable-pip-version-check TA-Lib==0.8.2 || { echo 'skipped: package cannot be had'; exit 77; }
cat >go.mod <<'M'
module finding

go 1.24

require github.com/cinar/indicator/v2 v2.1.16
M

# Each market is 60 candles; a program has a line for each, with Up, Down and money flow of the last candle
cat >markets.json <<'D'
[{"name": "falls, volume grows", "price": 1000, "step": -1, "volume": 100, "growth": 1.1},
 {"name": "rises, volume shrinks", "price": 1000, "step": 1, "volume": 100, "growth": 0.9},
 {"name": "stands still", "price": 1000, "step": 0, "volume": 100, "growth": 1.1}]
D
cat >finding.mjs <<'J'
import { readFileSync } from 'node:fs'
import indicators from 'indicatorts'

for (const { price, step, volume, growth } of JSON.parse(readFileSync('markets.json'))) {
  const closes = Array.from({ length: 60 }, (_, i) => price + i * step)
  const volumes = closes.map((_, i) => volume * growth ** i)
  const highs = closes.map((close) => close + 0.5)
  const lows = closes.map((close) => close - 0.5)
  const { up, down } = indicators.aroon(highs, lows, { period: 14 })
  const flow = indicators.mfi(highs, lows, closes, volumes, { period: 14 })
  console.log(...[up, down, flow].map((values) => Math.round(values.at(-1))))
}
J
cat >main.go <<'G'
package main

import (
	"encoding/json"
	"fmt"
	"math"
	"os"

	"github.com/cinar/indicator/v2/helper"
	"github.com/cinar/indicator/v2/trend"
	"github.com/cinar/indicator/v2/volume"
)

type market struct{ Price, Step, Volume, Growth float64 }

func last(values <-chan float64) float64 {
	all := helper.ChanToSlice(values)
	return math.Round(all[len(all)-1])
}

func main() {
	var markets []market
	text, err := os.ReadFile("markets.json")
	if err == nil {
		err = json.Unmarshal(text, &markets)
	}
	if err != nil {
		panic(err)
	}
	for _, m := range markets {
		highs, lows, closes, volumes := []float64{}, []float64{}, []float64{}, []float64{}
		for i := 0.0; i < 60; i++ {
			price := m.Price + i*m.Step
			highs, lows, closes = append(highs, price+0.5), append(lows, price-0.5), append(closes, price)
			volumes = append(volumes, m.Volume*math.Pow(m.Growth, i))
		}
		c := helper.SliceToChan[float64]
		aroon := trend.NewAroon[float64]()
		aroon.Period = 14
		up, down := aroon.Compute(c(highs), c(lows))
		rest := make(chan float64, 1)
		go func() { rest <- last(down) }()
		flow := last(volume.NewMfi[float64]().Compute(c(highs), c(lows), c(closes), c(volumes)))
		fmt.Println(last(up), <-rest, flow)
	}
}
G
cat >reference.py <<'P'
import json

import numpy as np
import talib

for market in json.load(open("markets.json")):
    i = np.arange(60)
    closes = market["price"] + i * float(market["step"])
    highs, lows, volumes = closes + 0.5, closes - 0.5, market["volume"] * market["growth"] ** i
    down, up = talib.AROON(highs, lows, 14)
    print(*(round(values[-1]) for values in (up, down, talib.MFI(highs, lows, closes, volumes, 14))))
P
export GOFLAGS=-mod=mod
go mod tidy >/dev/null 2>&1 || { echo 'skipped: the module cannot be had'; exit 77; }
go build -o finding .
node finding.mjs >npm
./finding >go
venv/bin/python reference.py >talib
echo 'Aroon Up, Aroon Down, money flow of a market that falls as its volume grows; rises as it shrinks; stands still'
same=true
is() { # library, its three lines
  echo "$1: $(paste -sd';' "$1")"
  [ "$(paste -sd';' "$1")" = "$2" ] || same=false
}
is npm '100 100 100;100 100 0;-321 -321 100'
is go '100 100 100;100 100 0;-229 -229 100'
is talib '0 100 0;100 0 100;100 100 0'
$same && echo 'as written down' || { echo 'this has changed'; exit 1; }
