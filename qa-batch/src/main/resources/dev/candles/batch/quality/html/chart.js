/*
 * Candles.unpack(text): a promise of what a day pack holds: {decimals, rows, empty}; a row is
 * [slot, open, high, low, close, volume, revised], empty is [slot, slots, evidence].
 *
 * Candles.chart(box, {from, to, step, decimals, rows, gaps, height}): candles with volume. Times are epoch
 * ms (UTC), rows are [ms, open, high, low, close, volume], gaps are [from, to, 'empty' or 'lacking'] and
 * are shaded; prices have so many decimals. Left and right move the cursor. It gives {destroy}.
 */
Candles.unpack = async text => {
  const bytes = Uint8Array.from(atob(text), c => c.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
  const pack = JSON.parse(await new Response(stream).text());
  const scale = 10 ** pack.decimals, revised = new Set(pack.revised);
  let slot = 0, close = 0;
  const rows = pack.slot.map((ahead, i) => {
    slot += ahead;
    const open = close + pack.open[i];
    close = open + pack.body[i];
    return [slot, open / scale, (Math.max(open, close) + pack.above[i]) / scale, (Math.min(open, close) - pack.below[i]) / scale, close / scale, pack.volume[i], revised.has(slot)];
  });
  return { decimals: pack.decimals, rows, empty: pack.empty };
};

Candles.chart = (() => {
  const { css, iso, minute } = Candles;

  /** Axis prices with as many decimals as tell neighbouring ticks apart. */
  function price(ticks, most) {
    const step = ticks.length > 1 ? Math.abs(ticks[1] - ticks[0]) : 1;
    const digits = Math.min(Math.max(0, Math.ceil(-Math.log10(step))), Math.max(most, 0) + 1);
    return tick => tick.toLocaleString('en', { minimumFractionDigits: digits, maximumFractionDigits: digits });
  }

  function drawGaps(u, gaps) {
    const { ctx, bbox } = u;
    ctx.save();
    for (const [a, b, kind] of gaps) {
      const left = Math.max(bbox.left, u.valToPos(a / 1000, 'x', true)), right = Math.min(bbox.left + bbox.width, u.valToPos(b / 1000, 'x', true));
      if (right <= left) continue;
      ctx.fillStyle = css(kind === 'empty' ? 'silent' : 'gap');
      ctx.fillRect(left, bbox.top, Math.max(1, right - left), bbox.height);
      if (kind === 'empty') continue;
      ctx.fillStyle = css('missing'); // a bar on top: not by shade alone
      ctx.fillRect(left, bbox.top, Math.max(1, right - left), 4);
    }
    ctx.restore();
  }

  function drawCandles(u, step) {
    const { ctx, bbox } = u, [x, o, h, l, c, v] = u.data;
    const wide = Math.abs(u.valToPos(x[0] + step / 1000, 'x', true) - u.valToPos(x[0], 'x', true));
    const body = Math.max(1, Math.min(wide * 0.7, 40)), half = body / 2;
    const up = css('up'), down = css('down'), volume = css('volume');
    ctx.save();
    ctx.beginPath(); ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height); ctx.clip();
    const floor = u.valToPos(0, 'v', true);
    for (let i = 0; i < x.length; i++) {
      const mid = u.valToPos(x[i], 'x', true) + wide / 2;
      if (mid < bbox.left - body || mid > bbox.left + bbox.width + body) continue;
      const top = u.valToPos(v[i], 'v', true);
      ctx.fillStyle = volume; ctx.fillRect(mid - half, top, body, floor - top);
      ctx.fillStyle = c[i] >= o[i] ? up : down;
      const high = u.valToPos(h[i], 'y', true), low = u.valToPos(l[i], 'y', true);
      ctx.fillRect(mid - 0.5, high, 1, Math.max(1, low - high));
      const a = u.valToPos(Math.max(o[i], c[i]), 'y', true), b = u.valToPos(Math.min(o[i], c[i]), 'y', true);
      ctx.fillRect(mid - half, a, body, Math.max(1, b - a));
    }
    ctx.restore();
  }

  function walk(event, chart) {
    if (!['ArrowLeft', 'ArrowRight'].includes(event.key)) return;
    event.preventDefault();
    const x = chart.data[0], right = event.key === 'ArrowRight', at = chart.cursor.idx ?? (right ? -1 : x.length);
    const next = Math.max(0, Math.min(x.length - 1, at + (right ? 1 : -1)));
    chart.setCursor({ left: chart.valToPos(x[next], 'x'), top: chart.valToPos(chart.data[4][next], 'y') });
  }

  return (box, { from, to, step, decimals, rows, gaps, height }) => {
    const column = i => rows.map(row => row[i]);
    const exact = { minimumFractionDigits: decimals, maximumFractionDigits: decimals };
    const hidden = { paths: () => null, points: { show: false } };
    const line = label => ({ ...hidden, label, scale: 'y', stroke: css('text'), value: (u, y) => y == null ? '–' : y.toLocaleString('en', exact) });
    const axis = { stroke: css('soft'), grid: { stroke: css('line'), width: 1 }, ticks: { stroke: css('line') } };
    const chart = new uPlot({
      width: Math.max(280, box.clientWidth), height,
      tzDate: ts => uPlot.tzDate(new Date(ts * 1e3), 'Etc/UTC'),
      scales: { x: { time: true, range: (u, min, max) => [min ?? from / 1000, max ?? to / 1000] }, y: {}, v: { range: (u, min, max) => [0, (max || 1) * 4] } },
      series: [{ label: 'UTC', value: (u, t) => t == null ? '–' : minute(t * 1000) }, line('open'), line('high'), line('low'), line('close'),
        { ...hidden, label: 'volume', scale: 'v', stroke: css('volume') }],
      axes: [{ ...axis, values: (u, ticks) => ticks.map(t => iso(t * 1000).slice(11, 16)) }, { ...axis, scale: 'y', size: 76, values: (u, ticks) => ticks.map(price(ticks, decimals)) }],
      hooks: { drawClear: [u => drawGaps(u, gaps)], draw: [u => drawCandles(u, step)] },
    }, [column(0).map(ms => ms / 1000), column(1), column(2), column(3), column(4), column(5)], box);
    chart.setScale('x', { min: from / 1000, max: to / 1000 });
    const keys = event => walk(event, chart);
    box.addEventListener('keydown', keys);
    return { destroy: () => { box.removeEventListener('keydown', keys); chart.destroy(); } };
  };
})();
