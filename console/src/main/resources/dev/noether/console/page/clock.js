const FAR = 86400e3;
let behind = 0;

/** Notes the newest event time. A replay of old data, or a simulation, has a time of its own. */
export function noteEventTime(status) {
  const gap = status.eventTime ? status.serverTime - status.eventTime : 0;
  behind = Math.abs(gap) > FAR ? gap : 0;
}

/** The present in event time: the clock of this machine, or the newest event where the data are of another day. */
export const present = () => Date.now() - behind;

const OLD = 6 * 3600e3;
const QUIET = 600e3;

/** Since when no score has come although the newest is old, `{ since, newest, started }`; null if all is well. A replay
 * of old data is not quiet: its scores come now. */
export function quiet(status) {
  const last = status.rates.lastScoreAt;
  const read = status.topics.some(topic => topic.role === 'scores' && topic.state === 'following');
  if (!read || !status.eventTime || status.serverTime - status.eventTime < OLD || (last && status.serverTime - last < QUIET)) {
    return null;
  }
  return { since: last ?? status.startedAt, newest: status.eventTime, started: !last };
}

export const isReplay = () => behind !== 0;
