import { address, get, incidentAddress } from './api.js';
import { featureChart, legend, scoreChart, sweep } from './chart.js';
import { present } from './clock.js';
import { debounce, el, facts, fill, link, section } from './dom.js';
import { count, exact, isOpen, kindName, plural, sentence, shapeName, stateName, subject, value, when } from './format.js';
import { feedbackButtons } from './feedback.js';
import { entityLink, incidentLines, keepFocus, lasting, strength } from './incidentlist.js';
import { live } from './live.js';
import { badge, feedbackTag, glyph } from './severity.js';
import { failed, loading, nothing } from './states.js';

const HOUR = 3600e3;
const DRAWN = 5;

export async function show({ root, params, signal, on, title }) {
  const id = params.get('id') ?? '';
  const place = { head: el('div'), charts: el('div', { class: 'stack' }), side: el('div', { class: 'stack' }), below: el('div', { class: 'stack' }) };
  let drawnUntil = 0;
  let newest = null;
  const load = async first => {
    const found = await get('incident', { id }, signal);
    newest = found;
    title(subject(found.incident));
    if (first) {
      fill(root, place.head, el('div', { class: 'grid incident' }, el('div', { class: 'stack' }, place.charts, place.below), place.side));
    }
    const again = () => refresh();
    keepFocus(place.head, () => drawHead(place.head, found, again));
    keepFocus(place.side, () => drawSide(place.side, found));
    keepFocus(place.below, () => drawBelow(place.below, found));
    if (first || (isOpen(found.incident) && Date.now() > drawnUntil)) {
      drawnUntil = Date.now() + 20e3;
      drawCharts(place.charts, found.incident, signal, first);
    }
  };
  const refresh = debounce(() => load(false).catch(() => {}), 200);
  on('incident', changed => (changed.id === id || changed.group === id) && refresh());
  on('feedback', changed => changed.incident === id && refresh());
  on('reset', refresh);
  on('status', () => newest && isOpen(newest.incident) && Date.now() > drawnUntil && refresh());
  await load(true);
}

function drawHead(place, found, again) {
  const incident = found.incident;
  const ends = isOpen(incident) ? `open for ${lasting(incident)}` : `${lasting(incident)}, until ${when(incident.end)}`;
  fill(place, el('div', { class: 'page-head incident-head' },
    el('div', { class: 'stack tight' },
      el('div', { class: 'row' }, badge(incident), el('span', { class: `tag ${isOpen(incident) ? 'bad' : 'good'}` }, stateName(incident.state)),
        el('span', { class: 'tag' }, kindName(incident.kind)), feedbackTag(incident.feedback)),
      el('h1', { class: 'break' }, incident.entity ? entityLink(incident.entity, { class: 'ink-link' }) : subject(incident)),
      el('p', { class: 'lead break' }, sentence(incident)),
      el('p', { class: 'muted num', title: `${exact(incident.start)} to ${exact(incident.end)}` }, `Since ${when(incident.start)}, ${ends}`)),
    feedbackButtons(incident, again)));
  if (incident.suppressed) {
    place.append(el('p', { class: 'callout break' }, el('strong', {}, 'Suppressed: '), incident.suppressed));
  }
}

/** The time around an incident: as long before it as after it, at least an hour. */
function around(incident) {
  const length = Math.max(1, incident.end - incident.start);
  const margin = Math.max(HOUR, Math.min(24 * HOUR, length * 2));
  return { from: incident.start - margin, to: Math.min(Math.max(present(), incident.end), incident.end + margin) };
}

async function drawCharts(place, incident, signal, first) {
  if (!incident.entity) {
    fill(place);
    return;
  }
  const range = around(incident);
  if (first) {
    fill(place, section('card-body', 'What was observed', null, [loading()]));
  }
  try {
    const series = await get('series', { entity: incident.entity, ...range, points: 600 }, signal);
    const marks = [{ start: incident.start, end: incident.end }];
    const named = incident.causes.map(cause => [cause, series.features.find(feature => feature.name === cause.feature)]).filter(pair => pair[1]);
    fill(place,
      section('card-body stack', 'Observed against expected', el('span', { class: 'plots-range num' }, `${when(series.from)} to ${when(series.to)}`), [
        legend(),
        series.message && el('p', { class: 'callout' }, series.message),
        named.length ? named.slice(0, DRAWN).map(([cause, feature]) => featureChart(series, withUsual(feature, cause), marks, {
          title: el('span', { class: 'chart-title break' }, feature.name), rest: causeText(cause), height: 140,
        })) : nothing('No values', incident.kind === 'SILENCE' ? 'The entity reported nothing in this time.' : 'The store has no values of the leading features in this time.', true),
      ]),
      section('card-body', 'Alarm score', null, [series.time.length
        ? scoreChart(series, marks, { rest: scoreText(incident), height: 140 }) : nothing('No scores', 'The store has no scores of this time.', true)]));
  } catch (failure) {
    if (!signal.aborted) {
      fill(place, section('card-body', 'What was observed', null, [failed(failure, () => drawCharts(place, incident, signal, true))]));
    }
  }
  sweep();
}

/** Where a row has no usual range of its own, the one of the peak stands for it: it changes slowly. */
function withUsual(feature, cause) {
  const fill = (values, usual) => values.map(number => number ?? usual ?? null);
  return { ...feature, usualLow: fill(feature.usualLow, cause.usualLow), usualHigh: fill(feature.usualHigh, cause.usualHigh) };
}

function causeText(cause) {
  const usual = cause.usualLow === null || cause.usualLow === undefined ? '' : `, usual ${value(cause.usualLow)} to ${value(cause.usualHigh)}`;
  return `At the peak ${value(cause.observed)}, expected ${value(cause.expected)}${usual}`;
}

function scoreText(incident) {
  return incident.peakScore === null ? '' : `Peak ${value(incident.peakScore)}, threshold ${value(incident.threshold)}`;
}

function causeBars(causes) {
  const top = Math.max(...causes.map(cause => Math.abs(cause.deviation)));
  return el('ul', { class: 'deviations' }, causes.map(cause => {
    const bar = el('i', { class: cause.deviation < 0 ? 'below' : 'above' });
    bar.style.width = `${Math.max(1, Math.abs(cause.deviation) / top * 50)}%`;
    return el('li', {}, el('span', { class: 'break' }, cause.feature),
      el('span', { class: 'num right' }, `${cause.deviation > 0 ? '+' : ''}${value(cause.deviation)} σ`),
      el('span', { class: 'axis', 'aria-hidden': 'true' }, bar));
  }));
}

function drawSide(place, found) {
  const { incident, model } = found;
  fill(place,
    incident.causes.length ? section('card-body', 'Causes', 'deviation from usual', [causeBars(incident.causes)]) : null,
    section('card-body', 'Details', null, [facts([
      incident.peakScore !== null && ['Peak', strength(incident)],
      incident.peakScore !== null && ['Peak score', value(incident.peakScore)],
      incident.threshold !== null && ['Threshold', value(incident.threshold)],
      incident.pValue !== null && ['As strange or more', `${value(incident.pValue * 100)} % of normal rows`],
      incident.kind === 'ANOMALY' && ['Shape', shapeName(incident.shape)],
      ['Anomalous rows', count(incident.count)],
      incident.modelVersion !== null && ['Judged by', link('/models', {}, `model ${incident.modelVersion}`)],
      model?.effectiveFrom && ['Model in force from', when(model.effectiveFrom)],
      incident.group && ['Part of', link(incidentAddress(incident.group), {}, 'an outbreak')],
      ['Id', el('code', { class: 'break' }, incident.id)],
    ]), incident.shapeFinding ? shapeNote(incident.shapeFinding) : null]),
    feedbackCard(found.feedback),
    history(found.history));
}

function shapeNote(finding) {
  return el('p', { class: 'note soft' }, `The shape of ${finding.feature} differs (${String(finding.kind).toLowerCase()}): `
    + `${value(finding.deviations)} standard deviations from the nearest normal window of ${plural(finding.windowRows, 'row')}.`);
}

function feedbackCard(feedback) {
  const empty = live.status?.readOnly ? 'Nobody has judged it. This console is read-only.' : 'Nobody has judged it yet.';
  return section('card-body', 'Feedback', null, [feedback.length === 0 ? el('p', { class: 'muted' }, empty)
    : el('ol', { class: 'history' }, feedback.map(item => el('li', {},
      el('div', { class: 'row between' }, feedbackTag(item.verdict.startsWith('CONFIRM') ? 'CONFIRMED' : item.verdict.startsWith('DISMISS') ? 'DISMISSED' : null)
        ?? el('span', { class: 'tag' }, 'taken back'), el('span', { class: 'small muted num', title: exact(item.time) }, when(item.time))),
      item.comment && el('p', { class: 'break' }, item.comment),
      item.author && el('p', { class: 'small muted break' }, item.author))))]);
}

function history(entries) {
  return section('card-body', 'What was told', null, [el('ol', { class: 'history' }, entries.map(entry => el('li', {},
    el('div', { class: 'row between' }, el('span', { class: 'row' }, glyph(entry.severity), stateName(entry.state)),
      el('span', { class: 'small muted num', title: exact(entry.time) }, when(entry.time, true))))))]);
}

function drawBelow(place, found) {
  const { incident, memberIncidents, similar } = found;
  fill(place,
    incident.kind === 'GROUP' ? section('card-body flush', 'Members, the first to break first', plural(incident.memberCount, 'entity', 'entities'), [
      memberIncidents.length ? incidentLines(memberIncidents)
        : el('ul', { class: 'names' }, incident.members.map(name => el('li', {}, entityLink(name)))),
    ]) : null,
    incident.entity ? section('card-body flush', 'Similar earlier incidents',
      link(address('incidents', { entity: incident.entity, state: 'all' }), {}, 'All of this entity'), [
        similar.length ? incidentLines(similar) : nothing('None', 'No earlier incident has the same leading feature and shape.', true),
      ]) : null);
}
