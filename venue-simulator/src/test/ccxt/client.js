// ccxt as an outside client of the simulated venues: everything it is told must equal the truth.
// Usage: node client.js '<the line of ./candles sim>' VENUE CCXT_ID BASE/QUOTE; needs ccxt beside it.
import { createRequire } from 'node:module';

const require = createRequire(process.cwd() + '/');
const ccxt = require('ccxt');

const MINUTE = 60_000;
const PAGE_MINUTES = 40;
const WATCHED_MINUTES = 3;
const DEADLINE_MS = 60_000;

const [line, venue, id, symbol] = process.argv.slice(2);
const sim = JSON.parse(line);
const { ws, rest } = sim.venues[venue];

// Where each exchange keeps its addresses, and what it can do over a websocket.
const CLIENTS = {
  okx: {
    urls: () => ({ rest, ws: ws + '/ws/v5' }),
    options: { fetchMarkets: { types: ['spot'] }, defaultType: 'spot' },
    watchesCandles: true,
    tradesAfter: (trade) => ({ method: 'publicGetMarketHistoryTrades', after: trade.id }),
    newestFirst: true,
  },
  kraken: {
    urls: (api) => ({ ...api, public: rest, ws: { ...api.ws, public: ws, publicV2: ws + '/v2' } }),
    options: {},
    watchesCandles: true,
    newestFirst: false,
  },
  coinbaseexchange: {
    urls: (api) => ({ ...api, public: rest, ws }),
    options: {},
    watchesCandles: false,
    tradesAfter: (trade) => ({ after: trade.id }),
    newestFirst: true,
  },
};

const client = CLIENTS[id];
const exchange = new ccxt.pro[id]({ enableRateLimit: true, options: client.options });
exchange.urls.api = client.urls(exchange.urls.api);
exchange.urls.hostname = exchange.hostname = '';
exchange.has.fetchCurrencies = false; // no sheet describes the currencies; markets do without

// A market second is short here, and so is the patience of a venue that waits for a ping.
exchange.streaming = { ...exchange.streaming, keepAlive: 400, maxPingPongMisses: 50 };

function check(holds, message) {
  if (!holds) {
    throw new Error(message);
  }
}

async function truth(fromMs, toMs) {
  const query = new URLSearchParams({
    venue, symbol: symbol.replace('/', '-'), timeframe: '1m', from: fromMs, to: toMs,
  });
  const answer = await fetch(`${sim.truth}/candles?${query}`);
  return new Map((await answer.json()).map((candle) => [candle.open_time_ms, candle]));
}

function nowMs() {
  const { real_ms: real, market_ms: market, speed } = sim.clock;
  return market + (Date.now() - real) * speed;
}

function floor(ms) {
  return Math.floor(ms / MINUTE) * MINUTE;
}

function sameVolume(a, b) {
  return Math.abs(a - b) <= 1e-8;
}

function compare(what, candle, [open, high, low, close, volume]) {
  const told = [open, high, low, close];
  const real = [candle.open, candle.high, candle.low, candle.close];
  check(told.every((price, i) => price === real[i]) && sameVolume(volume, candle.volume),
    `${what} ${candle.open_time_ms}: told ${[...told, volume]}, true ${[...real, candle.volume]}`);
}

/** The candles of trades that are all there, in the order of their ids. */
function fold(trades) {
  const byId = new Map(trades.map((trade) => [Number(trade.id), trade]));
  const ids = [...byId.keys()].sort((a, b) => a - b);
  const candles = new Map();
  for (const [i, tradeId] of ids.entries()) {
    const { timestamp, price, amount, info } = byId.get(tradeId);
    const count = Number(info.count ?? 1); // okx tells several matches of one order as one trade
    check(i === 0 || tradeId === ids[i - 1] + count, `trade ids skip: ${ids[i - 1]} to ${tradeId}`);
    const open = floor(timestamp);
    const row = candles.get(open) ?? { row: [price, price, price, price, 0], first: tradeId - count + 1, n: 0 };
    row.row = [row.row[0], Math.max(row.row[1], price), Math.min(row.row[2], price), price, row.row[4] + amount];
    row.n += count;
    row.last = tradeId;
    candles.set(open, row);
  }
  return candles;
}

/** All minutes between the first and the last, which trades reach only in part. */
async function compareFolds(what, trades, complete) {
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

function report(what, found) {
  console.log(`${id} ${what}: equal, ${found}`);
}

async function markets() {
  const all = await exchange.loadMarkets();
  const market = all[symbol];
  check(market && market.spot && market.active !== false, `${symbol} is not listed: ${Object.keys(all)}`);
  report('markets', `listed=${Object.keys(all).length}`);
}

async function candlesOverRest() {
  const to = floor(nowMs()) - 5 * MINUTE;
  const from = to - 3 * PAGE_MINUTES * MINUTE;
  const real = await truth(from, to);
  const told = new Map();
  for (let since = from; since < to; since += PAGE_MINUTES * MINUTE) {
    for (const row of await exchange.fetchOHLCV(symbol, '1m', since, PAGE_MINUTES)) {
      told.set(row[0], row.slice(1));
    }
  }
  for (const [open, candle] of real) {
    check(told.has(open), `candle is not told: ${open}`);
    compare('REST candle', candle, told.get(open));
  }
  for (const [open, row] of told) { // a flat row in silence is that venue's way to say so
    check(real.has(open) || row[4] === 0 || open >= to, `candle that is none: ${open}`);
  }
  report('REST candles', `minutes=${real.size} pages=3`);
}

async function tradesOverRest() {
  const all = [];
  let params = {};
  let since = client.newestFirst ? undefined : floor(nowMs()) - 30 * MINUTE;
  for (let page = 0; page < 4; page += 1) {
    const trades = await exchange.fetchTrades(symbol, since, 100, params);
    check(trades.length > 0, 'a page without trades');
    all.push(...trades);
    if (client.newestFirst) {
      params = client.tradesAfter(trades[0]);
    } else {
      since = trades.at(-1).timestamp - 1000;
    }
  }
  await compareFolds('REST trades', all, 1);
}

/** Collects until the market has gone on for so many minutes. */
async function watch(next) {
  const until = floor(nowMs()) + (WATCHED_MINUTES + 1) * MINUTE;
  while (nowMs() < until) {
    await next();
  }
}

async function tradesOverWebSocket() {
  const all = [];
  await watch(async () => all.push(...await exchange.watchTrades(symbol)));
  await compareFolds('websocket trades', all, 1);
}

async function candlesOverWebSocket() {
  const told = new Map();
  await watch(async () => {
    for (const row of await exchange.watchOHLCV(symbol, '1m')) {
      told.set(row[0], row.slice(1));
    }
  });
  const opens = [...told.keys()].sort((a, b) => a - b);
  const real = await truth(opens[0], opens.at(-1)); // the last one goes on
  check(real.size >= 2, `websocket candles: only ${real.size} whole minutes`);
  for (const [open, candle] of real) {
    check(told.has(open), `websocket candle is not told: ${open}`);
    compare('websocket candle', candle, told.get(open));
  }
  report('websocket candles', `minutes=${real.size}`);
}

setTimeout(() => {
  console.error(`${id}: not done after ${DEADLINE_MS} ms`);
  process.exit(1);
}, DEADLINE_MS);

try {
  exchange.loadHttpProxyAgent(); // without it a plain ws:// address is spoken to with TLS
  await markets();
  await candlesOverRest();
  await tradesOverRest();
  await tradesOverWebSocket();
  if (client.watchesCandles) {
    await candlesOverWebSocket();
  }
  process.exit(0);
} catch (error) {
  console.error(error);
  process.exit(1);
}
