#!/usr/bin/env bash
# Guess: candles of several days, rolled up from the same one-day candles, begin on the same days whichever engine
# groups them; and seven days are a week.
#
# Seen with DuckDB 2.0.1, Polars 2.1.0 and DataFusion 55.0.0 (Python packages): DuckDB's time_bucket counts widths
# below a month from Monday 2000-01-03, Polars and DataFusion from 1970-01-01, which was a Thursday. So the candle
# that holds 2026-01-07 begins a day apart for widths of 2, 4 and 5 days and three or more apart for 7; of 3 days
# it begins alike only because three divides the days between both origins. Seven days are a week from Monday in
# DuckDB; in Polars '7d' begins on Thursday and '1w' on Monday, and DataFusion's date_bin of '7 days' and of
# '1 week' begin on Thursday while its date_trunc('week') begins on Monday. No engine says a word.
#
# Exits 0 while it is so, 1 when it has changed, 77 where Python or the packages cannot be had.
set -euo pipefail

command -v python3 >/dev/null || { echo 'skipped: no python3'; exit 77; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv" || { echo 'skipped: no venv'; exit 77; }
"$work/venv/bin/pip" install -q --disable-pip-version-check \
  duckdb==2.0.1 polars==2.1.0 datafusion==55.0.0 || { echo 'skipped: packages cannot be had'; exit 77; }

"$work/venv/bin/python" - <<'P'
import sys
from datetime import datetime, timedelta

import datafusion
import duckdb
import polars as pl

moment = datetime(2026, 1, 7, 12)
text = f"timestamp '{moment}'"
context = datafusion.SessionContext()


def from_duckdb(days):
    return duckdb.sql(f"select time_bucket(interval '{days} days', {text})").fetchall()[0][0]


def from_polars(width):
    return pl.DataFrame({"t": [moment]}).select(pl.col("t").dt.truncate(width)).item()


def from_datafusion(call):
    return context.sql(f"select {call} as bucket").to_pylist()[0]["bucket"]


def counted_from(origin, days):
    return origin + timedelta(days=(moment - origin).days // days * days)


same = True
for days in (2, 3, 4, 5, 7):
    duck, polar = from_duckdb(days), from_polars(f"{days}d")
    fusion = from_datafusion(f"date_bin(interval '{days} days', {text})")
    print(f"{days} days: duckdb {duck:%a %F}   polars {polar:%a %F}   datafusion {fusion:%a %F}")
    same &= duck == counted_from(datetime(2000, 1, 3), days)
    same &= polar == fusion == counted_from(datetime(1970, 1, 1), days)
    same &= (duck == polar) == (days == 3)

week = {
    "duckdb time_bucket 7 days": from_duckdb(7),
    "polars truncate 1w": from_polars("1w"),
    "polars truncate 7d": from_polars("7d"),
    "datafusion date_bin 1 week": from_datafusion(f"date_bin(interval '1 week', {text})"),
    "datafusion date_trunc week": from_datafusion(f"date_trunc('week', {text})"),
}
for name, start in week.items():
    print(f"{name}: {start:%a %F}")
same &= [f"{start:%a}" for start in week.values()] == ["Mon", "Mon", "Thu", "Thu", "Mon"]
print("as written down" if same else "this has changed")
sys.exit(0 if same else 1)
P
