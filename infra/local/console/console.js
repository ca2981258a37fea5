import { readCalls, readClock, readFaults, readInbox, readLogs, readPlaces, resetStack } from './api.js';
import { byId, element, showList } from './dom.js';
import { showInboxes, whose } from './inboxes.js';
import { createLevers } from './levers.js';
import { createPhone } from './phone.js';
import { createPlace } from './place.js';
import { timeOfDay } from './time.js';
import { showTimeline } from './timeline.js';

const calmMs = 700;
/** Right after a click things happen within milliseconds. */
const busyMs = 150;
const busyForMs = 2500;
const logLinesShown = 150;

const places = await readPlaces();
const cityOf = new Map(places.offices.map(({ id, city }) => [id, city]));
const place = createPlace(places, () => phone.show());
const phone = createPhone(place, places.cities);
const notice = byId('notice', HTMLElement);
const log = byId('log', HTMLDetailsElement);

let busyUntil = 0;
/** @type {ReturnType<typeof setTimeout> | undefined} */
let timer;
/** What the alert's status can depend on, when it was last asked for. */
let askedAt = '';

/** @param {unknown} error */
const messageOf = (error) => (error instanceof Error ? error.message : String(error));

const showLog = async () => {
  if (!log.open) return;
  const lines = (await readLogs())
    .slice(-logLinesShown)
    .map((entry, index) => ({ entry, key: `${index} ${entry.at} ${entry.line}` }));
  const list = byId('log-lines', HTMLOListElement);
  const changed = showList(
    list,
    lines,
    ({ key }) => key,
    ({ entry: { at, function: name, line } }) =>
      element('li', {}, element('span', { class: 'muted' }, `${timeOfDay(at, true)} ${name} `), line),
  );
  if (changed) list.scrollTop = list.scrollHeight;
};

const look = async () => {
  const [{ now }, inbox, calls, faults] = await Promise.all([readClock(), readInbox(), readCalls(), readFaults()]);
  byId('now', HTMLTimeElement).textContent = timeOfDay(now, true);
  levers.show(faults);
  const family = phone.family();
  showInboxes(inbox, family, cityOf);
  showTimeline(phone.story(), calls, inbox, whose(family, cityOf));
  const seen = `${phone.story()?.sentAt} ${inbox.length} ${calls.filter((call) => call.function !== 'answer-queries').length}`;
  if (seen !== askedAt) {
    askedAt = seen;
    await phone.ask();
  }
  await showLog();
};

const poll = async () => {
  clearTimeout(timer);
  if (document.hidden) return;
  try {
    await look();
    if (notice.dataset['kind'] === 'lost') notice.textContent = '';
  } catch (error) {
    notice.dataset['kind'] = 'lost';
    notice.textContent = error instanceof TypeError ? 'The local stack does not answer' : messageOf(error);
  }
  clearTimeout(timer);
  timer = setTimeout(() => void poll(), performance.now() < busyUntil ? busyMs : calmMs);
};

/** Runs what a button asks for, one at a time, and looks at once. @param {() => Promise<unknown>} work */
const perform = (work) => {
  if (document.body.getAttribute('aria-busy') === 'true') return;
  document.body.setAttribute('aria-busy', 'true');
  notice.textContent = '';
  busyUntil = performance.now() + busyForMs;
  work()
    .catch((error) => {
      notice.dataset['kind'] = 'refused';
      notice.textContent = messageOf(error);
    })
    .finally(() => {
      document.body.removeAttribute('aria-busy');
      busyUntil = performance.now() + busyForMs;
      void poll();
    });
};

const levers = createLevers(perform);
phone.form.addEventListener('submit', (event) => {
  event.preventDefault();
  perform(phone.register);
});
byId('press', HTMLButtonElement).addEventListener('click', () => perform(phone.press));
phone.againButton.addEventListener('click', () => perform(phone.again));
byId('reset', HTMLButtonElement).addEventListener('click', () => {
  perform(async () => {
    await resetStack();
    phone.forget();
  });
});
log.addEventListener('toggle', () => void poll());
document.addEventListener('visibilitychange', () => void poll());
phone.show();
void poll();
