import { address, entityAddress, get, incidentAddress } from './api.js';
import { present } from './clock.js';
import { button, debounce, el, fill, link, segments } from './dom.js';
import { count, exact, plural, span, when } from './format.js';
import { follow } from './gestures.js';
import { SEVERITIES, glyph, severityName } from './severity.js';
import { allWell, failed, loading } from './states.js';
import { Strip } from './strip.js';
import { StripData, Window } from './stripdata.js';

const HOUR = 3600e3;
const RANGES = [['1', '1 h'], ['6', '6 h'], ['24', '24 h'], ['168', '7 d'], ['720', '30 d']];
const LEVELS = ['suppressed', 'low', 'medium', 'high', 'critical'];
const FRAMES = 2000;

/** So many frames without a change end a movement. */
const LINGER = 5;

export async function show(context) {
  const { root, params, signal, on, keep } = context;
  const summary = el('p', { role: 'status' });
  const box = el('div', { class: 'card strip-box' }, loading(10));
  const asList = el('span');
  let strip = null;
  const hours = () => Number(params.get('range') ?? 24);
  const saved = params.get('from') && params.get('to') ? [Number(params.get('from')), Number(params.get('to'))] : null;
  const describe = () => {
    const { from, to } = strip.window;
    fill(summary, `${plural(strip.data.count, 'incident')} of ${plural(strip.data.rows, 'entity', 'entities')}`,
      strip.data.truncated ? ', the worst ones: there are too many for one picture' : '', `, ${when(from)} to ${when(to)}`);
    fill(asList, link(address('incidents', { state: 'all', from, to, q: params.get('q') }), { class: 'btn slim' }, 'As a list'));
    keep(strip.window.zoomed ? { from: Math.round(from), to: Math.round(to) } : { from: null, to: null });
  };
  const load = async keepWindow => {
    const to = present();
    const answer = await get('timeline', { from: to - hours() * HOUR, to, q: params.get('q') }, signal);
    const data = new StripData(answer);
    const before = keepWindow && strip?.window.zoomed ? [strip.window.from, strip.window.to] : null;
    if (data.count === 0 && data.groups.length === 0) {
      strip = null;
      fill(box, allWell('No incident in this time', params.get('q') ? 'No entity with these letters had one. Choose a longer time or other letters.' : 'Choose a longer time to see earlier ones.'));
      fill(summary, 'No incident');
      return;
    }
    if (strip) {
      strip.use(data);
      strip.window.whole(data.from, data.to);
      strip.scrollTo(strip.scroll);
    } else {
      strip = place(context, box, data, debounce(describe, 120));
    }
    if (before) {
      strip.window.set(...before);
    }
    strip.redraw();
    describe();
  };
  const change = async (values, keepWindow = false) => {
    keep(values);
    try {
      await load(keepWindow);
    } catch (failure) {
      if (!signal.aborted) {
        strip = null;
        fill(box, failed(failure, () => change({})));
      }
    }
  };
  fill(root, head(params, summary, asList, change, () => strip), box);
  await change({});
  if (strip && saved) {
    strip.window.set(...saved);
    strip.redraw();
    describe();
  }
  const again = debounce(() => load(true).catch(() => {}), 800);
  on('incident', again);
  on('reset', again);
}

function head(params, summary, asList, change, strip) {
  const text = el('input', { class: 'field grow', type: 'search', placeholder: 'Entities with …', 'aria-label': 'Only entities whose name contains', value: params.get('q') });
  text.addEventListener('input', debounce(() => change({ q: text.value.trim() }), 250));
  const zoom = factor => () => {
    const one = strip();
    if (one) {
      one.window.zoom(factor, (one.window.from + one.window.to) / 2);
      one.redraw();
    }
  };
  return [
    el('div', { class: 'page-head' }, el('div', {}, el('h1', {}, 'Timeline'), summary),
      el('ul', { class: 'row legend-levels small soft', 'aria-label': 'Colours' },
        SEVERITIES.map(severity => el('li', { class: 'badge' }, glyph(severity, false, true), severityName(severity))),
        el('li', { class: 'badge' }, glyph('LOW', true, true), 'suppressed'))),
    el('div', { class: 'toolbar' },
      segments('Time', RANGES, params.get('range') ?? '24', range => change({ range, from: null, to: null })),
      segments('Rows', [['auto', 'Readable'], ['fit', 'All at once']], 'auto', mode => {
        const one = strip();
        if (one) {
          one.fit = mode === 'fit';
          one.scrollTo(0);
          one.redraw();
        }
      }),
      el('div', { class: 'row' }, button('+', { class: 'slim', 'aria-label': 'Zoom in', onclick: zoom(0.6) }), button('−', { class: 'slim', 'aria-label': 'Zoom out', onclick: zoom(1 / 0.6) }),
        button('Whole', { class: 'slim', onclick: zoom(1e9) })),
      text, asList),
  ];
}

/** Puts a strip into its box: size, frames, gestures, and the tip under the pointer. */
function place({ signal, go }, box, data, moved) {
  const canvas = el('canvas', { class: 'strip', tabindex: '0', role: 'application', 'aria-label': 'Timeline of incidents: arrows move, plus and minus zoom, Enter opens an entity. The same incidents are in the list.' });
  const tip = el('div', { class: 'tip', hidden: true });
  const spoken = el('p', { class: 'hidden-text', role: 'status' });
  fill(box, canvas, tip, spoken);
  const strip = new Strip(canvas, data, new Window(data.from, data.to));
  const frame = frames(canvas, strip);
  strip.redraw = () => {
    frame();
    moved();
  };
  const size = () => {
    const top = box.getBoundingClientRect().top + scrollY;
    strip.resize(box.clientWidth, Math.max(340, innerHeight - top - (innerWidth <= 820 ? 80 : 26)));
    canvas.style.height = `${strip.height}px`;
    strip.scrollTo(strip.scroll);
    frame();
  };
  const observer = new ResizeObserver(size);
  observer.observe(box);
  addEventListener('resize', size, { signal });
  document.addEventListener('theme', () => {
    strip.theme();
    frame();
  }, { signal });
  signal.addEventListener('abort', () => observer.disconnect());
  size();
  follow(canvas, strip, signal, {
    point: (at, x, y) => showTip(tip, strip, at, x, y),
    open: at => openAt(strip, at, go, signal),
    say: row => fill(spoken, `${strip.data.names[row]}: ${plural(strip.data.first[row + 1] - strip.data.first[row], 'incident')}`),
  });
  return strip;
}

/**
 * Draws at most once a frame. Keeps how long the frames that drew took, from the frame before to them, milliseconds:
 * `canvas.frameTimes`.
 */
function frames(canvas, strip) {
  canvas.frameTimes = [];
  let wanted = false;
  let running = false;
  let before = 0;
  let empty = 0;
  const frame = now => {
    if (wanted) {
      if (before && canvas.frameTimes.length < FRAMES) {
        canvas.frameTimes.push(now - before);
      }
      strip.draw();
    }
    empty = wanted ? 0 : empty + 1;
    wanted = false;
    before = now;
    running = empty < LINGER;
    if (running) {
      requestAnimationFrame(frame);
    }
  };
  return () => {
    wanted = true;
    if (!running) {
      running = true;
      before = 0;
      empty = 0;
      requestAnimationFrame(frame);
    }
  };
}

function showTip(tip, strip, at, x, y) {
  const { data } = strip;
  if (!at || (at.bar < 0 && !at.group && !(at.area === 'label' && at.row >= 0))) {
    tip.hidden = true;
    return;
  }
  if (at.group) {
    fill(tip, el('strong', {}, `Outbreak of ${plural(at.group.memberCount, 'entity', 'entities')}`), el('p', { class: 'break' }, at.group.description), el('p', { class: 'muted num' }, when(at.group.start)));
  } else if (at.bar >= 0) {
    const level = data.level[at.bar];
    fill(tip, el('div', { class: 'row' }, glyph(level === 0 ? 'LOW' : SEVERITIES[4 - level], level === 0), el('strong', { class: 'break' }, data.names[at.row])),
      el('p', { class: 'num' }, `${LEVELS[level]}, ${span(data.end[at.bar] - data.start[at.bar])}`), el('p', { class: 'muted num' }, exact(data.start[at.bar])));
  } else {
    fill(tip, el('strong', { class: 'break' }, data.names[at.row]), el('p', { class: 'muted' }, `${count(data.first[at.row + 1] - data.first[at.row])} incidents in this time`));
  }
  tip.hidden = false;
  tip.style.left = `${Math.max(8, Math.min(strip.width - tip.offsetWidth - 8, x + 14))}px`;
  tip.style.top = `${y + 18 + tip.offsetHeight > strip.height ? y - tip.offsetHeight - 10 : y + 18}px`;
}

async function openAt(strip, at, go, signal) {
  const { data } = strip;
  if (at.group) {
    go(incidentAddress(at.group.id));
  } else if (at.bar >= 0) {
    const start = data.start[at.bar];
    const found = await get('incidents', { state: 'all', entity: data.names[at.row], from: start, to: Math.max(start + 1, data.end[at.bar]), limit: 100 }, signal).catch(() => null);
    const incident = found?.incidents.find(one => Math.abs(one.start - start) < 1);
    go(incident ? incidentAddress(incident.id) : entityAddress(data.names[at.row]));
  } else if (at.area === 'label' && at.row >= 0) {
    go(entityAddress(data.names[at.row]));
  }
}
