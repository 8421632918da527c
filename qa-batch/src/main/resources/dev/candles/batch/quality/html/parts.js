'use strict';
/*
 * Parts of pages about a lake: each is a function of an element and of data; none fetches anything.
 *
 * A stream is what Candles.streams makes of {id, step_ms, from_ms, to_ms, first_day_ms, days}: it has
 * also venue, symbol, timeframe and cells, a map from a day (epoch ms, UTC) to its counts. Counts are
 * [final, empty, missing, unrecoverable, unknown, findings, warnings]; in `days` without zeros at the
 * end, and a number there is so many days more like the one before.
 */
const Candles = (() => {
  const DAY = 86400000;
  /** Key of style and class, words, mark; in the order of counts. */
  const STATES = [
    ['final', 'with candle', ''], ['empty', 'proven empty', ''], ['missing', 'missing', '!'], ['unrecoverable', 'unrecoverable', '×'],
    ['unknown', 'unknown', '?'], ['findings', 'findings', 'F'], ['warnings', 'warnings', '·']];
  const NOTHING = [0, 0, 0, 0, 0, 0, 0];
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

  function stream(raw) {
    const [venue, symbol, timeframe] = raw.id.split('/');
    const cells = new Map();
    let day = raw.first_day_ms, last = NOTHING;
    for (const entry of raw.days) {
      const same = typeof entry === 'number';
      if (!same) last = NOTHING.map((zero, i) => entry[i] || zero);
      for (let i = 0; i < (same ? entry : 1); i++, day += DAY) cells.set(day, last);
    }
    return { ...raw, venue, symbol, timeframe, cells };
  }

  const order = (a, b) => (a > b) - (a < b);

  /** Streams by venue, symbol and timeframe. */
  const streams = raws => raws.map(stream).sort((a, b) => order(a.venue, b.venue) || order(a.symbol, b.symbol) || a.step_ms - b.step_ms);

  /** The days of some streams, ascending. */
  const days = some => [...new Set(some.flatMap(each => [...each.cells.keys()]))].sort((a, b) => a - b);

  /** Those of a venue, of a timeframe, and with a bad day; each only where it is asked for. */
  const filtered = (some, venue, timeframe, bad) => some.filter(s => (!venue || s.venue === venue) && (!timeframe || s.timeframe === timeframe)
    && (!bad || [...s.cells.values()].some(isBad)));

  /** What a select offers; what is chosen stays so. */
  function options(select, values, none) {
    const chosen = select.value;
    fill(select, ...(none ? [el('option', { value: '' }, none)] : []), ...values.map(v => el('option', { value: v }, v)));
    if (values.includes(chosen)) select.value = chosen;
  }

  const expected = counts => counts[0] + counts[1] + counts[2] + counts[3] + counts[4];
  const lacking = counts => counts[2] + counts[3] + counts[4];
  const isBad = counts => lacking(counts) + counts[5] > 0;
  const add = (a, b) => a.map((n, i) => n + b[i]);

  /** Rounded down, so that only all is 100 %. */
  function percent(part, all) {
    return all === 0 ? '100 %' : (Math.floor(part * 10000 / all) / 100).toFixed(2) + ' %';
  }

  function words(counts) {
    const said = STATES.map(([, word], i) => counts[i] ? `${count(counts[i])} ${counts[i] === 1 && i > 4 ? word.slice(0, -1) : word}` : '').filter(Boolean);
    return said.length ? said.join(', ') : 'nothing expected';
  }

  function duration(ms) {
    const minutes = Math.round(ms / 60000);
    return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, '0')} min`;
  }

  /** As long as something lasts, rounded down. */
  function span(ms) {
    const minutes = Math.floor(ms / 60000);
    return minutes < 2 ? `${Math.max(0, Math.floor(ms / 1000))} s` : minutes < 48 * 60 ? duration(minutes * 60000) : `${Math.floor(ms / DAY)} days`;
  }

  /** A size as ./candles status says it, rounded down; null is unknown. */
  function bytes(n) {
    if (n == null) return 'unknown';
    const [unit, name] = n < 1e7 ? [1e3, 'kB'] : n < 1e10 ? [1e6, 'MB'] : [1e9, 'GB'];
    return `${count(Math.floor(n / unit))} ${name}`;
  }

  /** The mark of the worst that counts tell. */
  function mark(counts) {
    const worst = [4, 3, 2, 5, 6].find(i => counts[i] > 0);
    return worst === undefined ? '' : STATES[worst][2];
  }

  /** A bar from bottom to top, a colour a state; what lacks has at least two thirds. */
  function paint(cell, counts) {
    const all = expected(counts);
    cell.classList.toggle('outside', all === 0);
    cell.classList.toggle('bad', isBad(counts));
    cell.classList.toggle('found', counts[5] > 0 && !lacking(counts));
    cell.classList.toggle('calm', !lacking(counts));
    cell.textContent = mark(counts);
    if (all === 0) return;
    const shares = counts.slice(0, 5).map((n, i) => n === 0 ? 0 : Math.max(i > 1 ? 2 : 0.05, n / all));
    const scale = shares.reduce((a, b) => a + b, 0);
    let at = 0;
    const stops = shares.map((share, i) => {
      const from = at; at += share / scale * 100;
      return share ? `var(--${STATES[i][0]}) ${from}% ${at}%` : '';
    }).filter(Boolean);
    cell.style.background = `linear-gradient(to top, ${stops.join(', ')})`;
  }

  /** What colours and marks mean. */
  function legend(box) {
    fill(box, ...STATES.map(([key, word, sign], i) => {
      const patch = el('i', { class: 'cell' + (key === 'findings' ? ' found' : '') }, sign);
      if (i < 5) patch.style.background = `var(--${key})`;
      return el('span', {}, patch, word + (key === 'missing' ? ', repair scheduled' : ''));
    }));
  }

  /** A table of texts and elements. */
  function table(box, header, rows) {
    if (!rows.length) { fill(box, el('tbody', {}, el('tr', {}, el('td', {}, 'none')))); return; }
    fill(box, el('thead', {}, el('tr', {}, ...header.map(text => el('th', { scope: 'col' }, text)))),
      el('tbody', {}, ...rows.map(row => el('tr', {}, ...row.map(cell => el('td', {}, cell))))));
  }

  return { DAY, STATES, NOTHING, iso, date, minute, count, plural, css, el, fill, streams, days, filtered, options, expected, lacking, isBad, add, percent, words, duration, span, bytes, paint, legend, table };
})();
