#!/usr/bin/env bash
# Guess: a filter of a reader that finds the rows of >= and <= a number finds the row that is equal to it, and one that
# cannot find a row for the type of a value, or does not know a comparison, says so.
#
# Seen with hyparquet 1.33.0 (hyparquet-writer 0.17.0 wrote the file, Node 20): on an int64 column, such as milliseconds,
# $gte and $lte take a JavaScript number and compare it by value, $eq, $in and a bare value by type too, and int64 are
# BigInt: { open_time_ms: 1767225660000 } finds nothing where { $gte: 1767225660000, $lte: 1767225660000 } finds the
# row. $ne and $nin of a number then leave nothing out. A comparison that it does not know ($between, $gt misspelt) is
# true of every row. No error in any case. Give BigInt (1767225660000n), or filterStrict: false.
#
# Exits 0 while it is so, 1 when it has changed, 77 where Node or the packages cannot be had.
set -euo pipefail

command -v node >/dev/null && command -v npm >/dev/null || { echo 'skipped: no node or no npm'; exit 77; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm install --silent --no-audit --no-fund hyparquet@1.33.0 hyparquet-writer@0.17.0 \
  || { echo 'skipped: packages cannot be had'; exit 77; }

cat >finding.mjs <<'J'
import { parquetReadObjects } from 'hyparquet'
import { parquetWriteBuffer } from 'hyparquet-writer'

const start = 1767225600000
const second = start + 60000
const file = parquetWriteBuffer({
  columnData: [
    { name: 'open_time_ms', data: [0, 1, 2].map((i) => BigInt(start + i * 60000)), type: 'INT64' },
    { name: 'close', data: [1, 2, 3], type: 'DOUBLE' },
  ],
})
const asked = [
  ['$gte and $lte', { $gte: second, $lte: second }, 1, 1],
  ['bare value', second, 0, 1],
  ['$eq', { $eq: second }, 0, 1],
  ['$in', { $in: [second] }, 0, 1],
  ['$ne', { $ne: second }, 3, 2],
  ['$nin', { $nin: [second] }, 3, 2],
  ['$eq of a BigInt', { $eq: BigInt(second) }, 1, 1],
  ['$between, which does not exist', { $between: [0, 1] }, 3, 3],
]
let same = true
for (const [name, condition, strictly, loosely] of asked) {
  const filter = { open_time_ms: condition }
  const strict = (await parquetReadObjects({ file, filter })).length
  const loose = (await parquetReadObjects({ file, filter, filterStrict: false })).length
  console.log(`${name}: ${strict} of 3 rows, with filterStrict: false ${loose}`)
  same &&= strict === strictly && loose === loosely
}
console.log(same ? 'as written down' : 'this has changed')
process.exit(same ? 0 : 1)
J
node finding.mjs
