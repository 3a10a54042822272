import { entityAddress, incidentAddress } from './api.js';
import { present } from './clock.js';
import { el, link } from './dom.js';
import { exact, isOpen, kindName, sentence, shapeName, span, subject, value, when } from './format.js';
import { feedbackTag, glyph } from './severity.js';

/** How long an incident lasts, or has lasted so far. */
export function lasting(incident) {
  return span((isOpen(incident) ? Math.max(present(), incident.end) : incident.end) - incident.start);
}

/** The peak as a multiple of its threshold, with a small bar: 1 is the threshold, 5 and more fill it. */
export function strength(incident) {
  if (!incident.peakScore || !incident.threshold) {
    return null;
  }
  const ratio = incident.peakScore / incident.threshold;
  const bar = el('i', { class: incident.suppressed ? 'suppressed' : incident.severity.toLowerCase() });
  bar.style.width = `${Math.max(4, Math.min(100, ratio * 20))}%`;
  return el('span', { class: 'strength', title: `peak score ${value(incident.peakScore)}, threshold ${value(incident.threshold)}` },
    el('span', { class: 'num' }, `${ratio.toFixed(1)} ×`), el('span', { class: 'track', 'aria-hidden': 'true' }, bar),
    el('span', { class: 'hidden-text' }, ' of the threshold'));
}

/** One line of a list: sign, subject, sentence, causes, since when, how long, how strong. */
export function incidentLine(incident, { withEntity = true } = {}) {
  const name = withEntity ? subject(incident) : kindName(incident.kind);
  return el('li', { class: `line ${isOpen(incident) ? 'open' : ''}`, 'data-line': true, 'data-id': incident.id },
    el('span', { class: 'line-sign' }, glyph(incident.severity, Boolean(incident.suppressed))),
    el('div', { class: 'line-main' },
      el('div', { class: 'row line-top' },
        link(incidentAddress(incident.id), { class: 'line-name break' }, name),
        incident.kind !== 'ANOMALY' && withEntity && el('span', { class: 'tag accent' }, kindName(incident.kind)),
        incident.kind === 'ANOMALY' && incident.shape !== 'UNKNOWN' && el('span', { class: 'tag' }, shapeName(incident.shape)),
        incident.group && link(incidentAddress(incident.group), { class: 'tag' }, 'in an outbreak'),
        feedbackTag(incident.feedback)),
      el('p', { class: 'line-text soft break' }, sentence(incident)),
      incident.suppressed && el('p', { class: 'small muted break' }, `Suppressed: ${incident.suppressed}`)),
    el('div', { class: 'line-time num' },
      el('span', { title: exact(incident.start) }, when(incident.start)),
      el('span', { class: 'small muted' }, isOpen(incident) ? `open for ${lasting(incident)}` : lasting(incident))),
    el('div', { class: 'line-strength' }, strength(incident)));
}

export function incidentLines(incidents, options) {
  return el('ul', { class: 'lines' }, incidents.map(incident => incidentLine(incident, options)));
}

export const entityLink = (name, attributes = {}) => link(entityAddress(name), { class: 'break', ...attributes }, name || 'unnamed entity');

/** Fills a place again and leaves the focus and the picked line where they were. */
export function keepFocus(place, draw) {
  const href = place.contains(document.activeElement) ? document.activeElement.getAttribute('href') : null;
  const picked = place.querySelector('.picked')?.dataset.id;
  draw();
  if (picked) {
    [...place.querySelectorAll('[data-id]')].find(line => line.dataset.id === picked)?.classList.add('picked');
  }
  if (href) {
    [...place.querySelectorAll('a')].find(anchor => anchor.getAttribute('href') === href)?.focus({ preventScroll: true });
  }
}
