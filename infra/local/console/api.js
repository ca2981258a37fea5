/**
 * @typedef {import('../../local-aws/sns/state.ts').InboxMessage} InboxMessage
 * @typedef {import('../../local-aws/journal.ts').CallEntry} CallEntry
 * @typedef {import('../../local-aws/journal.ts').LogEntry} LogEntry
 * @typedef {import('../../local-aws/aws-endpoint/faults.ts').Fault} Fault
 * @typedef {import('../../../shared/contracts/alerts.ts').AlertStatusResponse} AlertStatus
 * @typedef {import('../../../shared/contracts/families.ts').RegisterFamilyResponse} Registration
 * @typedef {{ now: string }} Clock
 * @typedef {{ status: number, body: unknown }} Answer
 */

/**
 * @param {string} method
 * @param {string} path
 * @param {{ body?: object, token?: string }} [options]
 * @returns {Promise<Answer>} rejects only if the stack does not answer at all
 */
export const send = async (method, path, { body, token } = {}) => {
  const answer = await fetch(path, {
    method,
    cache: 'no-store',
    headers: {
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  const isJson = answer.headers.get('content-type')?.includes('json') === true;
  /** @type {unknown} */
  const parsed = isJson ? JSON.parse(text) : text;
  return { status: answer.status, body: parsed };
};

/** A refusal in words. @param {Answer} answer */
export const refusal = ({ status, body }) => {
  const title = typeof body === 'object' && body !== null && 'title' in body ? String(body.title) : '';
  return `${status}${title === '' ? '' : ` ${title}`}`;
};

/**
 * @param {'GET' | 'POST' | 'DELETE'} method
 * @param {string} path
 * @param {object} [body]
 */
const control = async (method, path, body) => {
  const answer = await send(method, path, body === undefined ? {} : { body });
  if (answer.status !== 200) throw new Error(`${method} ${path}: ${refusal(answer)}`);
  return answer.body;
};

// The stack that serves this page answers; the types are those of its own sources.
export const readInbox = async () => /** @type {InboxMessage[]} */ (await control('GET', '/_local/inbox'));
export const readCalls = async () => /** @type {CallEntry[]} */ (await control('GET', '/_local/calls'));
export const readLogs = async () => /** @type {LogEntry[]} */ (await control('GET', '/_local/logs'));
export const readFaults = async () => /** @type {Fault[]} */ (await control('GET', '/_local/faults'));
export const readClock = async () => /** @type {Clock} */ (await control('GET', '/_local/clock'));

/**
 * How far the stack's clock is ahead of this machine's, milliseconds. It is stepped by whole seconds as a rule, so that
 * the answer is exact although asking takes a while.
 */
export const readClockOffset = async () => {
  const before = Date.now();
  const { now } = await readClock();
  const [least, most] = [Date.parse(now) - Date.now(), Date.parse(now) - before];
  const whole = Math.ceil(least / 1000) * 1000;
  return whole <= most ? whole : Math.round((least + most) / 2);
};

/** Answers when all that the step caused has ended. @param {number} minutes */
export const advanceClock = (minutes) => control('POST', '/_local/clock', { advanceMinutes: minutes });

/** @param {Fault} fault */
export const addFault = (fault) => control('POST', '/_local/faults', fault);
export const clearFaults = () => control('DELETE', '/_local/faults');
export const resetStack = () => control('POST', '/_local/reset');

/** @returns {Promise<{ offices: Office[], cities: City[] }>} */
export const readPlaces = async () =>
  /** @type {{ offices: Office[], cities: City[] }} */ ((await send('GET', '/_local/console/places.json')).body);

/**
 * @typedef {{ id: string, city: string, state: string, latitude: number, longitude: number }} Office
 * @typedef {{ name: string, latitude: number, longitude: number }} City
 */
