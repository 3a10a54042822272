import { post } from './api.js';
import { button, el } from './dom.js';
import { subject } from './format.js';
import { live } from './live.js';
import { store, stored, token } from './prefs.js';
import { toast } from './states.js';

const VERDICTS = {
  CONFIRM: ['Confirm the incident', 'It was a real problem. It is left out of the next training, so that the model does not learn it.', 'Confirm'],
  DISMISS: ['Dismiss as normal', 'It was no problem. Scores like it of this entity are suppressed from now on.', 'Dismiss as normal'],
  WITHDRAW: ['Take the feedback back', 'The incident counts as if nobody had judged it.', 'Take back'],
};

/** Asks for a note and a name, and for the token where the tab has none, then writes the feedback. */
export function judge(incident, verdict, done) {
  const [title, text, action] = VERDICTS[verdict];
  const readOnly = live.status?.readOnly;
  const note = el('textarea', { class: 'field', rows: 2, maxlength: 2000, name: 'note' });
  const author = el('input', { class: 'field', name: 'author', autocomplete: 'name', maxlength: 200, value: stored('author') ?? '' });
  const secret = el('input', { class: 'field', name: 'token', type: 'password', autocomplete: 'off', value: token.get() });
  const secretLabel = el('label', {}, 'Token', secret, el('small', {}, 'The one in the file that console.tokenFile names. This tab keeps it until it is closed.'));
  secretLabel.hidden = token.get() !== '';
  const wrong = el('p', { class: 'wrong break', role: 'alert' });
  wrong.hidden = true;
  const send = el('button', { class: 'btn primary', type: 'submit' }, action);
  const dialog = el('dialog', { 'aria-label': title });
  const form = el('form', { class: 'inner' }, el('h2', {}, title), el('p', { class: 'soft break' }, `${subject(incident)}: ${text}`),
    readOnly ? el('p', { class: 'wrong' }, 'This console is read-only. Set console.tokenFile, start it again, and feedback can be given here.') : [
      el('label', {}, 'Note', note, el('small', {}, 'Why: the next person on call reads it.')),
      el('label', {}, 'Your name', author), secretLabel, wrong,
    ],
    el('div', { class: 'actions' }, button(readOnly ? 'Close' : 'Cancel', { onclick: () => dialog.close() }), readOnly ? null : send));
  form.addEventListener('submit', async event => {
    event.preventDefault();
    send.disabled = true;
    wrong.hidden = true;
    try {
      const answer = await post('feedback', { incident: incident.id, verdict, note: note.value.trim(), author: author.value.trim() }, secret.value.trim());
      store('author', author.value.trim());
      token.set(secret.value.trim());
      dialog.close();
      toast(answer.lines.join(' '));
      done?.();
    } catch (failure) {
      if (failure.status === 401) {
        token.set('');
        secretLabel.hidden = false;
        secret.value = '';
        secret.focus();
      }
      wrong.textContent = failure.message;
      wrong.hidden = false;
    } finally {
      send.disabled = false;
    }
  });
  dialog.append(form);
  dialog.addEventListener('close', () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
  (readOnly ? dialog.querySelector('button') : note).focus();
}

/** The buttons under an incident. The keys `c` and `d` press the first two. */
export function feedbackButtons(incident, done) {
  const press = verdict => () => judge(incident, verdict, done);
  return el('div', { class: 'row' },
    button('Confirm', { 'data-key': 'c', 'aria-keyshortcuts': 'c', onclick: press('CONFIRM'), disabled: incident.feedback === 'CONFIRMED' }),
    button('That is normal', { 'data-key': 'd', 'aria-keyshortcuts': 'd', onclick: press('DISMISS'), disabled: incident.feedback === 'DISMISSED' }),
    incident.feedback ? button('Take back', { class: 'quiet', onclick: press('WITHDRAW') }) : null);
}
