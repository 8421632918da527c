"""Reads the lake in ./data with one engine, as docs/READING.md says, and compares with ./expected.json.

The code under the engine's heading on that page is run as it stands; it leaves tables (of an SQL
engine) or frames named candles, revisions and coverage. Then the questions in questions/ are asked,
and what the page says the engine does wrong is tried. So are the page's codes of no engine's own.
"""

import collections
import json
import os
import pathlib
import re
import shutil
import sys
import tempfile

HERE = pathlib.Path(__file__).parent
PAGE = (HERE.parent / "docs" / "READING.md").read_text(encoding="utf-8")
README = (HERE.parent / "README.md").read_text(encoding="utf-8")
QUESTIONS = {f.stem: f.read_text(encoding="utf-8") for f in sorted((HERE / "questions").glob("*.sql"))}
EXPECTED = json.loads(pathlib.Path("expected.json").read_text(encoding="utf-8"))
KEYS = {"candles": ["venue", "symbol", "timeframe"], "coverage": ["venue", "symbol", "timeframe", "state"]}
KEYS["revisions"] = KEYS["candles"]
FIGURES = {
    "candles": [
        ("volume", "size"), ("volume", "sum"), ("open_time_ms", "min"), ("open_time_ms", "max"),
        ("quote_volume", "count"), ("quote_volume", "sum"), ("taker_buy_volume", "count"),
        ("taker_buy_volume", "sum"), ("trade_count", "count"), ("trade_count", "sum"),
        ("last_trade_id", "max"), ("revision", "sum"), ("evidence", "max"), ("date", "min"), ("date", "max"),
    ],
    "coverage": [
        ("seq", "size"), ("from_ms", "min"), ("to_ms", "max"), ("evidence", "count"), ("seq", "max"),
        ("date", "min"), ("date", "max"),
    ],
}
FIGURES["revisions"] = FIGURES["candles"]

# Codes of the page by heading, and who runs them.
CODES = {
    "Files with fewer columns": 1,  # pandas, pyarrow
    "DuckDB": 1, "pandas": 1, "pyarrow": 1, "Polars": 1, "fastparquet": 1, "Spark": 1, "ClickHouse": 1,
    "Flink SQL": 2,  # FlinkSqlTest, the settings on JDK 24 and later
    "Trino": 2, "hyparquet": 1, "parquet-wasm": 1, "hardwood": 1,
    "What has no candle": 1, "Silence": 1,  # duckdb
}


def require_all_are_run():
    """A code that is new on the page has to be run by somebody."""
    found, heading, inside = collections.Counter(), None, False
    for line in PAGE.splitlines():
        if line.startswith("```"):
            found[heading] += not inside
            inside = not inside
        elif line.startswith("## ") and not inside:
            heading = line[3:]
    if found != CODES:
        sys.exit(f"docs/READING.md has other codes than are run:\n  run   {CODES}\n  found {dict(found)}")


def block(heading, page=PAGE, language=r"\w+"):
    """The first code under a heading of a page."""
    section = re.search(rf"^## {re.escape(heading)}$(.*?)(?=^## |\Z)", page, re.M | re.S).group(1)
    return re.search(rf"^```{language}\n(.*?)^```$", section, re.M | re.S).group(1)


def statements(code):
    return [s for s in re.sub(r"--.*", "", code).split(";") if s.strip()]


def plain(cell):
    """As JSON has it: no frame's or database's own number, text or null."""
    if hasattr(cell, "item"):
        cell = cell.item()
    if cell is None or str(cell) in ("<NA>", "nan"):
        return None
    return cell if isinstance(cell, (int, float)) else str(cell)


def compare(version, answers):
    """Ends with 1 at the first difference; answers are rows by question."""
    for name, right in EXPECTED.items():
        rows = [[plain(cell) for cell in row] for row in answers[name]]
        key = len(KEYS[name])
        rows.sort(key=lambda row: [str(cell) for cell in row[:key]])
        right = sorted(right, key=lambda row: row[:key])
        for found, wanted in zip(rows, right):
            if found != wanted:
                sys.exit(f"{version}: {name}\n  expected {wanted}\n  found    {found}")
        if len(rows) != len(right):
            sys.exit(f"{version}: {name}: expected {len(right)} groups, found {len(rows)}")
    rows = sum(row[3] for row in EXPECTED["candles"])
    print(f"{version}: equal: {rows} candles of {len(EXPECTED['candles'])} streams, revisions, coverage")


def surprise(what, holds):
    """Something that the page warns of: if it is gone, the page is wrong."""
    if not holds:
        sys.exit(f"no longer so, and docs/READING.md says it: {what}")
    print(f"  still so: {what}")


def refused(what, action):
    """A surprise that shows as an exception; returns its first line."""
    try:
        action()
    except Exception as refusal:
        print(f"  still so: {what}: {str(refusal).strip().splitlines()[0][:120]}")
        return
    surprise(what, False)


def frame_answers(frames):
    """Answers of pandas frames, asked with pandas."""
    answers = {}
    for name, frame in frames.items():
        grouped = frame.groupby(KEYS[name], observed=True)
        figures = [grouped.size() if how == "size" else grouped[column].agg(how, **({"min_count": 1} if how == "sum" else {}))
                   for column, how in FIGURES[name]]
        answers[name] = [[*key, *(f[key] for f in figures)] for key in grouped.groups]
    return answers


def row_answers(tables):
    """Answers of rows as dictionaries, asked with nothing."""
    folds = {"size": len, "sum": sum, "min": min, "max": max, "count": len}
    answers = {}
    for name, rows in tables.items():
        groups = {}
        for row in rows:
            groups.setdefault(tuple(row[column] for column in KEYS[name]), []).append(row)
        answers[name] = []
        for key, group in groups.items():
            figures = []
            for column, how in FIGURES[name]:
                values = [row[column] for row in group if row[column] is not None]
                figures.append(len(group) if how == "size" else folds[how](values) if values or how == "count" else None)
            answers[name].append([*key, *figures])
    return answers


def duckdb():
    import duckdb

    connection = duckdb.connect()
    for statement in statements(block("DuckDB")):
        connection.execute(statement)
    compare(f"DuckDB {duckdb.__version__}", {n: connection.sql(q).fetchall() for n, q in QUESTIONS.items()})
    [newest] = [connection.sql(s).fetchall() for s in statements(block("Query the lake", README, "sql"))]
    surprise("README: the ten newest candles", len(newest) == 10 and newest == sorted(newest, reverse=True))
    holes = connection.sql(block("What has no candle")).fetchall()
    empty = [row for row in EXPECTED["coverage"] if row[3] == "VERIFIED_EMPTY"]
    surprise("each interval without a candle has its state and reason", len(holes) == sum(row[4] for row in empty)
             and {row[-2:] for row in holes} == {("VERIFIED_EMPTY", "NONE")})
    silence(connection)


def silence(connection):
    """The page's rows of intervals without a trade, alone and with the candles, in the page's words."""
    [sql] = statements(block("Silence"))
    closes = {tuple(key): close for *key, close in connection.sql(
        "SELECT venue, symbol, timeframe, arg_max(close, open_time_ms) FROM candles GROUP BY ALL").fetchall()}
    rows = connection.sql(sql).fetchall()
    empty = {tuple(row[:3]): row[4] for row in EXPECTED["coverage"] if row[3] == "VERIFIED_EMPTY"}
    surprise("each silent interval is a row, flat at the last close",
             collections.Counter(row[:3] for row in rows) == empty
             and all(row[4:] == (closes[row[:3]],) * 4 + (0.0,) for row in rows))
    words = re.search(r"`(UNION [A-Z ]+)` with the\s+candles is the filled series", PAGE).group(1)
    filled = connection.sql(f"SELECT * FROM candles {words} ({sql})").fetchall()
    surprise("with the candles it is the filled series",
             len(filled) == len(rows) + sum(row[3] for row in EXPECTED["candles"]))


def pandas():
    import pandas

    scope = {}
    exec(block("pandas"), scope)
    frames = {name: scope[name] for name in QUESTIONS}
    compare(f"pandas {pandas.__version__}", frame_answers(frames))
    plain = pandas.read_parquet("data/candles")
    surprise("without dtype_backend int64 with nulls is a double", plain["last_trade_id"].dtype == "float64")
    refused("without partitioning the earliest date cannot be asked for", plain["date"].min)
    exec(block("Query the lake", README, "python"), scope)
    wanted = [row[3] for row in EXPECTED["candles"] if row[1:3] == ["BTC-USDT", "1m"]]
    surprise("README: a stream by filters", wanted == [len(scope["df"])])
    from pyarrow.dataset import partitioning
    fewer_columns(
        lambda **schema: pandas.read_parquet("data/candles", partitioning=partitioning(flavor="hive"), **schema))


def fewer_columns(read):
    """A lake whose first file is of before there was a column, without and with the page's schema."""
    import pyarrow.parquet

    name, here = "taker_buy_volume", os.getcwd()
    with tempfile.TemporaryDirectory() as folder:
        shutil.copytree("data/candles", pathlib.Path(folder, "data/candles"))
        os.chdir(folder)
        first = min(pathlib.Path("data/candles").rglob("*.parquet"), key=lambda file: file.as_posix())
        old = pyarrow.parquet.ParquetFile(first).read()
        pyarrow.parquet.write_table(old.drop_columns([name]), first)
        scope = {}
        exec(block("Files with fewer columns"), scope)
        plain, whole = read(), read(schema=scope["schema"])
        os.chdir(here)
    wanted = sum(row[9] for row in EXPECTED["candles"]) - (len(old) - old[name].null_count)
    surprise("an old file that is the first leaves its missing column out", name not in plain.columns)
    surprise("with the page's schema it is there, and every row",
             int(whole[name].count()) == wanted and len(whole) == len(plain))


def pyarrow():
    import pandas
    import pyarrow

    scope = {}
    exec(block("pyarrow"), scope)
    compare(f"pyarrow {pyarrow.__version__}", frame_answers(
        {n: scope[n].to_pandas(types_mapper=pandas.ArrowDtype) for n in QUESTIONS}))
    ids = scope["candles"].to_pandas()["last_trade_id"]
    surprise("to_pandas() makes int64 with nulls a double", ids.dtype == "float64")
    from pyarrow import dataset
    fewer_columns(lambda **schema: dataset.dataset("data/candles", partitioning="hive", **schema).to_table().to_pandas())


def fastparquet():
    import fastparquet

    scope = {}
    exec(block("fastparquet"), scope)
    compare(f"fastparquet {fastparquet.__version__}", frame_answers({n: scope[n] for n in QUESTIONS}))
    whole = fastparquet.ParquetFile("data/candles").to_pandas()
    kinds = {type(kind).__name__ for kind in whole["timeframe"].cat.categories}
    surprise("of a folder, 1d is a Timedelta and 1m a Timestamp of the year 1", kinds == {"Timedelta", "Timestamp"})
    surprise("of a folder, evidence of files of one row is None", whole["evidence"].isna().sum() == 4)


def polars():
    import polars

    scope = {}
    exec(block("Polars"), scope)
    def figure(column, how):
        if how == "size":
            found = polars.len()
        elif how == "sum":  # of nothing it is 0 in Polars
            found = polars.when(polars.col(column).count() > 0).then(polars.col(column).sum())
        else:
            found = getattr(polars.col(column), how)()
        return found.alias(f"{how} {column}")

    answers = {}
    for name in QUESTIONS:
        figures = [figure(*asked) for asked in FIGURES[name]]
        answers[name] = scope[name].group_by(KEYS[name]).agg(figures).collect().rows()
    compare(f"Polars {polars.__version__}", answers)
    columns = polars.scan_parquet("data/candles/**/*.parquet").collect_schema().names()
    surprise("a plain glob has no venue, symbol, timeframe and date", "venue" not in columns)
    refused("a folder ends at _manifest.json", lambda: polars.scan_parquet("data/candles").collect())


def spark():
    import pyspark

    scope = {}
    exec(block("Spark"), scope)
    session = scope["spark"]
    compare(f"Spark {pyspark.__version__}", {n: session.sql(q).collect() for n, q in QUESTIONS.items()})
    session.conf.set("spark.sql.sources.partitionColumnTypeInference.enabled", True)
    days = session.read.option("basePath", "data/candles").parquet("data/candles/*/*/timeframe=1d")
    surprise("timeframe=1d alone is a double, if types are inferred", dict(days.dtypes)["timeframe"] == "double")


def clickhouse():
    import chdb
    from chdb import session

    with session.Session() as database:
        for statement in statements(block("ClickHouse")):
            database.query(statement)
        numbers = " SETTINGS output_format_json_quote_64bit_integers = 0"
        version = database.query("SELECT version()", "CSV").bytes().decode().strip().strip('"')
        answers = {
            n: [json.loads(line) for line in database.query(q + numbers, "JSONCompactEachRow").bytes().decode().splitlines()]
            for n, q in QUESTIONS.items()
        }
    compare(f"ClickHouse {version} (chdb {chdb.__version__})", answers)


def hardwood():
    printed = json.loads(pathlib.Path(sys.argv[2]).read_text(encoding="utf-8"))
    source = (HERE / "hardwood" / "Hardwood.java").read_text(encoding="utf-8")
    if " ".join(block("hardwood").split()) not in " ".join(source.split()):
        sys.exit("docs/READING.md shows other code than Hardwood.java")
    compare(printed.pop("version"), row_answers(printed))


def trino():
    printed = json.loads(pathlib.Path(sys.argv[2]).read_text(encoding="utf-8"))
    compare(printed["version"], printed)
    for what, holds in printed["surprises"].items():
        surprise(what, holds)


ENGINES = [duckdb, pandas, pyarrow, fastparquet, polars, spark, clickhouse, hardwood, trino]

if __name__ == "__main__":
    require_all_are_run()
    engine = sys.argv[1].split("-")[0]
    {f.__name__: f for f in ENGINES}[engine]()
