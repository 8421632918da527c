#!/usr/bin/env bash
# Guess: a rule that makes candles of a minute, aligned to the clock, puts the trades of one minute into one candle,
# also behind minutes in which nobody traded.
#
# Seen with trade_aggregation 13.1.0 (crate, AlignedTimeRule): a trade of a later minute moves the rule on by one
# minute, not to that trade's own. Ten silent minutes on, the rule is nine minutes behind, and each trade closes a
# candle until as many trades as silent minutes have passed: the five trades of minute 10 below make five candles of one
# trade each, and a quiet night makes hundreds of them in the busy minute after it. Volume and number of trades still
# add up and each candle is well formed; their times are those of the trades, so several begin in one minute. TimeRule
# moves on in the same way. To be right, feed it a trade of each minute or make a new aggregator behind a gap.
#
# Exits 0 while it is so, 1 when it has changed, 77 where Cargo or the crate cannot be had.
set -euo pipefail

command -v cargo >/dev/null || { echo 'skipped: no cargo'; exit 77; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/src"
cat >"$work/Cargo.toml" <<'T'
[package]
name = "finding"
version = "0.0.0"
edition = "2021"

[dependencies]
trade_aggregation = "=13.1.0"
T
cat >"$work/src/main.rs" <<'R'
use trade_aggregation::{
    aggregate_all_trades,
    candle_components::{CandleComponent, CandleComponentUpdate, NumTrades, OpenTimeStamp},
    AlignedTimeRule, Candle, GenericAggregator, ModularCandle, TimestampResolution, Trade, M1,
};

const START: i64 = 1_767_225_600_000;

#[derive(Default, Debug, Clone, Candle)]
struct Counted {
    begin: OpenTimeStamp<i64>,
    trades: NumTrades<u32>,
}

fn candles(seconds: &[i64]) -> Vec<(i64, u32)> {
    let trades: Vec<Trade> = seconds
        .iter()
        .map(|second| Trade { timestamp: START + second * 1_000, price: 1.0, size: 1.0 })
        .collect();
    let rule = AlignedTimeRule::new(M1, TimestampResolution::Millisecond);
    let mut aggregator = GenericAggregator::<Counted, AlignedTimeRule, Trade>::new(rule, false);
    aggregate_all_trades(&trades, &mut aggregator)
        .iter()
        .map(|candle| ((candle.begin() - START) / 60_000, candle.trades()))
        .collect()
}

fn main() {
    let every_minute = candles(&[10, 20, 65, 70, 75, 80, 85, 121]);
    let after_silence = candles(&[10, 20, 605, 610, 615, 620, 625, 661]);
    println!("(minute, trades) without a gap:    {every_minute:?}");
    println!("(minute, trades) after 9 minutes:  {after_silence:?}");
    let same = every_minute == [(0, 2), (1, 5)]
        && after_silence == [(0, 2), (10, 1), (10, 1), (10, 1), (10, 1), (10, 1)];
    println!("{}", if same { "as written down" } else { "this has changed" });
    std::process::exit(if same { 0 } else { 1 });
}
R
cargo fetch -q --manifest-path "$work/Cargo.toml" || { echo 'skipped: the crate cannot be had'; exit 77; }
cargo build -q --offline --manifest-path "$work/Cargo.toml" --target-dir "$work/target"
"$work/target/debug/finding"
