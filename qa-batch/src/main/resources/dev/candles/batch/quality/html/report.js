(() => {
  const { DAY, STATES, NOTHING, date, minute, iso, count, plural, el, fill, expected, lacking, isBad, add, percent, words, duration, paint, table, options } = Candles;
  const $ = id => document.getElementById(id);
  const data = JSON.parse($('data').textContent);
  const all = Candles.streams(data.streams);
  const streams = new Map(all.map(stream => [stream.id, stream]));
  const days = Candles.days(all);
  const newest = days[days.length - 1];
  const packs = new Map([...document.querySelectorAll('script[data-day]')].map(script => [script.dataset.day, script]));
  let shown = { stream: null, day: null };

  function head() {
    const sum = key => data.checks.reduce((n, check) => n + check[key], 0);
    const failed = sum('findings'), warned = sum('warnings');
    const verdict = failed ? plural(failed, 'finding') : warned ? `passed, ${plural(warned, 'warning')}` : 'all checks passed';
    $('verdict').textContent = verdict;
    $('verdict').classList.add(failed ? 'fail' : warned ? 'warn' : 'pass');
    const range = days.length ? `${date(days[0])} to ${date(newest)}` : 'no day';
    document.title = `${verdict}: candle lake ${data.lake}, ${range}`;
    $('about').textContent = `Lake ${data.lake} · ${range} (UTC) · made ${minute(data.generated_at_ms)}`;
    $('age').textContent = data.age;
    const totals = all.reduce((sum, stream) => [...stream.cells.values()].reduce(add, sum), NOTHING);
    const tile = (name, value, note, colour) => {
      const box = el('div', {}, el('dt', {}, name), el('dd', {}, value, ' ', el('small', {}, note)));
      if (colour) box.style.borderColor = `var(--${colour})`;
      return box;
    };
    const share = n => percent(n, expected(totals));
    fill($('totals'), tile('candle or proof', share(totals[0] + totals[1]), `of ${plural(expected(totals), 'interval')}`), tile('accounted for', share(expected(totals) - totals[4]), 'these, or with a reason'),
      ...STATES.slice(0, 5).map(([key, word], i) => tile(word, count(totals[i]), share(totals[i]), key)),
      tile('streams', count(all.length), plural(days.length, 'day')));
    Candles.legend($('legend'));
    fill($('checks'), ...data.checks.map(check => el('li', {}, el('span', { class: 'mark ' + check.verdict }, check.verdict),
      el('span', {}, `${check.number}. ${check.title}`), el('span', {}, check.text))));
  }

  /** The worst days of venues, as the report ranked them. */
  function first() {
    const line = day => {
      const lacks = ['missing', 'unrecoverable', 'unknown'].filter(key => day[key]).map(key => `${count(day[key])} min ${key}`);
      const found = ['findings', 'warnings'].filter(key => day[key]).map(key => plural(day[key], key.slice(0, -1)));
      const some = day.symbols.slice(0, 5).join(', ') + (day.symbols.length > 5 ? ` and ${day.symbols.length - 5} more` : '');
      return el('li', { class: day.findings ? 'FAIL' : '' }, el('button', { type: 'button', onclick: () => open(day.stream, day.day_ms, true) }, `${date(day.day_ms)} ${day.venue}`),
        el('span', {}, [...lacks, ...found].join(', ') || 'larger intervals only'), el('small', {}, some));
    };
    fill($('first'), ...data.troubled.map(line));
    const more = data.troubled_total - data.troubled.length;
    $('first-more').textContent = [data.troubled_total === 0 ? 'No day lacks anything and no check found anything about a day.'
      : more > 0 ? `${plural(more, 'more day')} of venues in the calendar.` : 'No other day of a venue lacks anything.',
    data.warned_total ? `${plural(data.warned_total, 'day')} of venues with warnings only: see the findings.` : ''].join(' ');
  }

  /** The streams that the filters leave. */
  function chosen() {
    return Candles.filtered(all, $('f-venue').value, $('f-timeframe').value, $('f-bad').checked);
  }

  /** Per day the minutes of the finest of some streams: [expected, lacking, repaired]. */
  function minutes(some) {
    const step = Math.min(...some.map(stream => stream.step_ms)), sums = new Map(days.map(day => [day, [0, 0, 0]]));
    for (const stream of some.filter(each => each.step_ms === step)) {
      for (const [day, counts] of stream.cells) {
        sums.get(day)[0] += expected(counts) * step / 60000;
        sums.get(day)[1] += lacking(counts) * step / 60000;
      }
      for (const [i, n] of stream.repaired) sums.get(stream.first_day_ms + i * DAY)[2] += n;
    }
    return days.map(day => sums.get(day));
  }

  function trend(some) {
    const sums = minutes(some), share = ([expect, lack]) => percent(expect - lack, expect);
    const most = i => Math.max(0, ...sums.map(sum => sum[i]));
    const lowest = sums.reduce((low, sum) => sum[0] && sum[1] / sum[0] > low[1] / Math.max(1, low[0]) ? sum : low, [1, 0]);
    const told = i => `${date(days[i])}: coverage ${share(sums[i])}, ${count(sums[i][1])} min lacking, ${count(sums[i][2])} min repaired`;
    const worst = i => sums[i][1] || sums[i][2] ? [date(days[i]), share(sums[i]), count(sums[i][1]), count(sums[i][2])] : null;
    Candles.trend($('trend'), {
      days, label: 'Coverage, lacking and repaired minutes by day', tell: told, onOpen: day => open(worstOf(some, day), day, true),
      rows: [{ name: 'coverage', values: sums.map(([expect, lack]) => expect ? lack / expect : 0), most: `lowest ${share(lowest)}`, colour: 'unrecoverable', hang: true },
        { name: 'lacking', values: sums.map(sum => sum[1]), most: `most ${count(most(1))} min`, colour: 'missing' },
        { name: 'repaired', values: sums.map(sum => sum[2]), most: `most ${count(most(2))} min`, colour: 'repaired' }],
    });
    const rows = days.map((day, i) => worst(i)).filter(Boolean).reverse();
    $('trend-table').querySelector('summary').textContent = `The same as a table: ${plural(rows.length, 'day')} with lacking or repaired minutes`;
    table($('trend-table').querySelector('table'), ['day (UTC)', 'coverage', 'lacking min', 'repaired min'], rows);
  }

  function worstOf(some, day) {
    const bad = stream => lacking(stream.cells.get(day) || NOTHING) * stream.step_ms + (stream.cells.get(day) || NOTHING)[5];
    return some.reduce((worst, stream) => bad(stream) > bad(worst) ? stream : worst, some[0]).id;
  }

  const grid = Candles.calendar($('calendar'), (id, day) => open(id, day, true));
  const month = Candles.calendar($('month'), (id, day) => open(id, day));

  function overview() {
    const some = chosen(), box = $('calendar').parentElement;
    $('trend-table').hidden = !some.length;
    if (some.length) trend(some); else fill($('trend'), el('p', { class: 'hint' }, 'The filters leave no stream.'));
    const unit = grid.show({ streams: some, days, unit: $('f-unit').value, width: box.clientWidth });
    $('grid-hint').textContent = `A cell is a ${unit}${unit === 'day' ? '' : ' and opens its worst day'}. Arrow keys move, Enter opens. The number beside a name counts its days with something wrong.`;
  }

  function choosers() {
    const distinct = key => [...new Set(all.map(stream => stream[key]))];
    options($('f-venue'), distinct('venue'), 'all');
    options($('f-timeframe'), distinct('timeframe'), 'all');
    options($('d-stream'), [...streams.keys()]);
    options($('d-day'), days.map(date));
    ['f-venue', 'f-timeframe', 'f-unit', 'f-bad'].forEach(id => $(id).addEventListener('change', overview));
    $('d-stream').addEventListener('change', () => open($('d-stream').value, shown.day));
    $('d-day').addEventListener('change', () => open(shown.stream, Date.parse($('d-day').value)));
    const step = (by, wanted) => {
      let i = days.indexOf(shown.day) + by;
      while (days[i] !== undefined && !wanted(streams.get(shown.stream).cells.get(days[i]) || NOTHING)) i += by;
      if (days[i] !== undefined) open(shown.stream, days[i]);
    };
    $('d-earlier').addEventListener('click', () => step(-1, () => true));
    $('d-later').addEventListener('click', () => step(1, () => true));
    $('d-bad-earlier').addEventListener('click', () => step(-1, isBad));
    $('d-bad-later').addEventListener('click', () => step(1, isBad));
    document.querySelectorAll('form').forEach(form => form.addEventListener('submit', event => event.preventDefault()));
  }

  /** What lacks in [from, to), cut to it: [from, to, state, reason]. */
  function lackingIn(stream, from, to) {
    return stream.lacking.map(([slot, n, why]) => [stream.from_ms + slot * stream.step_ms, stream.from_ms + (slot + n) * stream.step_ms, ...data.reasons[why].split(' ')])
      .filter(p => p[0] < to && p[1] > from).map(p => [Math.max(p[0], from), Math.min(p[1], to), p[2], p[3]]);
  }

  /** The same of what is proven empty; of a day that the page does not carry none is known. */
  function emptyIn(stream, day, pack, from, to) {
    return (pack ? pack.empty : []).map(([slot, n, why]) => [day + slot * stream.step_ms, day + (slot + n) * stream.step_ms, 'VERIFIED_EMPTY', why])
      .filter(p => p[0] < to && p[1] > from).map(p => [Math.max(p[0], from), Math.min(p[1], to), p[2], p[3]]);
  }

  function hours(stream, day, pack) {
    const step = Math.max(3600000, stream.step_ms), keys = ['FINAL', 'VERIFIED_EMPTY', 'MISSING', 'UNRECOVERABLE', 'UNKNOWN'];
    const cells = [];
    for (let from = day; from < day + DAY; from += step) {
      const begin = Math.max(from, stream.from_ms), end = Math.min(from + step, stream.to_ms), counts = [...NOTHING];
      if (end > begin) {
        counts[0] = (end - begin) / stream.step_ms;
        for (const [a, b, state] of [...lackingIn(stream, begin, end), ...emptyIn(stream, day, pack, begin, end)]) {
          counts[keys.indexOf(state)] += (b - a) / stream.step_ms; counts[0] -= (b - a) / stream.step_ms;
        }
      }
      const said = pack || !counts[0] ? words(counts) : words(counts).replace('with candle', 'with candle or proven empty');
      const cell = el('span', { class: 'cell', role: 'img', title: `${iso(from).slice(11, 16)}: ${said}`, 'aria-label': `${iso(from).slice(11, 16)}: ${said}` });
      paint(cell, counts);
      cells.push(el('li', {}, cell, iso(from).slice(11, 13)));
    }
    fill($('hours'), ...cells);
  }

  function pieces(stream, day, pack) {
    const line = ([from, to, state, why]) => [minute(from), minute(to).slice(11), duration(to - from), state, why === 'NONE' ? '' : why];
    table($('lacking'), ['from (UTC)', 'to', 'length', 'state', 'reason'], lackingIn(stream, day, day + DAY).map(line));
    if (day < data.lacking_from_ms) $('lacking').prepend(el('caption', {}, 'The page does not list what lacks on days as old as this; ./candles gaps does.'));
    const empty = emptyIn(stream, day, pack, day, day + DAY), n = (stream.cells.get(day) || NOTHING)[1];
    $('empty-box').hidden = n === 0;
    $('empty-summary').textContent = `${plural(n, 'interval')} proven empty${pack ? `, in ${plural(empty.length, 'piece')}` : '; the page does not list them'}`;
    table($('empty'), ['from (UTC)', 'to', 'length', 'state', 'evidence'], empty.map(line));
  }

  let chart = null, drawn = null;

  /** Draws what was last shown anew: another width, other colours. */
  function redraw() {
    if (!drawn) return;
    if (chart) chart.destroy();
    chart = Candles.chart($('chart'), { ...drawn, height: window.innerWidth < 640 ? 260 : 360 });
  }

  function candles(stream, day, pack) {
    const box = $('chart'), note = $('chart-note');
    if (chart) { chart.destroy(); chart = null; }
    drawn = null;
    box.dataset.candles = pack ? pack.rows.length : 0;
    if (!pack || !pack.rows.length) {
      const counts = stream.cells.get(day) || NOTHING;
      note.textContent = counts[0] ? 'The page carries no candles of this day, it would be too large; a query of the lake shows them.' : 'No candle on this day.';
      return;
    }
    const shade = (pieces, kind) => pieces.map(([from, to]) => [from, to, kind]);
    drawn = { from: day, to: day + DAY, step: stream.step_ms, decimals: pack.decimals, rows: pack.rows.map(([slot, ...rest]) => [day + slot * stream.step_ms, ...rest]),
      gaps: [...shade(emptyIn(stream, day, pack, day, day + DAY), 'empty'), ...shade(lackingIn(stream, day, day + DAY), 'lacking')] };
    redraw();
    const revised = pack.rows.filter(row => row[6]).length;
    note.textContent = `${plural(pack.rows.length, 'candle')}${revised ? `, ${count(revised)} of them revised` : ''}. Blue: proven empty; with a bar on top: no candle and no proof. Drag to zoom, double-click for the whole day.`;
  }

  async function open(id, day, jump) {
    const stream = streams.get(id);
    if (!stream) return;
    shown = { stream: id, day };
    grid.select(id, day);
    const its = days.filter(each => date(each).slice(0, 7) === date(day).slice(0, 7));
    month.select(id, day);
    month.show({ streams: [stream], days: its, unit: 'day', width: $('month').parentElement.clientWidth, at: 'selected' });
    const counts = stream.cells.get(day) || NOTHING;
    $('h-day').textContent = `${id} on ${date(day)}`;
    $('d-stream').value = id; $('d-day').value = date(day);
    const found = counts[5] + counts[6] ? '; ' + words([0, 0, 0, 0, 0, counts[5], counts[6]]) : '';
    $('day-counts').textContent = words([...counts.slice(0, 5), 0, 0]) + (expected(counts) ? ` of ${plural(expected(counts), 'interval')}` : '') + found;
    history.replaceState(null, '', `#${id}@${date(day)}`);
    if (jump) { $('h-day').focus({ preventScroll: true }); $('day').scrollIntoView({ block: 'start' }); }
    const script = packs.get(`${id}@${day}`), pack = script ? await Candles.unpack(script.textContent) : null;
    if (shown.stream !== id || shown.day !== day) return; // another day was chosen meanwhile
    hours(stream, day, pack);
    pieces(stream, day, pack);
    candles(stream, day, pack);
  }

  function findings() {
    const wanted = $('f-finding').value.toLowerCase();
    const found = data.findings.filter(f => !wanted || JSON.stringify(f).toLowerCase().includes(wanted));
    const listed = data.findings.length < data.findings_total ? `; the page lists ${count(data.findings.length)}, the JSON report the first of each kind and day` : '';
    $('findings-count').textContent = `${count(found.length)} of ${count(data.findings_total)}${listed}`;
    const target = f => streams.has(f.stream) && f.open_time_ms !== undefined
      ? el('button', { type: 'button', onclick: () => open(f.stream, Math.floor(f.open_time_ms / DAY) * DAY, true) }, f.stream) : f.stream;
    table($('findings'), ['check', 'kind', 'stream', 'open time (UTC)', 'value and file'], found.slice(0, 500).map(f => [String(f.check),
      el('span', { class: f.warning ? 'WARN' : 'FAIL' }, (f.warning ? 'warning ' : '') + f.kind), target(f), f.open_time_ms === undefined ? '' : minute(f.open_time_ms), el('span', {}, f.value, el('small', {}, f.file))]));
    if (found.length > 500) $('findings-count').textContent += ', the first 500 shown';
  }

  /** What the address asks for, else the worst day, else the newest. */
  function start() {
    const [id, text] = decodeURIComponent(location.hash.slice(1)).split('@');
    const asked = Date.parse(text + 'T00:00:00Z');
    if (streams.has(id) && days.includes(asked)) return [id, asked];
    const worst = data.troubled[0];
    return worst ? [worst.stream, worst.day_ms] : all.length ? [all[0].id, newest] : null;
  }

  head();
  first();
  choosers();
  overview();
  findings();
  $('f-finding').addEventListener('input', findings);
  const begin = start();
  if (begin) open(begin[0], begin[1]);
  let resizing = 0;
  window.addEventListener('resize', () => { clearTimeout(resizing); resizing = setTimeout(() => { overview(); redraw(); }, 150); });
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', redraw);
  const print = printing => () => { document.documentElement.toggleAttribute('data-print', printing); redraw(); };
  window.addEventListener('beforeprint', print(true));
  window.addEventListener('afterprint', print(false));
})();
