import { get } from './api.js';
import { noteEventTime } from './clock.js';

/**
 * Follows the server's events while the tab is seen: a browser has only six connections to a host, for all its tabs. The browser connects again by itself; the server then sends what was missed, or `reset`.
 * Listeners hear `status`, `incident`, `feedback`, `model`, `reset` and `connection` (true or false).
 */
class Live extends EventTarget {
  status = null;
  connected = null;
  #source = null;
  #timer = 0;
  #wasLost = false;

  start() {
    document.addEventListener('visibilitychange', () => (document.visibilityState === 'hidden' ? this.#rest() : this.#open()));
    if (document.visibilityState !== 'hidden') {
      this.#open();
    }
  }

  /** Gives the connection back. What happens meanwhile is read anew when the tab is seen again. */
  #rest() {
    clearTimeout(this.#timer);
    this.#source?.close();
    this.#source = null;
    this.connected = null;
    this.#wasLost = true;
  }

  #open() {
    clearTimeout(this.#timer);
    this.#source?.close();
    const source = new EventSource('/api/stream');
    this.#source = source;
    source.onopen = () => this.#connection(true);
    source.onerror = () => {
      this.#connection(false);
      if (source.readyState === EventSource.CLOSED) {
        this.#timer = setTimeout(() => this.#open(), 2000);
      }
    };
    for (const type of ['status', 'incident', 'feedback', 'model', 'reset']) {
      source.addEventListener(type, event => this.#hear(type, JSON.parse(event.data || '{}')));
    }
  }

  #hear(type, data) {
    if (type === 'status') {
      this.#restarted(data);
      noteEventTime(data);
      this.status = data;
    }
    this.dispatchEvent(new CustomEvent(type, { detail: data }));
  }

  /** A console that was started again may not know the last event of this page. */
  #restarted(data) {
    if (this.status && this.status.startedAt !== data.startedAt) {
      this.dispatchEvent(new CustomEvent('reset', { detail: {} }));
    }
  }

  #connection(on) {
    if (this.connected === on) {
      return;
    }
    this.connected = on;
    this.#wasLost ||= !on;
    this.dispatchEvent(new CustomEvent('connection', { detail: on }));
    if (on && this.#wasLost) {
      this.#wasLost = false;
      this.dispatchEvent(new CustomEvent('reset', { detail: {} }));
    }
  }

  /** The newest status; asks for one if none has come yet. */
  async now() {
    if (this.status === null) {
      this.status = await get('status');
      noteEventTime(this.status);
    }
    return this.status;
  }
}

export const live = new Live();
