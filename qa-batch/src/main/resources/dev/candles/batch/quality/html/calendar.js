/*
 * Candles.calendar(table, onOpen): streams down, time across; show({streams, days, unit, width, at}) draws
 * it, `days` being epoch ms (UTC), unit day, week (from Monday) or month, or '' for what fits into
 * `width` CSS pixels; it returns the unit. In sight is the newest, or with at: 'selected' the day that
 * select(id, day) has marked. onOpen(id, day) is told which day was chosen: of a week or
 * month the one that lacks most. Arrows, Home, End, Page up and down walk it; Enter opens.
 */
Candles.calendar = (() => {
  const { DAY, NOTHING, el, fill, date, count, plural, expected, lacking, isBad, add, words, paint } = Candles;
  const FIRST_OF = {
    day: day => day,
    week: day => day - (day / DAY + 3) % 7 * DAY,
    month: day => Date.UTC(new Date(day).getUTCFullYear(), new Date(day).getUTCMonth(), 1),
  };

  /** Days by the cell they are in. */
  function columns(days, unit) {
    const found = new Map();
    for (const day of days) {
      const first = FIRST_OF[unit](day);
      if (!found.has(first)) found.set(first, []);
      found.get(first).push(day);
    }
    return [...found].map(([first, inside]) => ({ first, days: inside }));
  }

  /** The finest unit whose cells fit, or that needs little scrolling, and how wide a cell is then. */
  function fit(width, days, wanted) {
    const touch = width < 600, least = touch ? 26 : 9, most = 64, room = width - (touch ? 126 : 170);
    const unit = wanted || ['day', 'week', 'month'].find(each => {
      const n = columns(days, each).length;
      return each === 'month' || n * least <= room || n <= (each === 'day' ? 31 : 60);
    });
    const pitch = Math.max(least, Math.min(most, Math.floor(room / Math.max(1, columns(days, unit).length))));
    return { unit, pitch };
  }

  /** How bad a day is: what lacks first, then what was found. */
  const badness = counts => lacking(counts) / Math.max(1, expected(counts)) * 1000 + counts[5] + counts[6] / 1000;

  function summary(stream, column, unit) {
    let counts = NOTHING, open = column.days[column.days.length - 1], worst = 0, bad = 0;
    for (const day of column.days) {
      const mine = stream.cells.get(day) || NOTHING;
      counts = add(counts, mine);
      bad += isBad(mine) ? 1 : 0;
      if (badness(mine) > worst) { worst = badness(mine); open = day; }
    }
    const span = unit === 'day' ? date(column.first) : `${unit} of ${date(column.days[0])}`;
    const days = unit !== 'day' && bad ? `; ${bad} of ${plural(column.days.length, 'day')} with something wrong` : '';
    return { counts, open, label: `${stream.id} ${span}: ${words(counts)}${days}` };
  }

  function header(found, unit, pitch) {
    const top = new Map();
    const above = first => date(first).slice(0, unit === 'month' ? 4 : 7);
    found.forEach(({ first }) => top.set(above(first), (top.get(above(first)) || 0) + 1));
    const room = n => n * pitch;
    const below = ({ first }, i) => {
      const text = unit === 'month' ? date(first).slice(5, 7) : date(first).slice(8);
      const rare = pitch < 16 && (unit === 'day' ? ![1, 8, 15, 22].includes(Number(text)) : true);
      return el('th', { scope: 'col', title: date(first), 'aria-label': date(first) }, rare ? '' : text);
    };
    return el('thead', {},
      el('tr', {}, el('td', {}), ...[...top].map(([text, n]) => el('th', { colspan: n, title: text }, el('span', {}, room(n) >= 52 ? text : room(n) >= 24 ? text.slice(-2) : '')))),
      el('tr', {}, el('td', {}), ...found.map(below)));
  }

  return (table, onOpen) => {
    let shown = { id: null, day: null };

    function row(stream, found, unit) {
      const bad = [...stream.cells.values()].filter(isBad).length;
      const name = el('th', { scope: 'row', title: stream.id }, el('span', { class: 'name' }, `${stream.symbol} ${stream.timeframe}`));
      if (bad) name.append(el('span', { class: 'count', title: `${plural(bad, 'day')} with something wrong` }, count(bad)));
      return el('tr', {}, name, ...found.map(column => {
        const { counts, open, label } = summary(stream, column, unit);
        const cell = el('button', { type: 'button', class: 'cell', tabindex: '-1', title: label, 'aria-label': label, 'data-stream': stream.id,
          'data-first': column.days[0], 'data-last': column.days[column.days.length - 1], 'data-open': open, 'aria-pressed': false });
        paint(cell, counts);
        return el('td', { role: 'gridcell' }, cell);
      }));
    }

    function show({ streams, days, unit: wanted, width, at }) {
      const { unit, pitch } = fit(width, days, wanted), found = columns(days, unit);
      table.style.setProperty('--pitch', pitch + 'px');
      table.style.setProperty('--between', pitch < 14 ? '1px' : '2px');
      const venues = [...new Set(streams.map(stream => stream.venue))];
      fill(table, header(found, unit, pitch), ...venues.map(venue => el('tbody', {},
        el('tr', { class: 'venue' }, el('th', { scope: 'rowgroup' }, venue), el('td', { colspan: found.length })),
        ...streams.filter(stream => stream.venue === venue).map(stream => row(stream, found, unit)))));
      const marked = select(shown.id, shown.day), scroll = table.parentElement;
      scroll.scrollLeft = scroll.scrollWidth;
      if (at === 'selected' && marked) sideways(marked);
      return unit;
    }

    const cells = () => [...table.querySelectorAll('.cell')];

    /** Marks the cell that holds a day of a stream; Tab comes to it. */
    function select(id, day) {
      shown = { id, day };
      let tab = null;
      for (const cell of cells()) {
        const mine = cell.dataset.stream === id && Number(cell.dataset.first) <= day && day <= Number(cell.dataset.last);
        if (mine || cell.getAttribute('aria-pressed') === 'true') cell.setAttribute('aria-pressed', mine);
        cell.tabIndex = -1;
        if (mine) tab = cell;
      }
      tab = tab || table.querySelector('.cell');
      if (tab) tab.tabIndex = 0;
      return tab;
    }

    function walk(event) {
      const cell = event.target.closest('.cell');
      if (!cell) return;
      const rows = [...table.querySelectorAll('tr')].filter(each => each.querySelector('.cell')).map(each => [...each.querySelectorAll('.cell')]);
      const y = rows.findIndex(each => each.includes(cell)), x = rows[y].indexOf(cell);
      const to = { ArrowRight: [y, x + 1], ArrowLeft: [y, x - 1], ArrowDown: [y + 1, x], ArrowUp: [y - 1, x], Home: [y, 0], End: [y, rows[y].length - 1],
        PageDown: [Math.min(rows.length - 1, y + 10), x], PageUp: [Math.max(0, y - 10), x] }[event.key];
      if (!to) return;
      event.preventDefault();
      const next = (rows[to[0]] || [])[to[1]];
      if (!next) return;
      cell.tabIndex = -1;
      next.tabIndex = 0;
      next.focus({ preventScroll: true });
      sideways(next);
      next.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    }

    /** Scrolls sideways so that a cell is not below the names, nor out of sight. */
    function sideways(cell) {
      const scroll = table.parentElement, box = scroll.getBoundingClientRect(), at = cell.getBoundingClientRect();
      const names = table.querySelector('th[scope=row]').getBoundingClientRect().width;
      if (at.left < box.left + names) scroll.scrollLeft -= box.left + names - at.left;
      else if (at.right > box.right) scroll.scrollLeft += at.right - box.right;
    }

    table.addEventListener('keydown', walk);
    table.addEventListener('click', event => {
      const cell = event.target.closest('.cell');
      if (cell) onOpen(cell.dataset.stream, Number(cell.dataset.open));
    });
    return { show, select };
  };
})();
