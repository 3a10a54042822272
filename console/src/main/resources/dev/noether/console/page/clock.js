const FAR = 86400e3;
let behind = 0;

/** Notes the newest event time. A replay of old data, or a simulation, has a time of its own. */
export function noteEventTime(status) {
  const gap = status.eventTime ? status.serverTime - status.eventTime : 0;
  behind = Math.abs(gap) > FAR ? gap : 0;
}

/** The present in event time: the clock of this machine, or the newest event where the data are of another day. */
export const present = () => Date.now() - behind;

export const isReplay = () => behind !== 0;
