'use strict';
(() => {
  const data = JSON.parse(document.getElementById('data').textContent);
  const DAY = 86400000;
  const STATES = [
    ['final', 'with candle', 'FINAL'], ['empty', 'proven empty', 'VERIFIED_EMPTY'], ['missing', 'missing', 'MISSING'],
    ['unrecoverable', 'unrecoverable', 'UNRECOVERABLE'], ['unknown', 'unknown', 'UNKNOWN']];
  const $ = id => document.getElementById(id);
  const iso = ms => new Date(ms).toISOString();
  const date = ms => iso(ms).slice(0, 10);
  const minute = ms => iso(ms).slice(0, 16).replace('T', ' ');
  const count = n => n.toLocaleString('en');
  const plural = (n, word) => `${count(n)} ${word}${n === 1 ? '' : 's'}`;
  const css = name => getComputedStyle(document.documentElement).getPropertyValue('--' + name).trim();

  /** An element; text is always text, never markup. */
  function el(name, attributes = {}, ...children) {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) {
      if (key === 'class') made.className = value; else if (key.startsWith('on')) made.addEventListener(key.slice(2), value);
      else made.setAttribute(key, value);
    }
    made.append(...children);
    return made;
  }
  const fill = (parent, ...children) => parent.replaceChildren(...children);

  for (const stream of data.streams) {
    [stream.venue, stream.symbol, stream.timeframe] = stream.id.split('/');
    stream.byDay = new Map(stream.days.map(([day, ...counts]) => [day, counts]));
  }
  const order = (a, b) => (a > b) - (a < b);
  data.streams.sort((a, b) => order(a.venue, b.venue) || order(a.symbol, b.symbol) || a.step_ms - b.step_ms);
  const streams = new Map(data.streams.map(stream => [stream.id, stream]));
  const days = [...new Set(data.streams.flatMap(stream => stream.days.map(day => day[0])))].sort((a, b) => a - b);
  const sum = counts => counts.reduce((a, b) => a + b, 0);
  const lacking = counts => counts[2] + counts[3] + counts[4];

  function percent(part, all) {
    return all === 0 ? '100 %' : (Math.floor(part * 10000 / all) / 100).toFixed(2) + ' %';
  }
  function words(counts) {
    const said = STATES.map(([, word], i) => counts[i] ? count(counts[i]) + ' ' + word : '').filter(Boolean);
    return said.length ? said.join(', ') : 'nothing expected';
  }

  /** A bar from bottom to top, a colour a state; what lacks is never thinner than a fifth. */
  function paint(cell, counts) {
    const all = sum(counts);
    if (all === 0) { cell.classList.add('outside'); return; }
    const shares = counts.map((n, i) => n === 0 ? 0 : Math.max(i > 1 ? 0.2 : 0.05, n / all));
    const scale = sum(shares);
    let at = 0;
    const stops = shares.map((share, i) => {
      const from = at; at += share / scale * 100;
      return share ? `var(--${STATES[i][0]}) ${from}% ${at}%` : '';
    }).filter(Boolean);
    cell.style.background = `linear-gradient(to top, ${stops.join(', ')})`;
    cell.textContent = counts[4] ? '?' : counts[3] ? '×' : counts[2] ? '!' : '';
  }

  function head() {
    const failed = sum(data.checks.map(check => check.findings)), warned = sum(data.checks.map(check => check.warnings));
    const badge = $('verdict');
    badge.textContent = failed ? plural(failed, 'finding') : warned ? `passed, ${plural(warned, 'warning')}` : 'all checks passed';
    badge.classList.add(failed ? 'fail' : warned ? 'warn' : 'pass');
    const range = days.length ? `${date(days[0])} to ${date(days[days.length - 1])}` : 'no day';
    $('about').textContent = `${data.lake} · ${range} (UTC) · made ${minute(data.generated_at_ms)} · ${data.age}`;
    const totals = [0, 0, 0, 0, 0];
    data.streams.forEach(s => s.days.forEach(([, ...counts]) => counts.forEach((n, i) => { totals[i] += n; })));
    const all = sum(totals);
    const tile = (name, value, note, colour) => {
      const box = el('div', {}, el('dt', {}, name), el('dd', {}, value, ' ', el('small', {}, note)));
      if (colour) box.style.borderColor = `var(--${colour})`;
      return box;
    };
    fill($('totals'), tile('streams', count(data.streams.length), `${count(days.length)} days`), tile('intervals expected', count(all), ''),
      ...STATES.map(([key, word], i) => tile(word, count(totals[i]), percent(totals[i], all), key)));
    fill($('legend'), ...STATES.map(([key, word]) => {
      const patch = el('i'); patch.style.background = `var(--${key})`;
      return el('span', {}, patch, word + ({ missing: ', repair scheduled (!)', unrecoverable: ' (×)', unknown: ' (?)' }[key] || ''));
    }));
    fill($('checks'), ...data.checks.map(check => el('li', {}, el('span', { class: 'mark ' + check.verdict }, check.verdict),
      el('span', {}, `${check.number}. ${check.title}`), el('span', {}, check.text))));
  }

  let shown = { stream: null, day: null };

  function calendar() {
    const venue = $('f-venue').value, timeframe = $('f-timeframe').value, only = $('f-lacking').checked;
    const rows = data.streams.filter(s => (!venue || s.venue === venue) && (!timeframe || s.timeframe === timeframe)
      && (!only || s.days.some(([, ...counts]) => lacking(counts))));
    const months = new Map();
    days.forEach(day => months.set(date(day).slice(0, 7), (months.get(date(day).slice(0, 7)) || 0) + 1));
    const header = [
      el('tr', {}, el('td', {}), ...[...months].map(([month, n]) => el('th', { colspan: n, title: month }, n > 2 ? month : month.slice(5) + '-'))),
      el('tr', {}, el('td', {}), ...days.map(day => el('th', { scope: 'col', title: date(day) }, date(day).slice(8))))];
    const body = rows.map(stream => el('tr', {}, el('th', { scope: 'row' }, stream.id), ...days.map(day => {
      const counts = stream.byDay.get(day) || [0, 0, 0, 0, 0];
      const label = `${stream.id} ${date(day)}: ${words(counts)}`;
      const cell = el('button', { type: 'button', class: 'cell', tabindex: '-1', title: label, 'aria-label': label,
        'data-stream': stream.id, 'data-day-ms': day, 'aria-pressed': stream.id === shown.stream && day === shown.day,
        onclick: () => open(stream.id, day, true) });
      paint(cell, counts);
      return el('td', { role: 'gridcell' }, cell);
    })));
    fill($('calendar'), el('thead', {}, ...header), el('tbody', {}, ...body));
    const first = $('calendar').querySelector('[aria-pressed=true]') || $('calendar').querySelector('.cell');
    if (first) first.tabIndex = 0;
  }

  function move(event) {
    const cell = event.target.closest('.cell');
    if (!cell) return;
    const row = cell.closest('tr'), cells = [...row.querySelectorAll('.cell')], at = cells.indexOf(cell);
    const across = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: cells.length - 1 }[event.key];
    const other = { ArrowDown: row.nextElementSibling, ArrowUp: row.previousElementSibling }[event.key];
    const next = across !== undefined ? cells[across] : other ? other.querySelectorAll('.cell')[at] : null;
    if (across === undefined && !['ArrowDown', 'ArrowUp'].includes(event.key)) return;
    event.preventDefault();
    if (next) { cell.tabIndex = -1; next.tabIndex = 0; next.focus(); }
  }

  function choosers() {
    const options = (select, values, all) => fill(select, ...(all ? [el('option', { value: '' }, all)] : []), ...values.map(v => el('option', { value: v[0] }, v[1])));
    const distinct = key => [...new Set(data.streams.map(s => s[key]))].map(v => [v, v]);
    options($('f-venue'), distinct('venue'), 'all');
    options($('f-timeframe'), distinct('timeframe'), 'all');
    options($('d-stream'), data.streams.map(s => [s.id, s.id]));
    options($('d-day'), days.map(day => [day, date(day)]));
    ['f-venue', 'f-timeframe', 'f-lacking'].forEach(id => $(id).addEventListener('change', calendar));
    $('d-stream').addEventListener('change', () => open($('d-stream').value, shown.day));
    $('d-day').addEventListener('change', () => open(shown.stream, Number($('d-day').value)));
    const step = by => { const next = days[days.indexOf(shown.day) + by]; if (next !== undefined) open(shown.stream, next); };
    $('d-earlier').addEventListener('click', () => step(-1));
    $('d-later').addEventListener('click', () => step(1));
    document.querySelectorAll('form').forEach(form => form.addEventListener('submit', event => event.preventDefault()));
    $('calendar').addEventListener('keydown', move);
  }

  /** Pieces without a candle that reach into [from, to), cut to it. */
  function piecesIn(stream, from, to) {
    return stream.pieces.filter(p => p[0] < to && p[1] > from).map(p => [Math.max(p[0], from), Math.min(p[1], to), ...p.slice(2)]);
  }

  function hours(stream, day) {
    const step = Math.max(3600000, stream.step_ms);
    const cells = [];
    for (let from = day; from < day + DAY; from += step) {
      const begin = Math.max(from, stream.from_ms), end = Math.min(from + step, stream.to_ms);
      const counts = [Math.max(0, (end - begin) / stream.step_ms), 0, 0, 0, 0];
      if (end > begin) {
        for (const [a, b, state] of piecesIn(stream, begin, end)) {
          const i = STATES.findIndex(s => s[2] === state), n = (b - a) / stream.step_ms;
          counts[i] += n; counts[0] -= n;
        }
      }
      const label = `${iso(from).slice(11, 16)}: ${words(counts)}`;
      const cell = el('span', { class: 'cell', title: label, role: 'img', 'aria-label': label });
      paint(cell, counts);
      cells.push(el('li', {}, cell, iso(from).slice(11, 13)));
    }
    fill($('hours'), ...cells);
  }

  function duration(ms) {
    const minutes = Math.round(ms / 60000);
    return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, '0')} min`;
  }

  function pieces(stream, day) {
    const found = piecesIn(stream, day, day + DAY);
    const cut = stream.pieces_left_out && (!stream.pieces.length || day < stream.pieces[0][0])
      ? [el('caption', {}, 'Older pieces of this stream are not in the page; ./candles gaps lists all.')] : [];
    if (!found.length) { fill($('pieces'), ...cut, el('tbody', {}, el('tr', {}, el('td', {}, 'none')))); return; }
    const row = (name, cells) => el('tr', {}, ...cells.map(text => el(name, {}, text)));
    fill($('pieces'), ...cut, el('thead', {}, row('th', ['from (UTC)', 'to', 'length', 'state', 'reason', 'evidence'])),
      el('tbody', {}, ...found.map(([a, b, state, reason, evidence]) =>
        row('td', [minute(a), minute(b).slice(11), duration(b - a), state, reason === 'NONE' ? '' : reason, evidence]))));
  }

  async function unpack(id, day) {
    const pack = document.querySelector(`script[data-day="${CSS.escape(id)}@${day}"]`) || [...document.querySelectorAll('script[data-day]')].find(s => s.dataset.day === `${id}@${day}`);
    if (!pack) return null;
    const bytes = Uint8Array.from(atob(pack.textContent), c => c.charCodeAt(0));
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
    const text = await new Response(stream).text();
    return text.split('\n').filter(Boolean).map(line => line.split(' ').map(Number));
  }

  let chart = null;

  /** Prices with as many decimals as tell neighbouring ticks apart. */
  function price(ticks) {
    const step = ticks.length > 1 ? Math.abs(ticks[1] - ticks[0]) : 1;
    const digits = Math.min(12, Math.max(0, Math.ceil(-Math.log10(step))));
    return tick => tick.toLocaleString('en', { minimumFractionDigits: digits, maximumFractionDigits: digits });
  }

  function drawGaps(u, gaps) {
    const { ctx, bbox } = u;
    ctx.save();
    for (const [a, b, state] of gaps) {
      const left = Math.max(bbox.left, u.valToPos(a / 1000, 'x', true)), right = Math.min(bbox.left + bbox.width, u.valToPos(b / 1000, 'x', true));
      if (right <= left) continue;
      ctx.fillStyle = css(state === 'VERIFIED_EMPTY' ? 'silent' : 'gap');
      ctx.fillRect(left, bbox.top, Math.max(1, right - left), bbox.height);
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

  async function candles(stream, day) {
    const box = $('chart'), note = $('chart-note');
    const rows = await unpack(stream.id, day);
    if (shown.stream !== stream.id || shown.day !== day) return; // another day was chosen meanwhile
    if (chart) { chart.destroy(); chart = null; }
    box.dataset.candles = rows ? rows.length : 0;
    if (!rows || !rows.length) {
      const counts = stream.byDay.get(day);
      note.textContent = counts && counts[0] ? 'The page carries no candles of this day, it would be too large; make one of fewer days.' : 'No candle on this day.';
      return;
    }
    const x = rows.map(r => (day + r[0] * stream.step_ms) / 1000);
    const column = i => rows.map(r => r[i]);
    const gaps = piecesIn(stream, day, day + DAY);
    const line = label => ({ label, scale: 'y', paths: () => null, points: { show: false }, stroke: css('text') });
    const axis = { stroke: css('soft'), grid: { stroke: css('line'), width: 1 }, ticks: { stroke: css('line') } };
    chart = new uPlot({
      width: Math.max(280, box.clientWidth), height: window.innerWidth < 640 ? 260 : 360,
      tzDate: ts => uPlot.tzDate(new Date(ts * 1e3), 'Etc/UTC'),
      scales: { x: { time: true, range: (u, min, max) => [min ?? day / 1000, max ?? (day + DAY) / 1000] }, y: {}, v: { range: (u, min, max) => [0, (max || 1) * 4] } },
      series: [{ label: 'UTC', value: (u, t) => t == null ? '–' : minute(t * 1000) }, line('open'), line('high'), line('low'), line('close'),
        { label: 'volume', scale: 'v', paths: () => null, points: { show: false }, stroke: css('volume') }],
      axes: [{ ...axis, values: (u, ticks) => ticks.map(t => iso(t * 1000).slice(11, 16)) }, { ...axis, scale: 'y', size: 76, values: (u, ticks) => ticks.map(price(ticks)) }],
      hooks: { drawClear: [u => drawGaps(u, gaps)], draw: [u => drawCandles(u, stream.step_ms)] },
    }, [x, column(1), column(2), column(3), column(4), column(5)], box);
    chart.setScale('x', { min: day / 1000, max: (day + DAY) / 1000 });
    const revised = rows.filter(r => r[6] > 0).length;
    note.textContent = `${plural(rows.length, 'candle')}${revised ? `, ${count(revised)} of them revised` : ''}. Shaded: no candle; drag to zoom, double-click for the whole day.`;
  }

  function pointer(event) {
    if (!chart || !['ArrowLeft', 'ArrowRight'].includes(event.key)) return;
    event.preventDefault();
    const x = chart.data[0], at = chart.cursor.idx ?? (event.key === 'ArrowRight' ? -1 : x.length);
    const next = Math.max(0, Math.min(x.length - 1, at + (event.key === 'ArrowRight' ? 1 : -1)));
    chart.setCursor({ left: chart.valToPos(x[next], 'x'), top: chart.valToPos(chart.data[4][next], 'y') });
  }

  function open(id, day, jump) {
    const stream = streams.get(id);
    if (!stream) return;
    shown = { stream: id, day };
    document.querySelectorAll('#calendar [aria-pressed=true]').forEach(cell => cell.setAttribute('aria-pressed', 'false'));
    const cell = [...document.querySelectorAll('#calendar .cell')].find(c => c.dataset.stream === id && Number(c.dataset.dayMs) === day);
    if (cell) cell.setAttribute('aria-pressed', 'true');
    const counts = stream.byDay.get(day) || [0, 0, 0, 0, 0];
    $('h-day').textContent = `${id} on ${date(day)}`;
    $('d-stream').value = id; $('d-day').value = day;
    $('day-counts').textContent = words(counts) + (sum(counts) ? ` of ${count(sum(counts))} intervals` : '');
    hours(stream, day);
    pieces(stream, day);
    candles(stream, day);
    history.replaceState(null, '', `#${id}@${date(day)}`);
    if (jump) { $('h-day').focus({ preventScroll: true }); $('day').scrollIntoView({ block: 'start' }); }
  }

  function findings() {
    const wanted = $('f-finding').value.toLowerCase();
    const found = data.findings.filter(f => !wanted || JSON.stringify(f).toLowerCase().includes(wanted));
    $('findings-count').textContent = `${count(found.length)} of ${count(data.findings_total)}`;
    if (!data.findings.length) { fill($('findings'), el('tbody', {}, el('tr', {}, el('td', {}, 'none')))); return; }
    const target = f => streams.has(f.stream) && f.open_time_ms !== undefined
      ? el('button', { type: 'button', onclick: () => open(f.stream, Math.floor(f.open_time_ms / DAY) * DAY, true) }, f.stream) : f.stream;
    fill($('findings'), el('thead', {}, el('tr', {}, ...['check', 'kind', 'stream', 'open time (UTC)', 'value', 'file'].map(t => el('th', { scope: 'col' }, t)))),
      el('tbody', {}, ...found.slice(0, 500).map(f => el('tr', {}, el('td', {}, String(f.check)), el('td', { class: f.warning ? 'WARN' : 'FAIL' }, f.kind),
        el('td', {}, target(f)), el('td', {}, f.open_time_ms === undefined ? '' : minute(f.open_time_ms)), el('td', {}, f.value), el('td', {}, f.file)))));
    if (found.length > 500) $('findings-count').textContent += ', the first 500 shown';
  }

  /** What the address asks for, else the day that lacks most, else the newest. */
  function start() {
    const [id, text] = decodeURIComponent(location.hash.slice(1)).split('@');
    const asked = Date.parse(text + 'T00:00:00Z');
    if (streams.has(id) && days.includes(asked)) return [id, asked];
    let worst = null;
    for (const stream of data.streams) for (const [day, ...counts] of stream.days) {
      const share = (lacking(counts) * 4 + counts[1]) / Math.max(1, sum(counts));
      if (share > 0 && (!worst || share > worst[2])) worst = [stream.id, day, share];
    }
    return worst || (data.streams.length ? [data.streams[0].id, days[days.length - 1]] : null);
  }

  head();
  choosers();
  const first = start();
  if (first) shown = { stream: first[0], day: first[1] };
  calendar();
  findings();
  $('f-finding').addEventListener('input', findings);
  $('chart').addEventListener('keydown', pointer);
  if (first) open(first[0], first[1]);
  let resizing = 0;
  window.addEventListener('resize', () => { clearTimeout(resizing); resizing = setTimeout(() => shown.stream && candles(streams.get(shown.stream), shown.day), 150); });
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => shown.stream && candles(streams.get(shown.stream), shown.day));
})();
