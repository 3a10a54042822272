import { address, get } from './api.js';
import { isReplay, present } from './clock.js';
import { debounce, el, facts, fill, link, meter, section } from './dom.js';
import { ago, bytes, count, exact, plural, span, value, when } from './format.js';
import { hourBars } from './hours.js';
import { entityLink, incidentLines, keepFocus } from './incidentlist.js';
import { live } from './live.js';
import { SEVERITIES, glyph, level, severityName } from './severity.js';
import { allWell, failed, loading, nothing } from './states.js';

const DAY = 86400e3;
const SHOWN = 50;

export async function show({ root, signal, on, title }) {
  const place = {
    head: el('div'), tiles: el('div', { class: 'tiles' }), hours: el('div'), open: el('div'), budget: el('div'), alarming: el('div'),
    input: el('div'), model: el('div'),
  };
  const status = await live.now();
  fill(root,
    el('h1', { class: 'hidden-text' }, 'Now'),
    place.head, place.tiles,
    el('div', { class: 'grid now' },
      el('div', { class: 'stack' }, place.hours, place.open),
      el('div', { class: 'stack' }, place.budget, place.alarming, place.model, place.input)));
  fill(place.open, section('card-body flush', 'Open incidents', null, [loading()]));
  const draw = now => {
    drawHead(place, now, title);
    drawBudget(place.budget, now);
    drawModel(place.model, now);
    drawInput(place.input, now);
  };
  draw(status);
  on('status', draw);
  const load = async () => {
    try {
      const to = present();
      const [open, strip, alarming] = await Promise.all([
        get('incidents', { state: 'open', limit: SHOWN }, signal), get('timeline', { from: to - DAY, to }, signal),
        get('entities', { order: 'alarms', from: to - 7 * DAY, to, limit: 8 }, signal),
      ]);
      drawHours(place.hours, strip);
      open.incidents.sort((a, b) => level(b) - level(a) || b.start - a.start);
      drawOpen(place.open, open, live.status ?? status);
      drawAlarming(place.alarming, alarming);
    } catch (failure) {
      if (!signal.aborted && failure.status !== 0) {
        fill(place.open, section('card-body', 'Open incidents', null, [failed(failure, load)]));
      }
    }
  };
  const again = debounce(load, 250);
  on('incident', again);
  on('reset', again);
  await load();
}

function drawHead(place, status, title) {
  const open = SEVERITIES.reduce((sum, severity) => sum + status.open[severity], 0);
  const worst = SEVERITIES.find(severity => status.open[severity] > 0);
  title(open ? `${count(open)} open` : 'Now');
  const waiting = !status.eventTime && !open;
  const text = open ? plural(open, 'open incident') : waiting ? 'Waiting for the first score' : 'Nothing is open';
  const detail = status.eventTime ? `Newest event ${isReplay() ? when(status.eventTime, true) : ago(status.eventTime, status.serverTime)}` : 'No score has arrived yet';
  const shown = number => (waiting ? '–' : count(number));
  fill(place.head, el('div', { class: 'page-head' }, el('div', {},
    el('p', { class: 'headline', role: 'status' }, text),
    el('p', { title: status.eventTime ? exact(status.eventTime) : null }, worst ? `The worst is ${severityName(worst)}. ` : '', detail, '.'))));
  const tiles = SEVERITIES.map(severity => link(address('incidents', { state: 'open', severity }), {
    class: `tile ${severity.toLowerCase()} ${status.open[severity] ? '' : 'none'}`,
  }, glyph(severity, false, true), el('span', { class: 'tile-count num' }, shown(status.open[severity])), el('span', { class: 'tile-name' }, severityName(severity))));
  tiles.push(link(address('incidents', { state: 'open' }), { class: `tile suppressed ${status.open.suppressed ? '' : 'none'}` },
    glyph('LOW', true, true), el('span', { class: 'tile-count num' }, shown(status.open.suppressed)), el('span', { class: 'tile-name' }, 'suppressed')));
  keepFocus(place.tiles, () => fill(place.tiles, tiles));
}

function drawHours(place, strip) {
  const total = strip.bars.start.length;
  fill(place, section('card-body', 'Incidents in the last 24 hours', total ? plural(total, 'incident') : null,
    [total ? hourBars(strip) : nothing('None in the last 24 hours', null, true)]));
}

function drawOpen(place, found, status) {
  const body = found.incidents.length ? incidentLines(found.incidents)
    : status.eventTime ? allWell('Nothing is open', 'Every entity behaves as the model expects. A new incident appears here by itself.')
      : nothing('Nothing to judge yet', 'No score has arrived. Start the scoring job, or wait until the first model is trained.');
  keepFocus(place, () => fill(place, section('card-body flush', 'Open incidents',
    link('/incidents?state=all', {}, 'All incidents'), [
      body,
      found.total > found.incidents.length
        ? el('p', { class: 'more' }, link('/incidents?state=open', {}, `All ${count(found.total)} open incidents`)) : null,
    ])));
}

function drawBudget(place, status) {
  const budget = status.budget;
  const promised = budget.promisedPerRow;
  const ratio = promised && budget.realisedPerRow !== null && budget.rows > 0 ? budget.realisedPerRow / promised : null;
  const verdict = ratio === null ? ['', 'Not enough rows yet'] : ratio <= 1 ? ['good', 'within the budget'] : ratio <= 2 ? ['warn', 'above the budget'] : ['bad', 'far above the budget'];
  fill(place, section('card-body stack tight', 'False-alarm budget', null, [
    el('p', { class: 'soft' }, budget.text ? `Promised: ${budget.text}.` : 'The budget is not known yet.'),
    ratio === null ? el('p', { class: 'muted' }, 'The realised rate appears with the first scored rows.') : [
      el('div', { class: 'row between' },
        el('span', { class: 'figure num' }, ratio < 10 ? `${Math.round(ratio * 100)} %` : `${value(Math.round(ratio))} ×`), el('span', { class: `tag ${verdict[0]}` }, verdict[1])),
      meter(Math.min(1, ratio / 2), ratio <= 1 ? 'good limit' : 'bad limit'),
      el('div', { class: 'scale small muted', 'aria-hidden': 'true' }, el('span', {}, '0'), el('span', {}, 'promised'), el('span', {}, '2 ×')),
      el('p', { class: 'small muted num' }, `${plural(budget.alarms, 'alarm')} in ${plural(budget.rows, 'row')}`
        + `${budget.from ? `, ${span(budget.to - budget.from)}` : ''}. Real problems count too.`),
    ],
  ]));
}

function drawAlarming(place, found) {
  const most = found.entities.filter(entity => entity.alarms > 0);
  const top = Math.max(1, ...most.map(entity => entity.alarms));
  fill(place, section('card-body', 'Entities that alarm most', '7 days', [most.length
    ? el('ol', { class: 'bars' }, most.map(entity => el('li', {},
      el('span', { class: 'bars-name' }, entityLink(entity.entity)),
      el('span', { class: 'bars-count num' }, count(entity.alarms), el('span', { class: 'hidden-text' }, ' alarms')),
      meter(entity.alarms / top))))
    : nothing('No alarm in 7 days', null, true)]));
}

function drawModel(place, status) {
  const model = status.model;
  const job = status.job;
  const restarts = job.restarts === null ? null : plural(job.restarts, 'restart');
  fill(place, section('card-body', 'Model and job', link('/models', {}, 'All models'), [facts([
    ['Model in force', model ? link('/models', {}, `version ${model.version}`) : 'none yet'],
    model && ['In force since', el('span', { title: exact(model.effectiveFrom) }, ago(model.effectiveFrom))],
    ['Job', el('span', { class: `tag ${job.state === 'RUNNING' ? 'good' : job.state === 'unknown' ? '' : 'bad'}` }, job.state.toLowerCase())],
    job.lastCheckpoint && ['Last checkpoint', ago(job.lastCheckpoint, status.serverTime)],
    restarts && ['Restarts', restarts],
    job.url && ['Flink', el('a', { href: job.url, rel: 'noreferrer', target: '_blank' }, 'dashboard')],
  ]), job.message && el('p', { class: 'small muted note' }, job.message)]));
}

const STATE_KINDS = { following: 'good', 'catching up': 'warn', unreachable: 'bad', missing: 'warn' };

function drawInput(place, status) {
  fill(place, section('card-body', 'Topics', `${value(Math.round(status.rates.scoresPerSecond))} scores/s`, [
    el('ul', { class: 'topics' }, status.topics.map(topic => el('li', {},
      el('div', { class: 'row between' }, el('span', { class: 'break' }, topic.name), el('span', { class: `tag ${STATE_KINDS[topic.state] ?? ''}` }, topic.state)),
      el('p', { class: 'small muted num' }, `${count(topic.records)} read`, topic.lag === null ? '' : `, ${count(topic.lag)} behind`)))),
    el('p', { class: 'small muted note num' }, `The store holds ${bytes(status.store.bytes)} of at most ${bytes(status.store.limitBytes)}`
      + `${status.store.oldest ? `, back to ${when(status.store.oldest)}` : ''}.`),
  ]));
}
