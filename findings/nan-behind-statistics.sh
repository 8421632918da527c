#!/usr/bin/env bash
# Guess: whether a query finds the prices that are NaN depends on the rows of a Parquet file, not on the optional
# min and max in its footer; at least a query for isnan(price), which a check of quality asks, cannot miss them.
#
# Seen with DuckDB 2.0.1, DataFusion 55.0.0, Polars 2.1.0 and pyarrow 26.0.1 as the writer (Python packages): Parquet's
# min and max leave NaN out, so a row group of 1, NaN, 2, NaN says "1 to 2". DuckDB believes it: isnan(price) is proved
# false and finds none of two, max(price) is 2. For the same rows written without statistics it finds both, and the
# max is NaN. To both DuckDB and DataFusion NaN is more than every number, and price > 5 finds the two only
# where there are no statistics. DataFusion's isnan() finds them in both files, and Polars gives one answer for both.
# In a table in memory DuckDB finds them too. It has a word for it that is off by default, since NaN is rare and
# skipping row groups is not: read_parquet(…, can_have_nan = true). A check for NaN wants that, or counts by
# count(*) FILTER (isnan(price)), which no footer answers.
#
# Exits 0 while it is so, 1 when it has changed, 77 where Python or the packages cannot be had.
set -euo pipefail

command -v python3 >/dev/null || { echo 'skipped: no python3'; exit 77; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv" || { echo 'skipped: no venv'; exit 77; }
"$work/venv/bin/pip" install -q --disable-pip-version-check \
  duckdb==2.0.1 datafusion==55.0.0 polars==2.1.0 pyarrow==26.0.1 || { echo 'skipped: packages cannot be had'; exit 77; }

"$work/venv/bin/python" - "$work" <<'P'
import math
import sys

import datafusion
import duckdb
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

prices = pa.table({"price": [1.0, math.nan, 2.0, math.nan]})


def from_duckdb(query):
    return duckdb.sql(query).fetchall()[0][0]


def from_datafusion(file, condition):
    context = datafusion.SessionContext()
    context.register_parquet("prices", file)
    return context.sql(f"select * from prices where {condition}").count()


def from_polars(file, condition):
    return pl.scan_parquet(file).filter(condition).collect().height


seen = {}
for statistics in (True, False):
    file = f"{sys.argv[1]}/{statistics}.parquet"
    pq.write_table(prices, file, write_statistics=statistics)
    seen[statistics] = {
        "duckdb isnan": from_duckdb(f"select count(*) from '{file}' where isnan(price)"),
        "duckdb isnan as a filter of count": from_duckdb(f"select count(*) filter (isnan(price)) from '{file}'"),
        "duckdb isnan, can_have_nan": from_duckdb(
            f"select count(*) from read_parquet('{file}', can_have_nan = true) where isnan(price)"),
        "duckdb price > 5": from_duckdb(f"select count(*) from '{file}' where price > 5"),
        "duckdb max": str(from_duckdb(f"select max(price) from '{file}'")),
        "datafusion isnan": from_datafusion(file, "isnan(price)"),
        "datafusion price > 5": from_datafusion(file, "price > 5"),
        "polars is_nan": from_polars(file, pl.col("price").is_nan()),
        "polars price > 5": from_polars(file, pl.col("price") > 5),
    }
for name in seen[True]:
    print(f"{name}: {seen[True][name]} with statistics, {seen[False][name]} without")
in_memory = from_duckdb("select count(*) from prices where isnan(price)")
print("duckdb isnan in memory:", in_memory)

same = in_memory == 2
same &= list(seen[True].values()) == [0, 2, 2, 0, "2.0", 2, 0, 2, 2]
same &= list(seen[False].values()) == [2, 2, 2, 2, "nan", 2, 2, 2, 2]
print("as written down" if same else "this has changed")
sys.exit(0 if same else 1)
P
