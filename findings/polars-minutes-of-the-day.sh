#!/usr/bin/env bash
# Guess: the minute of the day is hour * 60 + minute, and thirty days in milliseconds are 30 * 24 * 60 * 60 * 1000, in
# Polars; what does not fit a type is an error, or makes the type larger.
#
# Seen with Polars 2.1.0 (Python package): neither. dt.hour() is an Int8, and a column times a number keeps the
# column's type, so from 02:08 on the product with 60 wraps around without a word. The 1,440 minutes of a day are 256
# groups from -128 to 127, of five or six minutes each: a profile of the volume over the day is a mixture that no one
# recognises as wrong. In Polars' SQL whole numbers are Int32 until they meet a column: open_time_ms >= the newest - 30
# * 24 * 60 * 60 * 1000 asks for candles from 20 days after the newest, and finds none; 60 days find eleven of 61. No
# error in any of them. With dt.hour().cast(pl.Int64) it is right, and with 2592000000 written out.
#
# Exits 0 while it is so, 1 when it has changed, 77 where Python or the packages cannot be had.
set -euo pipefail

command -v python3 >/dev/null || { echo 'skipped: no python3'; exit 77; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/python"
"$work/python/bin/pip" -q --disable-pip-version-check install polars==2.1.0 \
  || { echo 'skipped: packages cannot be had'; exit 77; }

cat >"$work/finding.py" <<'P'
import sys

import polars as pl

START, MINUTE, DAY = 1767225600000, 60_000, 86_400_000
day = pl.DataFrame({"open_time_ms": range(START, START + DAY, MINUTE)})
time = pl.from_epoch("open_time_ms", time_unit="ms").dt
results = {}
for name, hour in [("as it is", time.hour()), ("cast", time.hour().cast(pl.Int64))]:
    minutes = day.select(minute=hour * 60 + time.minute())["minute"]
    sizes = minutes.value_counts()["count"]
    results[name] = (str(minutes.dtype), minutes.n_unique(), minutes.min(), minutes.max(), sizes.min(), sizes.max())
first_wrong = day.filter((time.hour() * 60 + time.minute()) < 0).select(time.strftime("%H:%M"))
results["first below zero"] = first_wrong.item(0, 0)

days = pl.DataFrame({"open_time_ms": range(START, START + 100 * DAY, DAY)})
for width in ["30 * 24 * 60 * 60 * 1000", "2592000000", "60 * 24 * 60 * 60 * 1000", "5184000000"]:
    found = pl.sql(
        f"SELECT count(*) FROM days WHERE open_time_ms >= {START + 99 * DAY} - {width}", eager=True
    )
    results[width] = found.item()
for name, result in results.items():
    print(f"{name}: {result}")
same = results == {
    "as it is": ("Int8", 256, -128, 127, 5, 6),
    "cast": ("Int64", 1440, 0, 1439, 1, 1),
    "first below zero": "02:08",
    "30 * 24 * 60 * 60 * 1000": 0,
    "2592000000": 31,
    "60 * 24 * 60 * 60 * 1000": 11,
    "5184000000": 61,
}
print("as written down" if same else "this has changed")
sys.exit(0 if same else 1)
P
"$work/python/bin/python" "$work/finding.py"
