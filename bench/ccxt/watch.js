// ccxt beside the collector: watches the candles of all symbols; for every line of standard input
// it says how much CPU it has used (ns), how many frames it has taken, how many candles it has told.
import { createRequire } from 'node:module';
import { createInterface } from 'node:readline';

const ccxt = createRequire(process.cwd() + '/')('ccxt');
const [address, count] = process.argv.slice(2);

const exchange = new ccxt.pro.okx({ enableRateLimit: false, newUpdates: true, options: { fetchMarkets: { types: ['spot'] } } });
exchange.urls.api = { rest: 'http://' + address, ws: 'ws://' + address + '/ws/v5' };
exchange.hostname = '';
exchange.has.fetchCurrencies = false;
exchange.loadHttpProxyAgent(); // without it a plain ws:// address is spoken to with TLS

let frames = 0;
const handle = exchange.handleOHLCV.bind(exchange);
exchange.handleOHLCV = (client, message) => {
  frames += 1;
  handle(client, message);
};

const told = new Set();
const latest = new Map();
await exchange.loadMarkets();
const wanted = Array.from({ length: Number(count) }, (_, i) => ['S' + i + '/USDT', '1m']);

createInterface({ input: process.stdin }).on('line', () => {
  const { user, system } = process.cpuUsage();
  console.log(`${(user + system) * 1000} ${frames} ${told.size}`);
});

for (;;) {
  for (const [symbol, byTimeframe] of Object.entries(await exchange.watchOHLCVForSymbols(wanted))) {
    for (const row of byTimeframe['1m']) {
      if (latest.has(symbol) && latest.get(symbol) < row[0]) {
        told.add(symbol + ' ' + latest.get(symbol)); // the one before is over
      }
      latest.set(symbol, row[0]);
    }
  }
}
