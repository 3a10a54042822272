/** An answer of the server that is not 2xx, or none at all (status 0). The message is a sentence for the viewer. */
export class ApiError extends Error {
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

const LOST = 'The console does not answer. It is tried again when the connection is back.';

const TRIES = 5;

/** Asks; asks again later if the console has other large answers to make. */
async function reply(path, options) {
  for (let tries = 1; ; tries++) {
    const response = await fetch(path, options);
    const wait = Number(response.headers.get('Retry-After'));
    if (response.status !== 503 || !wait || tries === TRIES) {
      return response;
    }
    await new Promise(resolve => setTimeout(resolve, wait * 1000));
    options.signal?.throwIfAborted();
  }
}

async function answer(path, options) {
  let response;
  try {
    response = await reply(path, options);
  } catch (failure) {
    throw failure.name === 'AbortError' ? failure : new ApiError(0, LOST);
  }
  let body = null;
  try {
    body = await response.json();
  } catch (failure) {
    if (failure.name === 'AbortError') {
      throw failure;
    }
  }
  if (!response.ok || body === null) {
    throw new ApiError(response.status, body?.error ?? `The console answered with status ${response.status}.`);
  }
  return body;
}

function query(values) {
  const text = new URLSearchParams();
  for (const [name, value] of Object.entries(values)) {
    if (value !== null && value !== undefined && value !== '') {
      text.set(name, typeof value === 'number' ? String(Math.round(value)) : value);
    }
  }
  return text.size ? `?${text}` : '';
}

/** Reads `/api/NAME`. Empty values are left out of the query. */
export function get(name, values = {}, signal = undefined) {
  return answer(`/api/${name}${query(values)}`, { signal, headers: { Accept: 'application/json' } });
}

export function post(name, body, token) {
  return answer(`/api/${name}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${token}` },
    body: JSON.stringify(body),
  });
}

/** The address of a view with these values. */
export function address(view, values = {}) {
  return `/${view}${query(values)}`;
}

export const entityAddress = (name, more = {}) => address('entity', { name, ...more });
export const incidentAddress = id => address('incident', { id });
