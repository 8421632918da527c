// ccxt as a client of a simulated venue: everything it is told must equal the truth.
// Usage: node ccxt.js '<the line of ./candles sim>' VENUE BASE-QUOTE CCXT_ID; needs ccxt in the folder.
import { createRequire } from 'node:module';
import {
  MINUTE, check, compareCandles, compareTicker, compareTrades, floor, nowMs, report, rest, run, symbol, ws,
} from './truth.js';

const ccxt = createRequire(process.cwd() + '/')('ccxt');
const PAGE_MINUTES = 40;
const WATCHED_MINUTES = 3;
const id = process.argv[5];
const pair = symbol.replace('-', '/');

// Where each exchange keeps its addresses, and what it can do over a websocket.
const CLIENTS = {
  okx: {
    urls: () => ({ rest, ws: ws + '/ws/v5' }),
    options: { fetchMarkets: { types: ['spot'] }, defaultType: 'spot' },
    watchesCandles: true,
    tradesAfter: (trade) => ({ method: 'publicGetMarketHistoryTrades', after: trade.id }),
    newestFirst: true,
    currencies: 0, // private
  },
  kraken: {
    urls: (api) => ({ ...api, public: rest, ws: { ...api.ws, public: ws, publicV2: ws + '/v2' } }),
    options: {},
    watchesCandles: true,
    newestFirst: false,
    currencies: 6,
  },
  coinbaseexchange: {
    urls: (api) => ({ ...api, public: rest, ws }),
    options: {},
    watchesCandles: false,
    tradesAfter: (trade) => ({ after: trade.id }),
    newestFirst: true,
    currencies: 6,
  },
};

const client = CLIENTS[id];
const exchange = new ccxt.pro[id]({ enableRateLimit: true, options: client.options });
exchange.urls.api = client.urls(exchange.urls.api);
exchange.urls.hostname = exchange.hostname = '';

// A market second is short here, and so is the patience of a venue that waits for a ping.
exchange.streaming = { ...exchange.streaming, keepAlive: 400, maxPingPongMisses: 50 };

async function markets() {
  const all = await exchange.loadMarkets();
  const market = all[pair];
  check(market && market.spot && market.active !== false, `${pair} is not listed: ${Object.keys(all)}`);
  report('loadMarkets', `markets=${Object.keys(all).length}`);
  if (client.currencies) {
    const currencies = await exchange.fetchCurrencies();
    check(Object.keys(currencies).length === client.currencies && currencies.BTC && currencies.USD,
      `currencies: ${Object.keys(currencies)}`);
    report('fetchCurrencies', `currencies=${Object.keys(currencies).length}`);
  }
}

function told(ticker) {
  const { last, high, low, baseVolume: volume, bid, ask } = ticker;
  return { last, high, low, volume, bid, ask };
}

async function ticker() {
  const from = nowMs();
  const ticker = await exchange.fetchTicker(pair);
  await compareTicker('fetchTicker', told(ticker), from, nowMs());
}

function row([, ...values]) {
  return values;
}

async function candlesOverRest() {
  const to = floor(nowMs()) - 5 * MINUTE;
  const from = to - 3 * PAGE_MINUTES * MINUTE;
  const rows = new Map();
  for (let since = from; since < to; since += PAGE_MINUTES * MINUTE) {
    for (const one of await exchange.fetchOHLCV(pair, '1m', since, PAGE_MINUTES)) {
      rows.set(one[0], row(one));
    }
  }
  await compareCandles('fetchOHLCV', rows, from, to);
}

/** okx tells several matches of one order as one trade. */
function flat(trades) {
  return trades.map(({ id: number, timestamp: timeMs, price, amount: size, info }) => (
    { id: number, timeMs, price, size, count: Number(info.count ?? 1) }));
}

async function tradesOverRest() {
  const all = [];
  let params = {};
  let since = client.newestFirst ? undefined : floor(nowMs()) - 30 * MINUTE;
  for (let page = 0; page < 4; page += 1) {
    const trades = await exchange.fetchTrades(pair, since, 100, params);
    check(trades.length > 0, 'a page without trades');
    all.push(...trades);
    if (client.newestFirst) {
      params = client.tradesAfter(trades[0]);
    } else {
      since = trades.at(-1).timestamp - 1000;
    }
  }
  await compareTrades('fetchTrades', flat(all));
}

/** Collects until the market has gone on for so many minutes after the first word. */
async function watch(next) {
  await next();
  const until = floor(nowMs()) + (WATCHED_MINUTES + 1) * MINUTE;
  while (nowMs() < until) {
    await next();
  }
}

async function tradesOverWebSocket() {
  const all = [];
  await watch(async () => all.push(...await exchange.watchTrades(pair)));
  await compareTrades('watchTrades', flat(all));
}

async function candlesOverWebSocket() {
  const rows = new Map();
  await watch(async () => {
    for (const one of await exchange.watchOHLCV(pair, '1m')) {
      rows.set(one[0], row(one));
    }
  });
  const opens = [...rows.keys()].sort((a, b) => a - b);
  await compareCandles('watchOHLCV', rows, opens[0], opens.at(-1)); // the last one goes on
}

async function tickersOverWebSocket() {
  let last;
  const from = nowMs();
  for (let i = 0; i < 5; i += 1) {
    last = await exchange.watchTicker(pair);
  }
  await compareTicker('watchTicker', told(last), from, nowMs());
}

await run(async () => {
  exchange.loadHttpProxyAgent(); // without it a plain ws:// address is spoken to with TLS
  await markets();
  await ticker();
  await candlesOverRest();
  await tradesOverRest();
  await tradesOverWebSocket();
  if (client.watchesCandles) {
    await candlesOverWebSocket();
  }
  await tickersOverWebSocket();
});
