#!/usr/bin/env bash
# Guess: a day that is appended to a store of closes by time and symbol is put where its symbols are, as everywhere else
# in xarray, whose labels are what it is for; or it is refused if the symbols come in another order.
#
# Seen with xarray 2026.9.0 and zarr 3.1.6 (Dataset.to_zarr with append_dim="time"): neither. The numbers are appended
# in the order in which they come, and the labels of the day that was appended last are written over those of the store.
# A store of BTC 67000, ETH 3500, to which a day with ETH 3600, BTC 68000 is appended, has BTC at 3500 on the first day:
# the new day is right, and in all earlier ones the two have changed places. A coin in place of another (SOL for
# ETH) takes over the other's past. mode="a-" keeps the labels and misplaces the new day instead. No error and no
# warning; concat of the same two in memory is right. Only another number of symbols is refused. Before each
# append reindex to the symbols of the store.
#
# Exits 0 while it is so, 1 when it has changed, 77 where Python or the packages cannot be had.
set -euo pipefail

command -v python3 >/dev/null || { echo 'skipped: no python3'; exit 77; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv" || { echo 'skipped: no venv'; exit 77; }
"$work/venv/bin/pip" install -q --disable-pip-version-check xarray==2026.9.0 zarr==3.1.6 pandas==3.1.1 \
  || { echo 'skipped: packages cannot be had'; exit 77; }

"$work/venv/bin/python" - "$work" <<'P'
import sys
import warnings

import pandas as pd
import xarray as xr


def day(date, **closes):
    coords = {"time": pd.to_datetime([date]), "symbol": list(closes)}
    return xr.Dataset({"close": (("time", "symbol"), [list(closes.values())])}, coords=coords)


def closes(stored):
    rows = stored["close"].transpose("time", "symbol").values.tolist()
    return [dict(zip(stored["symbol"].values.tolist(), row)) for row in rows]


def appended(name, first, second, **options):
    store = f"{sys.argv[1]}/{name}"
    first.to_zarr(store, zarr_format=2)
    try:
        second.to_zarr(store, append_dim="time", **options)
    except ValueError:
        return "refused"
    return closes(xr.open_zarr(store).load())


warnings.simplefilter("error")
first = day("2026-01-01", BTC=67000.0, ETH=3500.0)
other_order = day("2026-01-02", ETH=3600.0, BTC=68000.0)
seen = {
    "concat": closes(xr.concat([first, other_order], "time", join="outer")),
    "to_zarr": appended("a", first, other_order),
    "to_zarr, mode a-": appended("b", first, other_order, mode="a-"),
    "to_zarr, SOL for ETH": appended("c", first, day("2026-01-02", BTC=68000.0, SOL=140.0)),
    "to_zarr, one more": appended("d", first, day("2026-01-02", BTC=68000.0, ETH=3600.0, SOL=140.0)),
    "to_zarr, reindexed": appended("e", first, other_order.reindex(symbol=first.symbol)),
}
for name, value in seen.items():
    print(f"{name}: {value}")
right = [{"BTC": 67000.0, "ETH": 3500.0}, {"BTC": 68000.0, "ETH": 3600.0}]
same = seen == {
    "concat": right,
    "to_zarr": [{"BTC": 3500.0, "ETH": 67000.0}, {"BTC": 68000.0, "ETH": 3600.0}],
    "to_zarr, mode a-": [{"BTC": 67000.0, "ETH": 3500.0}, {"BTC": 3600.0, "ETH": 68000.0}],
    "to_zarr, SOL for ETH": [{"BTC": 67000.0, "SOL": 3500.0}, {"BTC": 68000.0, "SOL": 140.0}],
    "to_zarr, one more": "refused",
    "to_zarr, reindexed": right,
}
print("as written down" if same else "this has changed")
sys.exit(0 if same else 1)
P
