import { sweep } from './chart.js';
import { quiet } from './clock.js';
import { el, fill, svg } from './dom.js';
import { incidentAddress } from './api.js';
import { ago, sentence, subject, when } from './format.js';
import { shortcuts, showHelp } from './keys.js';
import { live } from './live.js';
import { switchTheme, switchZone, theme, zone } from './prefs.js';
import { searchBox } from './search.js';
import { failed, loading, notFound, toast } from './states.js';

const VIEWS = {
  now: ['Now', () => import('./now.js')],
  timeline: ['Timeline', () => import('./timeline.js')],
  incidents: ['Incidents', () => import('./incidents.js')],
  incident: ['Incident', () => import('./incident.js')],
  entities: ['Entities', () => import('./entities.js')],
  entity: ['Entity', () => import('./entity.js')],
  models: ['Models', () => import('./models.js')],
};
const PARENT = { incident: 'incidents', entity: 'entities' };
const root = document.getElementById('view');
let leave = new AbortController();
let current = null;

/** What a view gets: its place, its values, and listeners that end when the viewer leaves it. */
function contextOf(signal) {
  const params = new URLSearchParams(location.search);
  return {
    root, params, signal, go,
    on: (type, listener) => live.addEventListener(type, event => listener(event.detail), { signal }),
    every: (millis, action) => {
      const timer = setInterval(action, millis);
      signal.addEventListener('abort', () => clearInterval(timer));
    },
    /** Changes values of the address without a new view: a link to what is seen now. */
    keep: values => {
      for (const [name, value] of Object.entries(values)) {
        if (value === null || value === undefined || value === '') {
          params.delete(name);
        } else {
          params.set(name, value);
        }
      }
      history.replaceState(history.state, '', location.pathname + (params.size ? `?${params}` : ''));
    },
    title: text => {
      document.title = text ? `${text} · Noether` : 'Noether';
    },
  };
}

async function show(focus = false) {
  leave.abort();
  leave = new AbortController();
  const { signal } = leave;
  const name = location.pathname === '/' ? 'now' : location.pathname.slice(1);
  const view = VIEWS[name];
  current = name;
  root.classList.toggle('wide', name === 'timeline');
  for (const anchor of document.querySelectorAll('.nav a')) {
    if (anchor.dataset.view === (PARENT[name] ?? name)) {
      anchor.setAttribute('aria-current', 'page');
    } else {
      anchor.removeAttribute('aria-current');
    }
  }
  const context = contextOf(signal);
  context.title(view?.[0] ?? 'Not found');
  fill(root, loading(8));
  if (focus) {
    root.focus({ preventScroll: true });
    scrollTo(0, 0);
  }
  if (!view) {
    fill(root, notFound('There is no such view', `The address ${location.pathname} belongs to no view of this console.`));
    return;
  }
  try {
    const [module] = await Promise.all([view[1](), live.now()]);
    await module.show(context);
  } catch (failure) {
    if (!signal.aborted) {
      fill(root, failed(failure, () => show()));
      if (!failure.status && failure.status !== 0) {
        console.error(failure);
      }
      // The view appears as soon as the console answers again.
      live.addEventListener('reset', () => show(), { signal, once: true });
    }
  }
  sweep();
  performance.mark('view-shown', { detail: name });
}

export function go(path) {
  if (path !== location.pathname + location.search) {
    history.pushState(null, '', path);
  }
  show(true);
}

document.addEventListener('click', event => {
  const anchor = event.target.closest?.('a[data-link]');
  if (anchor && event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey) {
    event.preventDefault();
    go(anchor.getAttribute('href'));
  }
});
addEventListener('popstate', () => show());

function drawTools() {
  const zoneButton = document.getElementById('zone');
  const utc = zone() === 'utc';
  zoneButton.textContent = utc ? 'UTC' : 'Local';
  zoneButton.title = utc ? 'Times are in UTC. Switch to your time zone.' : 'Times are in your time zone. Switch to UTC.';
  zoneButton.setAttribute('aria-label', `${zoneButton.textContent}: ${zoneButton.title}`);
  const themeButton = document.getElementById('theme');
  const dark = theme() === 'dark';
  fill(themeButton, svg('svg', { viewBox: '0 0 24 24', 'aria-hidden': 'true' }, svg('path', {
    d: dark ? 'M12 3v2m0 14v2M3 12h2m14 0h2M5.600 5.600l1.400 1.400m10 10 1.400 1.400m0-12.800-1.400 1.400m-10 10-1.400 1.400M12 8a4 4 0 1 1 0 8 4 4 0 1 1 0-8z'
      : 'M20 14.500A8.500 8.500 0 0 1 9.500 4a8.500 8.500 0 1 0 10.500 10.500z',
    fill: 'none', stroke: 'currentColor', 'stroke-width': 2, 'stroke-linecap': 'round', 'stroke-linejoin': 'round',
  })));
  themeButton.title = dark ? 'Switch to light colours' : 'Switch to dark colours';
  themeButton.setAttribute('aria-label', themeButton.title);
}

function drawConnection() {
  const place = document.getElementById('live');
  const banner = document.getElementById('banner');
  const status = live.status;
  const problem = status?.topics?.find(topic => topic.state === 'unreachable') ?? status?.topics?.find(topic => topic.state === 'missing');
  const state = live.connected === false ? 'lost' : problem ? 'behind' : live.connected ? 'live' : 'waiting';
  const text = { lost: 'Connection lost', behind: problem?.state === 'missing' ? 'Topic missing' : 'Behind', live: 'Live', waiting: 'Connecting' }[state];
  if (place.textContent !== text) {
    place.dataset.state = state;
    fill(place, el('span', {}, text));
  }
  place.title = state === 'live' && status?.eventTime ? `Newest event ${ago(status.eventTime, status.serverTime)}` : text;
  const broken = status?.store.failure;
  const silence = status && quiet(status);
  const message = state === 'lost' ? 'The connection to the console is lost. What you see may be old. It is tried again.'
    : broken ? `What you see may be old: ${broken}. Is the disk full?`
    : problem?.state === 'unreachable' ? `Kafka does not answer. What you see may be old. ${problem.message ?? ''}`
      : problem ? problem.message ?? `The topic ${problem.name} is ${problem.state}.`
        : silence ? `No score has come since ${silence.started ? 'the console was started, ' : ''}${when(silence.since, true)}. The newest is of ${when(silence.newest, true)}. Does the scoring job run, and do observations come?` : '';
  banner.hidden = message === '';
  banner.dataset.level = state === 'lost' || broken || problem?.state === 'unreachable' ? 'bad' : 'warn';
  if (banner.textContent !== message) {
    banner.textContent = message;
  }
  document.getElementById('detector').textContent = status?.detector ?? '';
}

const told = new Set();

function tell(incident) {
  if (incident.state !== 'OPENED' || incident.suppressed || incident.feedback || told.has(incident.id) || current === 'now') {
    return;
  }
  told.add(incident.id);
  if (incident.severity === 'CRITICAL' || incident.severity === 'HIGH') {
    toast('', incident.severity.toLowerCase(), el('a', { href: incidentAddress(incident.id), 'data-link': true },
      `New: ${subject(incident)}: ${sentence(incident)}`.slice(0, 160)));
  }
}

document.getElementById('zone').addEventListener('click', () => {
  switchZone();
  drawTools();
  show();
});
document.getElementById('theme').addEventListener('click', () => switchTheme());
document.getElementById('help').addEventListener('click', () => showHelp());
document.addEventListener('theme', drawTools);
live.addEventListener('connection', drawConnection);
live.addEventListener('status', drawConnection);
live.addEventListener('incident', event => tell(event.detail));
searchBox(document.getElementById('search'), go);
shortcuts({ go, switchTheme, switchZone: () => document.getElementById('zone').click() });
drawTools();
drawConnection();
live.start();
show();
