#!/usr/bin/env bash
# Guess: to update a stored series with two corrected candles replaces these two, and leaves all others.
#
# Seen with ArcticDB 6.7.0 (Python package, pandas 3.1.1, a library in a folder): update() clears everything from the
# first time to the last time of what it is given, and then writes that. Of a day of 1,440 minutes, corrected at 00:01
# and 23:58, four are left: the two corrections, and 00:00 and 23:59 beside them. No error and no warning; the series
# is sorted, well formed, and begins and ends as before. The version before can still be read (as_of=0). Its
# documentation speaks of a range, and of a block of candles it is what one wants; a few corrections are no block. Give
# each correction an update of its own, or read what lies between and write it too: what a venue corrects are single
# minutes, hours apart.
#
# Exits 0 while it is so, 1 when it has changed, 77 where Python or the packages cannot be had.
set -euo pipefail

command -v python3 >/dev/null || { echo 'skipped: no python3'; exit 77; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/python"
"$work/python/bin/pip" -q --disable-pip-version-check install arcticdb==6.7.0 pandas==3.1.1 pytz==2026.6 \
  || { echo 'skipped: packages cannot be had'; exit 77; }

cat >"$work/finding.py" <<'P'
import sys

import pandas as pd
from arcticdb import Arctic

library = Arctic("lmdb://" + sys.argv[1]).create_library("candles")
minutes = pd.date_range("2026-01-01", periods=1440, freq="1min")
day = pd.DataFrame({"close": 1.0}, index=minutes)
corrections = pd.DataFrame({"close": 2.0}, index=[minutes[1], minutes[1438]])


def seen(name):
    candles = library.read(name).data
    first, last = str(candles.index[0].time()), str(candles.index[-1].time())
    return len(candles), int((candles["close"] == 2.0).sum()), first, last


library.write("at once", day)
library.update("at once", corrections)
library.write("one by one", day)
for i in range(len(corrections)):
    library.update("one by one", corrections.iloc[i : i + 1])
results = {name: seen(name) for name in ["at once", "one by one"]}
results["before"] = len(library.read("at once", as_of=0).data)
for name, result in results.items():
    print(f"{name}: {result}")
same = results == {
    "at once": (4, 2, "00:00:00", "23:59:00"),
    "one by one": (1440, 2, "00:00:00", "23:59:00"),
    "before": 1440,
}
print("as written down" if same else "this has changed")
sys.exit(0 if same else 1)
P
"$work/python/bin/python" "$work/finding.py" "$work/store"
