#!/usr/bin/env bash
# Guess: toArray() of a column with nulls, the way to all of its numbers at once, marks them somehow: NaN, 0, or an
# error.
#
# Seen with apache-arrow 21.2.0 behind parquet-wasm 0.8.0 (Node 20; hyparquet-writer 0.17.0 wrote the file): a null has
# the number of some other row, mostly a later one. A quote volume of 5, null, 7, null is 5, 7, 7, 0, and of null,
# null, 1, 2, 3, null it is 1, 2, 1, 2, 3, 0: a file holds the numbers without gaps, and what stood in a place before
# they were moved apart is left there. So a minute whose volume is unknown has that of a minute that was yet to come,
# in numbers that look right; sums are too large, and a backtest looks ahead. Int64 is the same, Float64Array and
# BigInt64Array have no place for a null, and nullCount of the column says how many there are. A loop over the column,
# get(i), toJSON() and the rows of the table have null. Use toArray() only where nullCount is 0.
#
# Exits 0 while it is so, 1 when it has changed, 77 where Node or the packages cannot be had.
set -euo pipefail

command -v node >/dev/null && command -v npm >/dev/null || { echo 'skipped: no node or no npm'; exit 77; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm install --silent --no-audit --no-fund apache-arrow@21.2.0 parquet-wasm@0.8.0 hyparquet-writer@0.17.0 \
  || { echo 'skipped: packages cannot be had'; exit 77; }

cat >finding.mjs <<'J'
import { tableFromIPC } from 'apache-arrow'
import { parquetWriteBuffer } from 'hyparquet-writer'
import { readParquet } from 'parquet-wasm'

const text = (values) => Array.from(values, String).join(' ')
const whole = (value) => (value === null ? null : BigInt(value))
const asked = [
  [[5, null, 7, null], '5 7 7 0'],
  [[null, null, 1, 2, 3, null], '1 2 1 2 3 0'],
  [[1, null, null, null, null, 9], '1 9 0 0 0 9'],
  [[5, 6, 7], '5 6 7'],
]
let same = true
for (const [written, expected] of asked) {
  const file = parquetWriteBuffer({
    columnData: [
      { name: 'quote_volume', data: written, type: 'DOUBLE' },
      { name: 'trade_count', data: written.map(whole), type: 'INT64' },
    ],
  })
  const table = tableFromIPC(readParquet(new Uint8Array(file)).intoIPCStream())
  for (const { name } of table.schema.fields) {
    const column = table.getChild(name)
    const nulls = written.filter((value) => value === null).length
    console.log(`${name} ${text(written)}: toArray() ${text(column.toArray())}, one by one ${text(column)}`)
    same &&= text(column.toArray()) === expected && text(column) === text(written) && column.nullCount === nulls
  }
}
console.log(same ? 'as written down' : 'this has changed')
process.exit(same ? 0 : 1)
J
node finding.mjs
