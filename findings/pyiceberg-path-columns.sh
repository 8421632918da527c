#!/usr/bin/env bash
# Guess: files of a hive-partitioned folder that are added to an Iceberg table, partitioned by the same columns,
# keep what their paths say of these columns; or they are refused, because the files themselves lack them.
#
# Seen with pyiceberg 0.12.0 (add_files; pyarrow 26.0.1 as the writer): neither. Every row comes back with null in the
# columns of the path, those that the table is partitioned by too, without an error or a warning: the values are taken
# from a column's min and max in the footer, and a column that is not in the file has none. A query for a symbol finds
# nothing, and all files stand in one partition, that of null. With the columns inside the files it is right. An Iceberg
# table made so of a lake has the right number of rows and the right sums, but not of whom they are. (The procedure of
# the same name of Iceberg for Spark goes by the path; that was read, not run.)
#
# Exits 0 while it is so, 1 when it has changed, 77 where Python or the packages cannot be had.
set -euo pipefail

command -v python3 >/dev/null || { echo 'skipped: no python3'; exit 77; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv" || { echo 'skipped: no venv'; exit 77; }
"$work/venv/bin/pip" install -q --disable-pip-version-check \
  'pyiceberg[sql-sqlite]==0.12.0' pyarrow==26.0.1 || { echo 'skipped: packages cannot be had'; exit 77; }

"$work/venv/bin/python" - "$work" <<'P'
import sys
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
from pyiceberg.catalog.sql import SqlCatalog
from pyiceberg.partitioning import PartitionField, PartitionSpec
from pyiceberg.schema import Schema
from pyiceberg.transforms import IdentityTransform
from pyiceberg.types import DoubleType, NestedField, StringType

work = Path(sys.argv[1])
catalog = SqlCatalog("local", uri=f"sqlite:///{work}/catalog.db", warehouse=f"file://{work}/warehouse")
catalog.create_namespace("market")
schema = Schema(NestedField(1, "close", DoubleType()), NestedField(2, "symbol", StringType()))
by_symbol = PartitionSpec(PartitionField(2, 1000, IdentityTransform(), "symbol"))


def table_of(name, columns_in_files):
    files = []
    for symbol, close in (("BTC-USD", 1.0), ("ETH-USD", 2.0)):
        folder = work / name / f"symbol={symbol}"
        folder.mkdir(parents=True)
        rows = {"close": [close], "symbol": [symbol]}
        pq.write_table(pa.table({column: rows[column] for column in columns_in_files}), folder / "a.parquet")
        files.append(f"file://{folder}/a.parquet")
    table = catalog.create_table(f"market.{name}", schema, partition_spec=by_symbol)
    table.add_files(files)
    return table


seen = []
for name, columns in (("by_path", ["close"]), ("by_column", ["close", "symbol"])):
    table = table_of(name, columns)
    symbols = table.scan().to_arrow().column("symbol").to_pylist()
    found = table.scan(row_filter="symbol == 'BTC-USD'").to_arrow().num_rows
    partitions = table.inspect.partitions().num_rows
    print(f"{name}: symbols {symbols}, rows of BTC-USD {found}, partitions {partitions}")
    seen.append((sorted(symbols, key=str), found, partitions))
same = seen == [([None, None], 0, 1), (["BTC-USD", "ETH-USD"], 1, 2)]
print("as written down" if same else "this has changed")
sys.exit(0 if same else 1)
P
