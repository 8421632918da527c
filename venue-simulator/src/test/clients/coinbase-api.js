// coinbase-api as a client of the simulated coinbase: everything it is told must equal the truth.
// Usage: node coinbase-api.js '<the line of ./candles sim>' coinbase BASE-QUOTE
import { createRequire } from 'node:module';
import {
  MINUTE, check, compareCandles, compareTicker, compareTrades, floor, nowMs, report, rest, run, symbol, ws,
} from './truth.js';

const require = createRequire(process.cwd() + '/');
const { CBExchangeClient, WebsocketClient } = require('coinbase-api');
const client = new CBExchangeClient({ baseUrl: rest });
const FEED = 'exchangeMarketData';
const WATCHED_MINUTES = 2;
const product = { product_id: symbol };

async function start() {
  const currencies = await client.getCurrencies();
  check(currencies.some(({ id }) => id === 'BTC'), JSON.stringify(currencies));
  const { id } = await client.getCurrency('USD');
  check(id === 'USD', id);
  report('getCurrencies', `currencies=${currencies.length}`);
  const pairs = await client.getAllTradingPairs();
  const one = await client.getProduct(product);
  check(pairs.some((pair) => pair.id === symbol) && one.id === symbol && one.status === 'online',
    JSON.stringify(pairs));
  report('getAllTradingPairs', `products=${pairs.length}`);
}

async function ticker() {
  const from = nowMs();
  const { price: last, bid, ask } = await client.getProductTicker(product);
  const { high, low, volume } = await client.getProductStats(product);
  await compareTicker('getProductTicker and getProductStats', { last, high, low, volume, bid, ask }, from, nowMs());
  const book = await client.getProductBook({ ...product, level: 2 });
  check(book.asks.length === 50 && book.bids.length === 50
    && Number(book.bids[0][0]) < Number(book.asks[0][0]), JSON.stringify(book));
  report('getProductBook', 'levels=50');
}

async function candles() {
  const to = floor(nowMs()) - 5 * MINUTE;
  const from = to - 120 * MINUTE;
  const told = await client.getProductCandles({
    ...product, granularity: '60', start: new Date(from).toISOString(), end: new Date(to - MINUTE).toISOString(),
  });
  const rows = new Map(told.map(([time, low, high, open, close, volume]) => (
    [time * 1000, [open, high, low, close, volume]])));
  await compareCandles('getProductCandles', rows, from, to);
}

function plain({ trade_id: id, time, price, size }) {
  return { id, timeMs: Date.parse(time), price: Number(price), size: Number(size) };
}

async function trades() {
  const all = [];
  let after;
  for (let page = 0; page < 3; page += 1) {
    const told = await client.getProductTrades({ ...product, limit: 100, ...(after && { after }) });
    all.push(...told.map(plain));
    after = told.at(-1).trade_id;
  }
  await compareTrades('getProductTrades', all);
}

/** What the feed says of a channel until the market has gone on for so many minutes. */
async function watch(topic) {
  const feed = new WebsocketClient({ wsUrl: ws }, { trace() {}, info() {}, error: console.error });
  let until; // counts from the first word, whenever that comes
  const heard = [];
  await new Promise((resolve, reject) => {
    feed.on('exception', reject);
    feed.on('update', (update) => {
      heard.push(update);
      until ??= floor(nowMs()) + (WATCHED_MINUTES + 1) * MINUTE;
      if (nowMs() >= until) {
        resolve();
      }
    });
    feed.subscribe({ topic, payload: { product_ids: [symbol] } }, FEED);
  });
  feed.removeAllListeners('exception');
  feed.on('exception', () => {});
  feed.close(FEED);
  return heard;
}

async function streams() {
  const matches = await watch('matches');
  await compareTrades('subscribe matches', matches.filter(({ type }) => type.endsWith('match')).map(plain));
  const from = nowMs();
  const tickers = await watch('ticker');
  const { price: last, high_24h: high, low_24h: low, volume_24h: volume, best_bid: bid, best_ask: ask } =
    tickers.filter(({ type }) => type === 'ticker').at(-1);
  await compareTicker('subscribe ticker', { last, high, low, volume, bid, ask }, from, nowMs());
}

await run(async () => {
  await start();
  await ticker();
  await candles();
  await trades();
  await streams();
});
