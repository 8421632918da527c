#!/usr/bin/env bash
# Guess: a DECIMAL read from Parquet into JavaScript is the number that was written, at worst rounded to a double, or
# something that has to be converted before it can be mistaken for a number.
#
# Seen with apache-arrow 21.2.0 behind parquet-wasm 0.8.0 (Node 20; hyparquet-writer 0.17.0 wrote the file): it is the
# digits without their point, and passes for a number. A price of 67123.45 in a DECIMAL(18, 2) is 6712345 to Number(),
# +, < and a text, in a DECIMAL(18, 8) 6712345000000, so two files of one price, or a join of two venues, compare by
# their scales. JSON has "\"6712345\"", in quotes twice. toArray() of the column is its words of 32 bits, four for each
# price. The scale is in column.type.scale, and dividing is left to whoever reads. hyparquet 1.33.0 gives 67123.45 for
# both. Have prices that JavaScript reads written as DOUBLE or text.
#
# Exits 0 while it is so, 1 when it has changed, 77 where Node or the packages cannot be had.
set -euo pipefail

command -v node >/dev/null && command -v npm >/dev/null || { echo 'skipped: no node or no npm'; exit 77; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm install --silent --no-audit --no-fund \
  hyparquet@1.33.0 hyparquet-writer@0.17.0 parquet-wasm@0.8.0 apache-arrow@21.2.0 \
  || { echo 'skipped: packages cannot be had'; exit 77; }

cat >finding.mjs <<'J'
import { tableFromIPC } from 'apache-arrow'
import { parquetReadObjects } from 'hyparquet'
import { parquetWriteBuffer } from 'hyparquet-writer'
import { readParquet } from 'parquet-wasm'

const prices = [67123.45, -0.1]
const decimal = (name, scale) =>
  ({ name, type: 'INT64', repetition_type: 'REQUIRED', converted_type: 'DECIMAL', precision: 18, scale })
const file = parquetWriteBuffer({
  columnData: [{ name: 'two', data: prices }, { name: 'eight', data: prices }],
  schema: [{ name: 'root', num_children: 2 }, decimal('two', 2), decimal('eight', 8)],
})
const table = tableFromIPC(readParquet(new Uint8Array(file)).intoIPCStream())
const rows = table.toArray()
const seen = {
  types: table.schema.fields.map((field) => String(field.type)).join(', '),
  numbers: rows.map((row) => `${Number(row.two)} ${Number(row.eight)}`).join(', '),
  texts: rows.map((row) => `${row.two} ${row.eight}`).join(', '),
  'two < eight': rows.map((row) => row.two < row.eight).join(', '),
  json: JSON.stringify(rows[0]),
  'words of a column': table.getChild('two').toArray().length,
  scale: table.getChild('two').type.scale,
  'numbers of hyparquet': (await parquetReadObjects({ file })).map((row) => `${row.two} ${row.eight}`).join(', '),
}
for (const [name, value] of Object.entries(seen)) console.log(`${name}: ${value}`)
const same = seen.numbers === '6712345 6712345000000, -10 -10000000'
  && seen.texts === seen.numbers
  && seen['two < eight'] === 'true, false'
  && seen.json === String.raw`{"two":"\"6712345\"","eight":"\"6712345000000\""}`
  && seen['words of a column'] === 8
  && seen.scale === 2
  && seen['numbers of hyparquet'] === '67123.45 67123.45, -0.1 -0.1'
console.log(same ? 'as written down' : 'this has changed')
process.exit(same ? 0 : 1)
J
node finding.mjs
