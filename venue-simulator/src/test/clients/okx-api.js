// okx-api as a client of the simulated okx: everything it is told must equal the truth.
// Usage: node okx-api.js '<the line of ./candles sim>' okx BASE-QUOTE
import { createRequire } from 'node:module';
import {
  MINUTE, check, compareCandles, compareTicker, compareTrades, floor, nowMs, report, rest, run, symbol, ws,
} from './truth.js';

const require = createRequire(process.cwd() + '/');
const { RestClient, WebsocketClient } = require('okx-api');
const client = new RestClient({ baseUrl: rest });
const WATCHED_MINUTES = 2;
const instId = symbol;

async function start() {
  const instruments = await client.getInstruments({ instType: 'SPOT' });
  check(instruments.some((one) => one.instId === instId && one.state === 'live'), JSON.stringify(instruments));
  report('getInstruments', `instruments=${instruments.length}`);
}

function told({ last, high24h: high, low24h: low, vol24h: volume, bidPx: bid, askPx: ask }) {
  return { last, high, low, volume, bid, ask };
}

async function ticker() {
  const from = nowMs();
  const [one] = await client.getTicker({ instId });
  await compareTicker('getTicker', told(one), from, nowMs());
  const all = await client.getTickers({ instType: 'SPOT' });
  check(all.length === 5 && all.every(({ last }) => Number(last) > 0), JSON.stringify(all));
  report('getTickers', `tickers=${all.length}`);
  const [book] = await client.getOrderBook({ instId, sz: '20' });
  check(book.asks.length === 20 && book.bids.length === 20
    && Number(book.bids[0][0]) < Number(book.asks[0][0]), JSON.stringify(book));
  report('getOrderBook', 'levels=20');
}

function byOpen(rows) {
  return new Map(rows.map(([time, open, high, low, close, volume]) => (
    [Number(time), [open, high, low, close, volume]])));
}

async function candles() {
  const to = floor(nowMs()) - MINUTE;
  const from = to - 100 * MINUTE;
  const page = { instId, bar: '1m', after: String(to), limit: '100' };
  await compareCandles('getCandles', byOpen(await client.getCandles(page)), from, to);
  await compareCandles('getHistoricCandles', byOpen(await client.getHistoricCandles(page)), from, to);
}

function plain({ tradeId: id, ts, px, sz, count }) {
  return { id: Number(id), timeMs: Number(ts), price: Number(px), size: Number(sz), count: Number(count ?? 1) };
}

async function trades() {
  const all = (await client.getTrades({ instId, limit: '100' })).map(plain);
  for (let page = 0; page < 2; page += 1) {
    const oldest = Math.min(...all.map(({ id }) => id));
    const older = await client.getHistoricTrades({ instId, type: '1', after: String(oldest), limit: '100' });
    all.push(...older.map(plain));
  }
  await compareTrades('getTrades and getHistoricTrades', all);
}

/** What a feed says of a channel until the market has gone on for so many minutes. */
async function watch(path, channel) {
  const feed = new WebsocketClient({ wsUrl: ws + '/ws/v5/' + path },
    { trace() {}, info() {}, error: console.error });
  let until; // counts from the first word, whenever that comes
  const heard = [];
  await new Promise((resolve, reject) => {
    feed.on('exception', reject);
    feed.on('update', ({ data }) => {
      heard.push(...data);
      until ??= floor(nowMs()) + (WATCHED_MINUTES + 1) * MINUTE;
      if (nowMs() >= until) {
        resolve();
      }
    });
    feed.subscribe({ channel, instId });
  });
  feed.removeAllListeners('exception');
  feed.on('exception', () => {});
  feed.closeAll(true);
  return heard;
}

async function streams() {
  await compareTrades('subscribe trades', (await watch('public', 'trades')).map(plain));
  const rows = byOpen(await watch('business', 'candle1m'));
  const opens = [...rows.keys()].sort((a, b) => a - b);
  await compareCandles('subscribe candle1m', rows, opens[0], opens.at(-1)); // the last one goes on
  const from = nowMs();
  const tickers = await watch('public', 'tickers');
  await compareTicker('subscribe tickers', told(tickers.at(-1)), from, nowMs());
}

await run(async () => {
  await start();
  await ticker();
  await candles();
  await trades();
  await streams();
});
