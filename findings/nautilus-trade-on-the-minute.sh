#!/usr/bin/env bash
# Guess: bars of a minute that a trading engine folds from trades hold the trades from one full minute up to, and
# without, the next one, as a venue's candles do; at the latest if it is told that its intervals are open on the right.
#
# Seen with NautilusTrader 1.231.0 (Python package, backtest, bars "1-MINUTE-LAST-INTERNAL"): a trade stamped with
# exactly the full minute is in the bar that ends there. It is the close and maybe the high of the bar before, and is
# missing as the open of its own. The first trade of all, if so stamped, makes a bar of its own that ends with it.
# 'left-open' is the default and says so; time_bars_interval_type='right-open' changes the bar's stamp from its end to
# its beginning and none of its trades. So a bar that says it begins at 00:00 and is open at 00:01 closes at the trade
# of 00:01:00.000. And it is ts_init that counts, when a trade was received: one of 00:00:59.900 that came 150 ms later
# is in the next bar. Orders that machines place on the full minute are traded on it, so bars differ from the venue's
# candles in minutes that matter. With the venue's time in ts_init, a nanosecond later than the venue says, the bars
# are its candles.
#
# Exits 0 while it is so, 1 when it has changed, 77 where Python 3.12 or the packages cannot be had.
set -euo pipefail

python=
for candidate in python3 python3.14 python3.13 python3.12; do
  "$candidate" -c 'import sys; sys.exit(not (3, 12) <= sys.version_info < (3, 15))' 2>/dev/null || continue
  python=$candidate
  break
done
[[ -n $python ]] || { echo 'skipped: no Python 3.12 to 3.14'; exit 77; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"$python" -m venv "$work/python"
"$work/python/bin/pip" -q --disable-pip-version-check install nautilus_trader==1.231.0 \
  || { echo 'skipped: packages cannot be had'; exit 77; }

cat >"$work/finding.py" <<'P'
import sys

from nautilus_trader.backtest.engine import BacktestEngine, BacktestEngineConfig
from nautilus_trader.config import DataEngineConfig, LoggingConfig
from nautilus_trader.model.currencies import USDT
from nautilus_trader.model.data import BarType, TradeTick
from nautilus_trader.model.enums import AccountType, AggressorSide, OmsType
from nautilus_trader.model.identifiers import TradeId
from nautilus_trader.model.objects import Money, Price, Quantity
from nautilus_trader.test_kit.providers import TestInstrumentProvider
from nautilus_trader.trading.strategy import Strategy

START = 1767225600000
MARKET = TestInstrumentProvider.btcusdt_binance()


class Bars(Strategy):
    def on_start(self):
        self.seen = []
        self.subscribe_bars(BarType.from_str(f"{MARKET.id}-1-MINUTE-LAST-INTERNAL"))

    def on_bar(self, bar):
        second = (bar.ts_event // 1_000_000 - START) // 1000
        self.seen.append((second, int(bar.open), int(bar.high), int(bar.low), int(bar.close), int(bar.volume)))


def bars(trades, nanos=0, **settings):
    """(stamp in seconds, open, high, low, close, volume) of trades (milliseconds, price, milliseconds on the way)."""
    data = DataEngineConfig(**settings)
    engine = BacktestEngine(BacktestEngineConfig(logging=LoggingConfig(bypass_logging=True), data_engine=data))
    engine.add_venue(MARKET.id.venue, OmsType.NETTING, AccountType.CASH, [Money(1000, USDT)])
    engine.add_instrument(MARKET)
    ticks = []
    for number, (at, price, late) in enumerate(trades):
        event, received = ((START + at) * 1_000_000 + nanos, (START + at + late) * 1_000_000 + nanos)
        ticks.append(
            TradeTick(
                MARKET.id, Price(price, MARKET.price_precision), Quantity(1, MARKET.size_precision),
                AggressorSide.BUYER, TradeId(str(number)), event, received,
            )
        )
    engine.add_data(ticks)
    strategy = Bars()
    engine.add_strategy(strategy)
    engine.run()
    engine.dispose()
    return strategy.seen


on_the_minute = [(0, 100, 0), (10_000, 101, 0), (60_000, 200, 0), (61_000, 201, 0), (125_000, 300, 0)]
late = [(10_000, 101, 0), (59_900, 102, 150), (61_000, 201, 0), (125_000, 300, 0)]
results = {
    "left-open, the default": bars(on_the_minute),
    "right-open": bars(on_the_minute, time_bars_interval_type="right-open"),
    "received late": bars(late, time_bars_interval_type="right-open"),
    "a nanosecond later": bars(on_the_minute, nanos=1, time_bars_interval_type="right-open"),
}
for name, result in results.items():
    print(f"{name}: {result}")
same = results == {
    "left-open, the default": [(0, 100, 100, 100, 100, 1), (60, 101, 200, 101, 200, 2), (120, 201, 201, 201, 201, 1)],
    "right-open": [(-60, 100, 100, 100, 100, 1), (0, 101, 200, 101, 200, 2), (60, 201, 201, 201, 201, 1)],
    "received late": [(0, 101, 101, 101, 101, 1), (60, 102, 201, 102, 201, 2)],
    "a nanosecond later": [(0, 100, 101, 100, 101, 2), (60, 200, 201, 200, 201, 2)],
}
print("as written down" if same else "this has changed")
sys.exit(0 if same else 1)
P
"$work/python/bin/python" -W ignore "$work/finding.py"
