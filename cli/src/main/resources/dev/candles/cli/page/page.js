'use strict';
(() => {
  const { DAY, iso, date, count, plural, el, fill, options, duration, span, bytes } = Candles;
  const $ = id => document.getElementById(id);
  const POLL = 5000, COVERAGE = 30000, GAPS_SHOWN = 50, NEWEST = 240;
  const LEVELS = { ACT: 'TO DO', MENDED: 'IN REPAIR', NOTE: 'NOTE' };
  let page = null, streams = [], view = { id: null, from: null }, paused = false;
  let answeredAt = 0, waits = false, coverageAt = 0, coverageLook = 0, drawnRange = '', chart = null;

  /* Words: times are market time (UTC); how long ago is counted from the time of the look, and by the real clock where
     something of this machine is meant, which is said where the two differ. */
  const clock = ms => iso(ms).slice(11, 19);
  const at = ms => Math.abs(page.status.now_ms - ms) < 20 * 3600000 ? clock(ms) : iso(ms).slice(0, 16).replace('T', ' ');
  const ago = ms => ms == null ? 'never' : `${span(page.status.now_ms - ms)} ago`;
  const real = () => page.status.clock.simulated ? ' (real time)' : '';
  const realAgo = ms => ms == null ? 'never' : `${span(page.looked_ms - ms)} ago${real()}`;
  const since = (ms, until) => ms == null ? 'unknown' : `${at(ms)} UTC, for ${span(until - ms)}`;
  const isOver = c => c.over_ms != null && c.over_ms <= page.status.now_ms;
  const over = c => c.over_ms == null ? c.over : isOver(c) ? `since ${at(c.over_ms)} UTC, ${span(page.status.now_ms - c.over_ms)} ago: ${c.over}` : `about ${next(c.over_ms)}, ${c.over}`;
  const next = ms => ms == null ? '' : ms <= page.status.now_ms ? 'now' : `${at(ms)} UTC, in ${span(ms - page.status.now_ms)}`;
  const why = reason => page.words[reason] || reason;
  const number = n => n == null ? '–' : count(n);

  /** A table whose cells know their column, for narrow screens. */
  function table(box, columns, rows, none) {
    if (!rows.length) { fill(box, el('tbody', {}, el('tr', {}, el('td', {}, none)))); return; }
    fill(box, el('thead', {}, el('tr', {}, ...columns.map(([name, kind]) => el('th', { scope: 'col', class: kind || '' }, name)))),
      el('tbody', {}, ...rows.map(row => el('tr', {}, ...row.map((cell, i) =>
        el('td', { 'data-label': columns[i][0], class: `${columns[i][1] || ''} ${cell === '–' ? 'none' : ''}` }, cell))))));
  }

  function head() {
    const { status } = page;
    const blind = { level: 'ACT', what: `the lake cannot be looked at: ${page.look_failed}`, since: `${clock(page.looked_ms)} UTC`,
      doing: 'it is looked at again; what is below is older', over: 'with the next look that succeeds', lost: 'not known' };
    const concerns = page.look_failed ? [blind, ...status.concerns] : status.concerns;
    const { level, words } = status.verdict, badge = $('verdict');
    badge.textContent = words;
    badge.className = 'badge ' + level;
    document.title = `${level === 'WELL' ? '' : '⚠ '}${words}: candle collector`;
    const runs = status.job ? `${status.job.state}, started ${realAgo(status.job.since_ms)}` : status.unanswered.length ? 'does not answer' : 'not running';
    $('about').textContent = `Collector: ${runs} · lake ${status.lake} · it is ${iso(status.now_ms).slice(0, 19).replace('T', ' ')} UTC${status.clock.simulated ? ` by a simulated clock, ${status.clock.speed}×` : ''}`;
    $('calm').textContent = concerns.length === 0 ? 'Nothing is wrong, nothing is missing, no data is lost.'
      : level === 'WELL' ? 'Nothing to do. To know:' : '';
    fill($('concerns'), ...concerns.map(c => el('li', { class: c.level },
      el('span', { class: 'level' }, LEVELS[c.level]), el('strong', {}, c.what),
      el('dl', {}, ...[
        ['Since', c.since || since(c.since_ms, isOver(c) ? c.over_ms : status.now_ms)],
        ['Being done', c.doing + (c.next_ms == null ? '' : `; next try ${next(c.next_ms)}`)],
        ['Over', over(c)],
        ['Data lost?', c.lost]].map(([dt, dd]) => el('div', {}, el('dt', {}, dt), el('dd', {}, dd)))))));
    if (page.look_failed) unknown();
  }

  /** Badge and tab title claim nothing of a time of which nothing is known. */
  function unknown() {
    const failed = !$('trouble').hidden;
    const words = page ? `not known since ${clock(page.looked_ms).slice(0, 5)} UTC` : failed ? 'not known' : 'looking …';
    $('verdict').textContent = words;
    $('verdict').className = 'badge ' + (page || failed ? 'ACT' : '');
    document.title = `${words}: candle collector`;
    if (failed) $('calm').textContent = '';
  }

  function repairs(venue) {
    if (!venue.repairs_open) return venue.repairs_open === 0 ? 'none' : '–';
    const again = venue.second_reads_open || 0, missing = venue.repairs_open - again;
    return [missing ? `${count(missing)} to do` : '', again ? plural(again, 'second read') : '', venue.next_repair_ms == null ? '' : `next ${next(venue.next_repair_ms)}`].filter(Boolean).join(', ');
  }

  function venues() {
    table($('venues'), [['Venue'], ['Health', 'wrap'], ['Since (UTC)'], ['Links'], ['Streams', 'number'], ['Newest'], ['Settled', 'number'], ['Open gaps', 'number'],
      ['Repairs', 'wrap'], ['Written', 'number'], ['Rejects', 'number'], ['Failed in 1 h', 'number']],
    page.status.venues.map(v => {
      const health = el('span', {}, el('span', { class: 'state ' + v.health }, v.health || 'not known'), v.health_why ? el('small', {}, ` ${v.health_why}`) : '');
      return [v.venue, health, v.since_ms == null ? '–' : at(v.since_ms),
        v.connections == null ? '–' : `${v.connections_active} of ${v.connections} live`, number(v.streams), ago(v.newest_ms),
        v.settled_percent.toFixed(2) + ' %', number(v.open_gaps), repairs(v), number(v.written), number(v.rejects), v.error_rate_percent == null ? '–' : v.error_rate_percent.toFixed(2) + ' %'];
    }), 'No venue yet.');
  }

  function facts() {
    const { status } = page, qa = status.last_qa, disk = status.disk;
    const fact = (name, value, note, bad) => el('div', { class: bad ? 'bad' : '' }, el('dt', {}, name), el('dd', {}, value, note ? el('small', {}, note) : ''));
    const report = qa && page.qa_report ? el('a', { href: page.qa_report }, 'its report') : qa ? qa.report : '';
    fill($('facts'),
      fact('Last checkpoint', realAgo(status.last_checkpoint_ms), 'what is newer is not in files yet'),
      fact('Last compaction', realAgo(status.last_compaction_ms)),
      fact('Last QA', qa ? `${qa.passed ? 'passed' : 'FOUND SOMETHING'}, ${realAgo(qa.at_ms)}` : 'none yet', report, qa && !qa.passed),
      fact('Disk', `${bytes(disk.used_bytes)} used, ${bytes(disk.free_bytes)} free`, disk.full_in_ms != null ? `full in ${duration(disk.full_in_ms)} if it goes on like this`
        : disk.bytes_per_day == null ? '' : `${bytes(disk.bytes_per_day)} a day as today` + (disk.days_left == null ? '' : disk.days_left > 3650 ? ', lasts more than ten years' : `, full in ${plural(disk.days_left, 'day')}`),
        disk.level != null && disk.level !== 'ROOMY'),
      fact('Given up for good', page.given_up ? plural(page.given_up, 'interval') : 'nothing', page.given_up ? 'listed above with why' : 'no data is lost'),
      fact('Flink web UI', status.job ? el('a', { href: /^https?:/.test(status.job.at) ? status.job.at : 'http://' + status.job.at }, status.job.at.replace(/^https?:\/\//, '')) : 'not there'));
  }

  /** Gaps of a stream that follow on each other for the same reason are one, noted with the first. */
  function joined(all) {
    const lines = [];
    for (const gap of all) {
      const last = lines[lines.length - 1];
      if (last && last.stream === gap.stream && last.to_ms === gap.from_ms && last.reason === gap.reason) last.to_ms = gap.to_ms;
      else lines.push({ ...gap });
    }
    return lines;
  }

  function gaps() {
    const all = joined(page.status.gaps);
    const isListed = id => !page.status.not_listed.some(s => id.startsWith(`${s.venue}/${s.symbol}/`));
    const isCut = page.open_gaps > page.status.gaps.length;
    $('gaps-note').textContent = isCut || all.length > GAPS_SHOWN ? `${isCut ? 'More than ' : ''}${plural(all.length, 'gap')}; the first ${GAPS_SHOWN} are shown, ./candles gaps --open lists all.` : '';
    const step = id => (streams.find(s => s.id === id) || {}).step_ms;
    table($('gaps'), [['Stream'], ['From (UTC)'], ['To'], ['Length'], ['Why', 'wrap'], ['Noted']],
      all.slice(0, GAPS_SHOWN).map(g => [
        el('button', { type: 'button', onclick: () => open(g.stream, step(g.stream) >= DAY ? null : Math.floor(g.from_ms / DAY) * DAY, true) }, g.stream),
        at(g.from_ms), at(g.to_ms), duration(g.to_ms - g.from_ms), !isListed(g.stream) ? 'not listed' : why(g.reason),
        g.noted_at_ms == null ? 'not yet' : ago(g.noted_at_ms)]),
      'No open gaps.');
  }

  const calendar = Candles.calendar($('calendar'), (id, day) => open(id, day, true));

  function drawCalendar() {
    const some = Candles.filtered(streams, $('f-venue').value, $('f-timeframe').value, $('f-bad').checked);
    if (some.length) calendar.show({ streams: some, days: Candles.days(streams), unit: '', width: $('calendar').parentElement.clientWidth });
    else fill($('calendar'), el('tbody', {}, el('tr', {}, el('td', {}, streams.length ? 'No stream lacks anything.' : 'The lake has no stream yet.'))));
  }

  function decoded(text) {
    try { return decodeURIComponent(text); } catch (e) { return ''; } // what is no address of a stream names none
  }

  async function coverage() {
    const answer = await ask('api/coverage');
    if (!answer) return;
    coverageAt = Date.now(); coverageLook = answer.look;
    const known = streams.map(s => s.id).join();
    streams = Candles.streams(answer.streams);
    if (known !== streams.map(s => s.id).join()) {
      options($('f-venue'), [...new Set(streams.map(s => s.venue))], 'all');
      options($('f-timeframe'), [...new Set(streams.map(s => s.timeframe))], 'all');
      options($('c-stream'), streams.map(s => s.id));
    }
    if (!$('calendar').contains(document.activeElement)) drawCalendar();
    if (!view.id && streams.length) {
      const [id, day] = decoded(location.hash.slice(1)).split('@');
      const asked = Date.parse(day + 'T00:00:00Z');
      open(streams.some(s => s.id === id) ? id : (page.status.gaps[0] || streams[0]).stream || streams[0].id, Number.isNaN(asked) ? null : asked);
    }
  }

  /** The range that is shown: a day, or the newest intervals; days are shown two months at a time. */
  function range(stream) {
    const wide = stream.step_ms >= DAY ? 60 * DAY : view.from === null ? Math.min(NEWEST * stream.step_ms, 60 * DAY) : DAY;
    const end = Math.ceil(Math.max(stream.to_ms, stream.from_ms + stream.step_ms) / stream.step_ms) * stream.step_ms;
    return view.from === null ? [Math.max(0, end - wide), end] : [view.from, view.from + wide];
  }

  async function candles(again) {
    const stream = streams.find(s => s.id === view.id);
    if (!stream) return;
    const [from, to] = range(stream), asked = `${stream.id} ${from} ${to}`;
    const answer = await ask(`api/stream?id=${encodeURIComponent(stream.id)}&from=${from}&to=${to}`);
    if (!answer || view.id !== stream.id) return;
    const drawn = asked + JSON.stringify(answer);
    if (again && drawn === drawnRange) return;
    drawnRange = drawn;
    const rows = answer.candles, until = Math.min(to, answer.reach_ms), gaps = answer.lacking.map(g => [g[0], g[1], 'lacking']);
    let empty = 0;
    const total = ranges => ranges.reduce((ms, g) => ms + g[1] - g[0], 0);
    const lackingMs = total(answer.lacking), archivedMs = total(answer.archived);
    const told = [...answer.lacking, ...answer.archived], held = new Set(rows.map(r => r[0]));
    for (let t = Math.max(from, stream.from_ms), run = null; t <= until; t += stream.step_ms) {
      const silent = t < until && !held.has(t) && !told.some(g => g[0] <= t && t < g[1]);
      if (silent) { empty++; run = run === null ? t : run; }
      else if (run !== null) { gaps.push([run, t, 'empty']); run = null; }
    }
    const box = $('chart');
    if (chart) { chart.destroy(); chart = null; }
    box.dataset.candles = rows.length; box.dataset.gaps = gaps.length;
    const decimals = Math.min(10, Math.max(0, ...rows.map(r => (String(r[4]).split('.')[1] || '').length)));
    if (rows.length) chart = Candles.chart(box, { from, to, step: stream.step_ms, decimals, rows, gaps, height: window.innerWidth < 640 ? 260 : 340 });
    const whys = [...new Set(answer.lacking.map(g => `${g[2].toLowerCase()}, ${why(g[3])}`))].join('; ');
    const revised = rows.filter(r => r[6] > 0).length;
    $('chart-note').textContent = [`${iso(from).slice(0, 16).replace('T', ' ')} to ${at(to)} UTC`, plural(rows.length, 'candle') + (revised ? `, ${count(revised)} revised` : ''),
      archivedMs ? `${count(archivedMs / stream.step_ms)} archived: their candles lie in another lake` : '',
      empty ? `${plural(empty, 'interval')} proven empty (shaded)` : '', lackingMs ? `${count(lackingMs / stream.step_ms)} lacking (shaded with a bar): ${whys}` : 'nothing lacking',
      rows.length ? `last close ${rows[rows.length - 1][4].toLocaleString('en', { maximumFractionDigits: 10 })}` : ''].filter(Boolean).join(' · ');
  }

  /** Shows a stream: the day that begins at from, or the newest candles where that is null. */
  function open(id, from, jump) {
    view = { id, from };
    $('c-stream').value = id;
    $('c-day').value = from === null ? '' : date(from);
    $('c-newest').setAttribute('aria-pressed', from === null);
    $('h-chart').textContent = `Candles: ${id}${from === null ? ', newest' : ' on ' + date(from)}`;
    history.replaceState(null, '', from === null ? '#' + id : `#${id}@${date(from)}`);
    const stream = streams.find(s => s.id === id);
    calendar.select(id, from === null && stream ? Math.floor((stream.to_ms - 1) / DAY) * DAY : from);
    candles();
    if (jump) { $('h-chart').focus({ preventScroll: true }); $('h-chart').scrollIntoView({ block: 'start' }); }
  }

  function step(by) {
    const stream = streams.find(s => s.id === view.id);
    if (!stream) return;
    const wide = stream.step_ms >= DAY ? 60 * DAY : DAY;
    const today = Math.floor(page.status.now_ms / DAY) * DAY;
    const from = (view.from === null ? stream.step_ms >= DAY ? today - wide : today : view.from) + (view.from === null && by < 0 && stream.step_ms < DAY && stream.cells.size === 1 ? 0 : by * wide);
    open(view.id, from > today ? null : from);
  }

  /** Asks this page's server; null if it has nothing yet or does not answer, which is then said. */
  async function ask(path) {
    let answer, body;
    waits = false;
    try {
      answer = await fetch(path, { signal: AbortSignal.timeout(20000) });
      body = answer.ok || answer.status === 503 ? await answer.json() : await answer.text();
    } catch (e) {
      const seen = answeredAt ? ` What is below is as of ${clock(answeredAt)} UTC (this computer's clock).` : '';
      trouble(`This page's server does not answer: the collector may have stopped.${seen}`);
      return null;
    }
    if (answer.ok) { answeredAt = Date.now(); return body; }
    if (answer.status !== 503) { trouble(`The collector could not answer: ${body}`); return null; }
    waits = true;
    $('looked').textContent = 'Looking …';
    const [done, all] = body.reading.split('/');
    trouble(body.look_failed ? `Looking at the lake failed: ${body.look_failed}` : '');
    $('calm').textContent = `Looking at the collector and reading the lake${all > 0 ? `: ${count(Number(done))} of ${plural(Number(all), 'day')} of streams` : ''} …`;
    return null;
  }

  function trouble(text) {
    if ($('trouble').textContent !== text) $('trouble').textContent = text;
    $('trouble').hidden = !text;
  }

  async function poll() {
    const answer = await ask('api/status');
    if (!answer) { unknown(); return; }
    page = answer;
    trouble(page.look_failed ? `The last look failed or does not end, this is older: ${page.look_failed}` : '');
    $('looked').textContent = `Looked at ${clock(page.looked_ms)} UTC${real()}${paused ? ', paused' : `; again every ${POLL / 1000} s while this page is visible`}.`;
    head(); venues(); facts();
    if (!$('gaps').contains(document.activeElement)) gaps();
    if (!coverageAt || (page.look !== coverageLook && Date.now() - coverageAt > COVERAGE)) await coverage();
    if (view.from === null && document.activeElement !== $('chart')) await candles(true);
    document.body.dataset.look = page.look;
  }

  async function run() {
    try {
      if (paused || document.hidden) unknown();
      else await poll();
    } finally {
      setTimeout(run, page && !waits ? POLL : 1000);
    }
  }

  document.addEventListener('securitypolicyviolation', event => { document.body.dataset.violation = event.violatedDirective; });
  document.querySelectorAll('form').forEach(form => form.addEventListener('submit', event => event.preventDefault()));
  $('pause').addEventListener('click', () => { paused = !paused; $('pause').setAttribute('aria-pressed', paused); $('pause').textContent = paused ? 'Go on' : 'Pause'; });
  ['f-venue', 'f-timeframe', 'f-bad'].forEach(id => $(id).addEventListener('change', drawCalendar));
  $('c-stream').addEventListener('change', () => open($('c-stream').value, view.from));
  $('c-day').addEventListener('change', () => open(view.id, $('c-day').value ? Date.parse($('c-day').value + 'T00:00:00Z') : null));
  $('c-newest').addEventListener('click', () => open(view.id, null));
  $('c-earlier').addEventListener('click', () => step(-1));
  $('c-later').addEventListener('click', () => step(1));
  Candles.legend($('legend'));
  while ($('legend').children.length > 5) $('legend').lastChild.remove(); // what only a report tells
  const redraw = () => { if (streams.length) { drawCalendar(); drawnRange = ''; candles(true); } };
  let resizing = 0;
  window.addEventListener('resize', () => { clearTimeout(resizing); resizing = setTimeout(redraw, 150); });
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', redraw);
  document.addEventListener('visibilitychange', () => { if (document.hidden) unknown(); else if (!paused && page) poll(); });
  run();
})();
