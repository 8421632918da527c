/*
 * Candles.trend(box, {days, rows, tell, onOpen}): bars over days, one row above the other. A row is
 * {name, values, most, colour, hang}: `most` says in words how far it goes, hanging bars come from the
 * top. It is one control: arrows, Home, End or the pointer choose a day, tell(i) says it, Enter or a
 * click opens it by onOpen(day).
 */
Candles.trend = (() => {
  const { el, fill, date } = Candles;
  const SVG = 'http://www.w3.org/2000/svg', HEIGHT = 40;

  function svg(name, attributes) {
    const made = document.createElementNS(SVG, name);
    Object.entries(attributes).forEach(([key, value]) => made.setAttribute(key, value));
    return made;
  }

  function bars({ values, colour, hang }, width) {
    const most = Math.max(...values, 0), n = values.length, wide = Math.max(n > 120 ? 1 : 0.9, 2 * n / Math.max(1, width));
    const path = values.map((value, i) => {
      if (!value) return '';
      const high = Math.max(5, value / most * HEIGHT), x = Math.min(i, n - wide);
      return `M${x} ${hang ? 0 : HEIGHT}v${hang ? high : -high}h${wide}v${hang ? -high : high}z`;
    }).join('');
    const made = svg('svg', { viewBox: `0 0 ${Math.max(1, n)} ${HEIGHT}`, preserveAspectRatio: 'none', 'aria-hidden': true });
    const bar = svg('path', { d: path });
    bar.style.fill = `var(--${colour})`;
    const cursor = svg('rect', { class: 'cursor', y: 0, width: wide, height: HEIGHT, x: -9 });
    if (hang) made.classList.add('full');
    made.append(bar, cursor);
    return made;
  }

  return (box, { days, rows, label, tell, onOpen }) => {
    let at = days.length - 1;
    const note = el('p', { class: 'hint trend-note' });
    const control = el('div', { class: 'trend', role: 'slider', tabindex: 0, 'aria-label': label, 'aria-valuemin': 0, 'aria-valuemax': Math.max(0, days.length - 1) });
    fill(box, control, note);
    if (!days.length) return;
    for (const row of rows) {
      const plot = el('div', { class: 'plot' });
      control.append(el('div', { class: 'trend-row' }, el('span', {}, row.name, ' ', el('small', {}, row.most)), plot));
      plot.append(bars(row, plot.clientWidth));
    }
    control.append(el('div', { class: 'trend-row ends', 'aria-hidden': true }, el('span', {}), el('div', {}, el('span', {}, date(days[0])), el('span', {}, date(days[days.length - 1])))));

    function move(to) {
      at = Math.max(0, Math.min(days.length - 1, to));
      control.setAttribute('aria-valuenow', at);
      control.setAttribute('aria-valuetext', tell(at));
      note.textContent = tell(at);
      control.querySelectorAll('.cursor').forEach(cursor => cursor.setAttribute('x', at));
    }
    const under = event => {
      const plot = control.querySelector('.plot').getBoundingClientRect();
      return Math.floor((event.clientX - plot.left) / plot.width * days.length);
    };
    control.addEventListener('pointermove', event => move(under(event)));
    control.addEventListener('click', event => { move(under(event)); onOpen(days[at]); });
    control.addEventListener('keydown', event => {
      const to = { ArrowRight: at + 1, ArrowUp: at + 1, ArrowLeft: at - 1, ArrowDown: at - 1, Home: 0, End: days.length - 1, PageUp: at - 7, PageDown: at + 7 }[event.key];
      if (event.key === 'Enter') onOpen(days[at]); else if (to === undefined) return; else move(to);
      event.preventDefault();
    });
    move(at);
  };
})();
