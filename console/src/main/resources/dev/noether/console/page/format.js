import { present } from './clock.js';
import { zone } from './prefs.js';

const cache = new Map();

function formatter(options) {
  const key = zone() + JSON.stringify(options);
  if (!cache.has(key)) {
    cache.set(key, new Intl.DateTimeFormat('en-GB', {
      ...options, timeZone: zone() === 'utc' ? 'UTC' : undefined, hourCycle: 'h23',
    }));
  }
  return cache.get(key);
}

const DAY = { day: 'numeric', month: 'short' };
const MINUTE = { hour: '2-digit', minute: '2-digit' };
const SECOND = { ...MINUTE, second: '2-digit' };

function parts(options, time) {
  return Object.fromEntries(formatter(options).formatToParts(time).map(part => [part.type, part.value]));
}

/** A point in time: today without the date, other years with the year. */
export function when(time, seconds = false) {
  if (time === null || time === undefined) {
    return '–';
  }
  const now = Date.now();
  const clock = formatter(seconds ? SECOND : MINUTE).format(time);
  const date = formatter({ ...DAY, year: 'numeric' });
  if (date.format(time) === date.format(now)) {
    return clock;
  }
  const sameYear = parts({ year: 'numeric' }, time).year === parts({ year: 'numeric' }, now).year;
  return `${(sameYear ? formatter(DAY) : date).format(time)}, ${clock}`;
}

export function exact(time) {
  const options = { year: 'numeric', month: '2-digit', day: '2-digit', ...SECOND, timeZoneName: 'short' };
  const p = parts(options, time);
  return `${p.year}-${p.month}-${p.day} ${p.hour}:${p.minute}:${p.second} ${p.timeZoneName}`;
}

/** A tick of a time axis whose ticks are `step` milliseconds apart. */
export function tick(time, step) {
  const p = parts({ ...DAY, ...SECOND }, time);
  if (step >= 86400e3 || (p.hour === '00' && p.minute === '00' && p.second === '00')) {
    return formatter(DAY).format(time);
  }
  return step >= 60e3 ? `${p.hour}:${p.minute}` : `${p.hour}:${p.minute}:${p.second}`;
}

/** Offset of the zone from UTC at a time, milliseconds: the ticks of an axis stand on whole local hours. */
export function zoneOffset(time) {
  return zone() === 'utc' ? 0 : -new Date(time).getTimezoneOffset() * 60e3;
}

/** A duration in at most two units. */
export function span(millis) {
  if (millis === null || millis === undefined || !Number.isFinite(millis)) {
    return '–';
  }
  const seconds = Math.max(0, Math.round(millis / 1000));
  if (seconds < 60) {
    return `${seconds} s`;
  }
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) {
    return `${minutes} min`;
  }
  const hours = Math.floor(minutes / 60);
  if (hours < 48) {
    return minutes % 60 && hours < 10 ? `${hours} h ${minutes % 60} min` : `${hours} h`;
  }
  return `${Math.floor(hours / 24)} d`;
}

export function ago(time, now = present()) {
  if (time === null || time === undefined) {
    return '–';
  }
  return now - time < 5000 ? 'just now' : `${span(now - time)} ago`;
}

const whole = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });

export function count(value) {
  return value === null || value === undefined ? '–' : whole.format(value);
}

/** A value of unknown size in at most four significant digits. */
export function value(number) {
  if (number === null || number === undefined || !Number.isFinite(number)) {
    return '–';
  }
  const size = Math.abs(number);
  if (size >= 1e7 || (size > 0 && size < 1e-4)) {
    return number.toExponential(2).replace('e', '\u2009e').replace('+', '').replace('-', '−');
  }
  const text = size >= 1000 ? whole.format(number) : String(Number(number.toPrecision(4)));
  return text.replace('-', '−');
}

export function bytes(number) {
  if (number === null || number === undefined) {
    return '–';
  }
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];
  let size = number;
  let unit = 0;
  while (size >= 1024 && unit < units.length - 1) {
    size /= 1024;
    unit++;
  }
  return `${size < 10 && unit ? size.toFixed(1) : Math.round(size)} ${units[unit]}`;
}

export function plural(number, one, many = `${one}s`) {
  return `${count(number)} ${number === 1 ? one : many}`;
}

const KINDS = { ANOMALY: 'anomaly', SILENCE: 'silence', STALL: 'stalled source', GROUP: 'outbreak', OTHER: 'other' };
const SHAPES = {
  LEVEL: 'level shift', SPIKE: 'spike', STUCK: 'stuck value', CORRELATION: 'broken correlation', DRIFT: 'slow drift',
  SILENCE: 'silence', UNKNOWN: 'unknown',
};
const STATES = { OPENED: 'open', UPDATED: 'open, worse', RESOLVED: 'resolved' };

export const kindName = kind => KINDS[kind] ?? String(kind ?? '').toLowerCase();
export const shapeName = shape => SHAPES[shape] ?? String(shape ?? '').toLowerCase();
export const stateName = state => STATES[state] ?? String(state ?? '').toLowerCase();
export const isOpen = incident => incident.state !== 'RESOLVED';

/** What an incident is about: an entity, or for outbreaks and stalls their scope. */
export function subject(incident) {
  if (incident.kind === 'GROUP') {
    return `${count(incident.memberCount)} entities`;
  }
  return incident.entity || (incident.kind === 'STALL' ? 'The source' : 'unnamed entity');
}

/** The sentence of an incident without its subject, which stands beside it. */
export function sentence(incident) {
  const text = incident.description ?? '';
  const head = `${incident.entity}: `;
  return incident.entity && text.startsWith(head) ? text.slice(head.length) : text;
}
