// node-kraken-api as a client of the simulated kraken: everything it is told must equal the truth.
// Usage: node node-kraken-api.js '<the line of ./candles sim>' kraken BASE-QUOTE
import { createRequire } from 'node:module';
import {
  MINUTE, check, compareCandles, compareTicker, compareTrades, compareTradesWithoutIds, floor, nowMs, report, rest,
  run, symbol, ws,
} from './truth.js';

const require = createRequire(process.cwd() + '/');
const PAIR = symbol.replace('BTC', 'XBT').replace('-', '');
const WSNAME = symbol.replace('BTC', 'XBT').replace('-', '/');
const WATCHED_MINUTES = 2;
const NANOS_DIGITS = 19; // the venue loses zeros at the end of `last` once in a while

// Its addresses are constants, and it speaks TLS only: here loopback is spoken to instead.
const http = require('node:http');
const https = require('node:https');
https.request = (options, heard) => http.request(
  { ...options, hostname: '127.0.0.1', port: new URL(rest).port }, heard);
const library = require.resolve('node-kraken-api');
const sockets = createRequire(library).resolve('ws');
const WebSocket = require(sockets);
require.cache[sockets].exports = class extends WebSocket {
  constructor() {
    super(ws);
  }
};
const { Kraken } = require('node-kraken-api');
const kraken = new Kraken({ timeout: 20_000 });

async function start() {
  const { unixtime } = await kraken.time();
  check(Math.abs(unixtime * 1000 - nowMs()) < 5 * MINUTE, `time: ${unixtime}`);
  report('time', `unixtime=${unixtime}`);
  const { status } = await kraken.systemStatus();
  check(status === 'online', `status: ${status}`);
  report('systemStatus', status);
  const assets = await kraken.assets();
  check(assets.XXBT.altname === 'XBT' && assets.ZUSD.decimals === 4, JSON.stringify(assets));
  const one = await kraken.assets({ asset: 'XBT,ZUSD' });
  check(Object.keys(one).join() === 'XXBT,ZUSD', JSON.stringify(one));
  report('assets', `assets=${Object.keys(assets).length}`);
  const pairs = await kraken.assetPairs();
  const asked = await kraken.assetPairs({ pair: PAIR });
  const [key] = Object.keys(asked);
  check(pairs[key].altname === PAIR && pairs[key].fees[0][0] === 0, JSON.stringify(pairs[key]));
  report('assetPairs', `pairs=${Object.keys(pairs).length}`);
}

async function ticker() {
  const from = nowMs();
  const told = Object.values(await kraken.ticker({ pair: PAIR }))[0];
  const to = nowMs();
  await compareTicker('ticker', told24(told), from, to);
  const book = Object.values(await kraken.depth({ pair: PAIR, count: 20 }))[0];
  check(book.asks.length === 20 && book.bids.length === 20
    && Number(book.bids[0][0]) < Number(book.asks[0][0]), JSON.stringify(book));
  report('depth', 'levels=20');
}

function told24({ a, b, c, v, l, h }) {
  return { last: c[0], high: h[1], low: l[1], volume: v[1], bid: b[0], ask: a[0] };
}

async function candles() {
  const to = floor(nowMs()) - MINUTE;
  const from = to - 100 * MINUTE;
  const { last, ...rows } = await kraken.ohlc({ pair: PAIR, interval: 1, since: from / 1000 - 1 });
  check(Number.isInteger(last), `last: ${last}`);
  const byOpen = new Map(Object.values(rows)[0]
    .map(([time, open, high, low, close, , volume]) => [time * 1000, [open, high, low, close, volume]]));
  await compareCandles('ohlc', byOpen, from, to);
}

async function trades() {
  const all = [];
  let since = String((floor(nowMs()) - 20 * MINUTE) * 1_000_000);
  for (let page = 0; page < 3; page += 1) {
    const { last, ...rows } = await kraken.trades({ pair: PAIR, since });
    all.push(...Object.values(rows)[0].map(([price, size, time, , , , id]) => (
      { id, timeMs: time * 1000, price: Number(price), size: Number(size) })));
    since = last.padEnd(NANOS_DIGITS, '0');
  }
  await compareTrades('trades', all);
}

/** Collects what a feed says until `isEnough`. */
async function watch(feed, isEnough) {
  const heard = [];
  const done = new Promise((resolve, reject) => {
    feed.on('error', reject);
    feed.on('update', (update) => {
      heard.push(update);
      if (isEnough(heard)) {
        resolve();
      }
    });
  });
  await feed.subscribe(WSNAME);
  await done;
  await feed.unsubscribe(WSNAME);
  return heard;
}

async function streams() {
  const from = nowMs();
  const tickers = await watch(kraken.ws.ticker(), (heard) => heard.length >= 5);
  await compareTicker('ws.ticker', told24(tickers.at(-1)), from, nowMs());
  const until = () => {
    let end; // counts from the first word, whenever that comes
    return () => {
      end ??= floor(nowMs()) + (WATCHED_MINUTES + 1) * MINUTE;
      return nowMs() >= end;
    };
  };
  const frames = await watch(kraken.ws.trade(), until());
  await compareTradesWithoutIds('ws.trade', frames.flat().map(([price, size, time]) => (
    { timeMs: Number(time) * 1000, price: Number(price), size: Number(size) })));
  const rows = new Map();
  for (const [, end, open, high, low, close, , volume] of await watch(kraken.ws.ohlc({ interval: 1 }), until())) {
    rows.set(Number(end) * 1000 - MINUTE, [open, high, low, close, volume]);
  }
  const opens = [...rows.keys()].sort((a, b) => a - b);
  await compareCandles('ws.ohlc', rows, opens[0], opens.at(-1));
}

await run(async () => {
  await start();
  await ticker();
  await candles();
  await trades();
  await streams();
});
