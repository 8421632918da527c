// What every program here shares: the simulator's line, its truth, and comparisons with it.
const MINUTE = 60_000;
const DAY_MINUTES = 1440;
const DEADLINE_MS = 180_000;

/** A venue's answers may come from a cache, and a busy machine hears of them late. */
const SLACK_MS = 10_000;

const [line, venue, symbol] = process.argv.slice(2);
export const sim = JSON.parse(line);
export const { ws, rest } = sim.venues[venue];

/** Canonical, with a hyphen. */
export { symbol, MINUTE };

export function check(holds, message) {
  if (!holds) {
    throw new Error(message);
  }
}

export function report(what, found) {
  console.log(`${what}: equal, ${found}`);
}

export function nowMs() {
  const { real_ms: real, market_ms: market, speed } = sim.clock;
  return market + (Date.now() - real) * speed;
}

export function floor(ms) {
  return Math.floor(ms / MINUTE) * MINUTE;
}

async function told(kind, fromMs, toMs) {
  check(fromMs <= toMs, `nothing to compare from ${fromMs} to ${toMs}`);
  const query = new URLSearchParams({ venue, symbol, timeframe: '1m', from: fromMs, to: toMs });
  const answer = await fetch(`${sim.truth}/${kind}?${query}`);
  check(answer.ok, `the truth was asked for ${query}: ${answer.status}`);
  return answer.json();
}

/** The true candles by open time, of intervals that are over. */
export async function truth(fromMs, toMs) {
  return new Map((await told('candles', fromMs, toMs)).map((candle) => [candle.open_time_ms, candle]));
}

/** Waits until an interval that holds a market time is over. */
export async function over(ms) {
  while (nowMs() < floor(ms) + MINUTE) {
    await new Promise((done) => setTimeout(done, 20));
  }
}

export function sameVolume(a, b) {
  return Math.abs(a - b) <= 1e-8;
}

/** A candle as numbers in the order open, high, low, close, volume. */
export function compare(what, candle, [open, high, low, close, volume]) {
  const said = [open, high, low, close].map(Number);
  const real = [candle.open, candle.high, candle.low, candle.close];
  check(said.every((price, i) => price === real[i]) && sameVolume(Number(volume), candle.volume),
    `${what} ${candle.open_time_ms}: told ${[...said, volume]}, true ${[...real, candle.volume]}`);
}

/**
 * Every true candle of [from, to) was told; what was told besides is empty or not over.
 *
 * @param rows by open time: open, high, low, close, volume
 */
export async function compareCandles(what, rows, from, to) {
  const real = await truth(from, to);
  check(real.size > 0, `${what}: no interval was over`);
  for (const [open, candle] of real) {
    check(rows.has(open), `${what}: candle is not told: ${open}`);
    compare(what, candle, rows.get(open));
  }
  for (const [open, row] of rows) { // a flat row in silence is that venue's way to say so
    check(open < from || open >= to || real.has(open) || Number(row[4]) === 0,
      `${what}: candle that is none: ${open}`);
  }
  report(what, `minutes=${real.size}`);
}

/** The candles of trades that are all there, in the order of their ids: id, time, price, size, count. */
function fold(trades) {
  const byId = new Map(trades.map((trade) => [Number(trade.id), trade]));
  const ids = [...byId.keys()].sort((a, b) => a - b);
  const candles = new Map();
  for (const [i, id] of ids.entries()) {
    const { timeMs, price, size, count = 1 } = byId.get(id);
    check(i === 0 || id === ids[i - 1] + count, `trade ids skip: ${ids[i - 1]} to ${id}`);
    const open = floor(timeMs);
    const own = candles.get(open)
      ?? { row: [price, price, price, price, 0], first: id - count + 1, n: 0 };
    const [start, high, low, , volume] = own.row;
    own.row = [start, Math.max(high, price), Math.min(low, price), price, volume + size];
    own.n += count;
    own.last = id;
    candles.set(open, own);
  }
  return candles;
}

/** All minutes between the first and the last, which trades reach only in part. */
export async function compareTrades(what, trades, complete = 1) {
  const folded = fold(trades);
  const opens = [...folded.keys()].sort((a, b) => a - b);
  const real = await truth(opens[0] + MINUTE, opens.at(-1));
  const traded = [...real.values()].filter((candle) => candle.trade_count !== 0);
  check(traded.length >= complete, `${what}: only ${traded.length} whole minutes`);
  for (const candle of traded) {
    const own = folded.get(candle.open_time_ms);
    check(own, `${what}: no trades in ${candle.open_time_ms}`);
    compare(what, candle, own.row);
    check(own.n === candle.trade_count && own.first === candle.first_trade_id
      && own.last === candle.last_trade_id, `${what} ${candle.open_time_ms}: ids or count differ`);
  }
  check(opens.slice(1, -1).every((open) => real.has(open)), `${what}: a minute without a candle`);
  report(what, `minutes=${traded.length} trades=${trades.length}`);
}

/** Trades without ids: whatever time they have, in the order in which they came. */
export async function compareTradesWithoutIds(what, trades) {
  const numbered = trades.map((trade, i) => ({ ...trade, id: i + 1 }));
  const folded = fold(numbered);
  const opens = [...folded.keys()].sort((a, b) => a - b);
  const real = await truth(opens[0] + MINUTE, opens.at(-1));
  const traded = [...real.values()].filter((candle) => candle.trade_count !== 0);
  check(traded.length > 0, `${what}: no whole minute`);
  for (const candle of traded) {
    check(folded.has(candle.open_time_ms), `${what}: no trades in ${candle.open_time_ms}`);
    compare(what, candle, folded.get(candle.open_time_ms).row);
  }
  report(what, `minutes=${traded.length} trades=${trades.length}`);
}

/**
 * A ticker that was made at some market time from `fromMs` to `toMs`: its last price is one of those
 * minutes', its day is the 24 hours before, and the book stands around the last price. Not every
 * client tells the high and the low.
 */
export async function compareTicker(what, ticker, fromMs, toMs) {
  const [last, high, low, volume, bid, ask] =
    [ticker.last, ticker.high, ticker.low, ticker.volume, ticker.bid, ticker.ask].map(Number);
  const first = floor(fromMs - SLACK_MS);
  const end = floor(toMs + SLACK_MS) + MINUTE;
  await over(end - 1);
  const real = [...(await truth(first - (DAY_MINUTES + 1) * MINUTE, end)).values()];
  const sure = real.filter(({ open_time_ms: open }) => open >= end - DAY_MINUTES * MINUTE && open < first);
  const sum = (candles) => candles.reduce((all, candle) => all + candle.volume, 0);
  const most = (candles) => Math.max(...candles.map((candle) => candle.high));
  const least = (candles) => Math.min(...candles.map((candle) => candle.low));
  const since = real.filter(({ trade_count: n, open_time_ms: open }) => n > 0 && open < first).at(-1);
  const recent = real.filter(({ open_time_ms: open }) => open >= since.open_time_ms);
  check(sure.length > DAY_MINUTES / 2, `${what}: the truth begins too late`);
  check(last >= least(recent) && last <= most(recent), `${what}: last ${last} was never paid`);
  check(ticker.high === undefined || high >= most(sure) && high <= most(real), `${what}: high ${high}, true ${most(sure)}`);
  check(ticker.low === undefined || low <= least(sure) && low >= least(real), `${what}: low ${low}, true ${least(sure)}`);
  check(volume >= sum(sure) - 1e-6 && volume <= sum(real) + 1e-6,
    `${what}: volume ${volume}, true ${sum(sure)} to ${sum(real)}`);
  check(bid < ask && bid <= last && last <= ask, `${what}: book ${bid} ${last} ${ask}`);
  report(what, `last=${last}`);
}

/** Runs a program to its end, or says what was wrong. */
export async function run(program) {
  setTimeout(() => {
    console.error(`not done after ${DEADLINE_MS} ms`);
    process.exit(1);
  }, DEADLINE_MS);
  try {
    await program();
    process.exit(0);
  } catch (error) {
    console.error(error);
    process.exit(1);
  }
}
