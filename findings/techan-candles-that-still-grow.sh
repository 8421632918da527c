#!/usr/bin/env bash
# Guess: an indicator that is asked for the newest candle while trades still arrive gives a value of that moment, and
# asked again once the candle is complete, the value of the whole candle.
#
# Seen with techan 0.12.1 (Go): the average of EMA and of MMA, and so RSI, MACD and Keltner channels, keep the first
# answer of an index for good. The close of the minute's first trade is then the close of the minute, in this value and,
# as each builds on the one before, in all later ones: below an EMA over closes of 101, 103, 102, 130, 131, 90 ends with
# 122.96 in place of 106.75, and the MACD with 4.10 in place of -4.23. SMA, ATR and Bollinger bands are calculated anew
# each time and are right, so those of one program do not agree, and a backtest over complete candles shows nothing of
# it. There is no way to make an indicator forget. Ask for complete candles only, or make new indicators after each
# trade.
#
# Exits 0 while it is so, 1 when it has changed, 77 where Go or the module cannot be had.
set -euo pipefail

command -v go >/dev/null || { echo 'skipped: no go'; exit 77; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
cat >go.mod <<'M'
module finding

go 1.21

require github.com/sdcoffey/techan v0.12.1
M
cat >main.go <<'G'
package main

import (
	"fmt"
	"os"
	"time"

	"github.com/sdcoffey/big"
	"github.com/sdcoffey/techan"
)

// Of each minute the prices of its first and last trade.
var minutes = [][]float64{{100, 101}, {99, 103}, {104, 102}, {101, 130}, {128, 131}, {131, 90}}

// last has the values of the last complete candle; whoever watches has asked after every trade.
func last(watches bool) string {
	series := techan.NewTimeSeries()
	closes := techan.NewClosePriceIndicator(series)
	names := []string{"EMA", "RSI", "MACD", "SMA", "ATR"}
	indicators := []techan.Indicator{
		techan.NewEMAIndicator(closes, 3),
		techan.NewRelativeStrengthIndexIndicator(closes, 3),
		techan.NewMACDIndicator(closes, 2, 3),
		techan.NewSimpleMovingAverage(closes, 3),
		techan.NewAverageTrueRangeIndicator(series, 3),
	}
	midnight := time.Unix(1767225600, 0)
	for i, prices := range minutes {
		begin := midnight.Add(time.Duration(i) * time.Minute)
		candle := techan.NewCandle(techan.NewTimePeriod(begin, time.Minute))
		series.AddCandle(candle)
		for _, price := range prices {
			candle.AddTrade(big.NewDecimal(1), big.NewDecimal(price))
			for _, indicator := range indicators {
				if watches {
					indicator.Calculate(i)
				}
			}
		}
	}
	seen := ""
	for i, indicator := range indicators {
		seen += fmt.Sprintf("%s %s, ", names[i], indicator.Calculate(len(minutes)-1).FormattedString(2))
	}
	return seen[:len(seen)-2]
}

func main() {
	complete, watched := last(false), last(true)
	fmt.Println("asked of complete candles:      ", complete)
	fmt.Println("the same, asked at each trade:  ", watched)
	if complete != "EMA 106.75, RSI 24.92, MACD -4.23, SMA 117.00, ATR 24.33" ||
		watched != "EMA 122.96, RSI 33.33, MACD 4.10, SMA 117.00, ATR 24.33" {
		fmt.Println("this has changed")
		os.Exit(1)
	}
	fmt.Println("as written down")
}
G
export GOFLAGS=-mod=mod
go mod download github.com/sdcoffey/techan || { echo 'skipped: the module cannot be had'; exit 77; }
go mod tidy >/dev/null 2>&1 || { echo 'skipped: the module cannot be had'; exit 77; }
go build -o finding . && ./finding
