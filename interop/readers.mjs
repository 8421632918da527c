// Reads the lake in ./data with one library for Node, as docs/READING.md says, and compares with
// ./expected.json. The code under the library's heading on that page is run as it stands; it leaves
// arrays named candles, revisions and coverage, with a field for each part of the path.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const here = dirname(fileURLToPath(import.meta.url))
const library = process.argv[2]

/** The first code under a heading of the page, as a module beside the libraries. */
const load = async (heading) => {
  const page = readFileSync(join(here, '../docs/READING.md'), 'utf8')
  const code = page.split(`\n## ${heading}\n`)[1].split('\n## ')[0].match(/^```\w+\n(.*?)^```$/ms)[1]
  const file = join(here, 'target/node', `${heading}.mjs`)
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, `${code}export { candles, revisions, coverage }\n`)
  return import(pathToFileURL(file))
}

/** JSON in which a whole number that no double holds stays what it is. */
const exact = (text) =>
  JSON.parse(text.replace(/(?<=[[,])\d{16,}(?=[\],])/g, '"$&n"'), (_, value) =>
    typeof value === 'string' && /^\d+n$/.test(value) ? BigInt(value.slice(0, -1)) : value)

const plain = (value) => {
  if (value === undefined) return null
  return typeof value === 'bigint' && Number.isSafeInteger(Number(value)) ? Number(value) : value
}

const count = (column) => (rows) => rows.filter((row) => row[column] != null).length
const fold = (column, of) => (rows) => {
  const values = rows.map((row) => row[column]).filter((value) => value != null)
  return plain(values.length ? values.reduce(of) : null)
}
const sum = (column) => fold(column, (a, b) => a + b)
const min = (column) => fold(column, (a, b) => (a <= b ? a : b))
const max = (column) => fold(column, (a, b) => (a >= b ? a : b))
const stream = (row) => [row.venue, row.symbol, row.timeframe]
const ofCandles = [stream, (rows) => rows.length, sum('volume'), min('open_time_ms'), max('open_time_ms'),
  count('quote_volume'), sum('quote_volume'), count('taker_buy_volume'), sum('taker_buy_volume'),
  count('trade_count'), sum('trade_count'), max('last_trade_id'),
  sum('revision'), max('evidence'), min('date'), max('date')]
const questions = {
  candles: ofCandles,
  revisions: ofCandles,
  coverage: [(row) => [...stream(row), row.state], (rows) => rows.length, min('from_ms'), max('to_ms'),
    count('evidence'), max('seq'), min('date'), max('date')]
}

const answer = (rows, [key, ...figures]) => {
  const groups = new Map()
  for (const row of rows) {
    const id = key(row).join()
    if (!groups.has(id)) groups.set(id, [])
    groups.get(id).push(row)
  }
  return [...groups.values()].map((group) => [...key(group[0]), ...figures.map((figure) => figure(group))])
}

const text = (row) => JSON.stringify(row, (_, value) => (typeof value === 'bigint' ? `${value}n` : value))
const expected = exact(readFileSync('expected.json', 'utf8'))
const tables = await load(library)
for (const [name, question] of Object.entries(questions)) {
  const found = answer(tables[name], question).map(text).sort()
  const wanted = expected[name].map(text).sort()
  const different = wanted.findIndex((row, i) => row !== found[i])
  if (different >= 0 || found.length !== wanted.length) {
    console.error(`${library}: ${name}\n  expected ${wanted[different]}\n  found    ${found[different]}`)
    process.exit(1)
  }
}
const { version } = JSON.parse(readFileSync(join(here, 'target/node/node_modules', library, 'package.json'), 'utf8'))
const rows = expected.candles.reduce((n, row) => n + row[3], 0)
console.log(`${library} ${version} on Node ${process.versions.node}: equal: ${rows} candles of`
  + ` ${expected.candles.length} streams, revisions, coverage`)
