import { el, svg } from './dom.js';

// Each severity has a form and a letter of its own, so that no meaning rests on colour alone.
const FORMS = {
  CRITICAL: ['critical', 'M6.2 1.5h7.6L19 6.700v7.600L13.800 18.500H6.200L1 14.300V6.700z', 'C', 13.4],
  HIGH: ['high', 'M10 1.200 19.400 17.600Q19.600 18.500 18.600 18.500H1.400Q.400 18.500.600 17.600z', 'H', 15.6],
  MEDIUM: ['medium', 'M10 .800 19.200 10 10 19.200.800 10z', 'M', 13.3],
  LOW: ['low', 'M10 1.500a8.500 8.500 0 1 1 0 17 8.500 8.500 0 1 1 0-17z', 'L', 13.3],
};
const NAMES = { CRITICAL: 'critical', HIGH: 'high', MEDIUM: 'medium', LOW: 'low' };

export const SEVERITIES = ['CRITICAL', 'HIGH', 'MEDIUM', 'LOW'];
export const severityName = severity => NAMES[severity] ?? 'unknown';
export const level = incident => (incident.suppressed ? 0 : SEVERITIES.length - SEVERITIES.indexOf(incident.severity));

/** The sign of a severity; with a label for screen readers unless `silent`. */
export function glyph(severity, suppressed = false, silent = false) {
  const label = suppressed ? `suppressed, ${severityName(severity)}` : severityName(severity);
  const attributes = silent ? { 'aria-hidden': 'true' } : { role: 'img', 'aria-label': label };
  if (suppressed || !FORMS[severity]) {
    return svg('svg', { class: 'glyph suppressed', viewBox: '0 0 20 20', ...attributes },
      svg('path', { d: 'M10 2.500a7.500 7.500 0 1 1 0 15 7.500 7.500 0 1 1 0-15zM5 15 15 5' }));
  }
  const [name, path, letter, base] = FORMS[severity];
  return svg('svg', { class: `glyph ${name}`, viewBox: '0 0 20 20', ...attributes },
    svg('path', { d: path }), svg('text', { x: 10, y: base }, letter));
}

export function badge(incident) {
  const suppressed = Boolean(incident.suppressed);
  return el('span', { class: 'badge' }, glyph(incident.severity, suppressed, true),
    suppressed ? 'Suppressed' : severityName(incident.severity).replace(/^./, letter => letter.toUpperCase()));
}

const LEVELS = ['suppressed', 'low', 'medium', 'high', 'critical'];

/** The colours of the levels 0 (suppressed) to 4 (critical) in the theme that is on. */
export function levelColours() {
  const style = getComputedStyle(document.documentElement);
  return LEVELS.map(name => style.getPropertyValue(`--${name}`).trim());
}

export function feedbackTag(feedback) {
  if (!feedback) {
    return null;
  }
  return el('span', { class: `tag ${feedback === 'CONFIRMED' ? 'bad' : 'good'}` },
    feedback === 'CONFIRMED' ? 'confirmed' : 'dismissed as normal');
}
