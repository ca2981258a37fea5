/**
 * @typedef {import('./api.js').CallEntry} CallEntry
 * @typedef {import('./api.js').InboxMessage} InboxMessage
 *
 * @typedef {object} Row
 * @property {number} after milliseconds after the story began
 * @property {number} lasted milliseconds
 * @property {string} lane who
 * @property {string} text
 * @property {boolean} failed
 *
 * @typedef {{ after: number, text: string, failed: boolean }} Told what the phone itself did
 * @typedef {{ sentAt: number, told: Told[] }} Story `sentAt`: epoch ms, local clock
 */

/** What the page itself asks for, and what runs whether anybody presses or not. */
const background = new Set(['answer-queries', 'probe-press', 'operator', 'unknown']);

/** @type {Readonly<Record<string, string>>} */
const serviceNames = { dynamodb: 'Table', sns: 'SNS', location: 'Location', kms: 'KMS', sqs: 'SQS' };

/** @param {CallEntry} call */
const invocationOf = (call) => call.requestId ?? call.function;

/**
 * The watchman looks every minute; it belongs to the story only when it found something to do.
 * @param {readonly CallEntry[]} calls
 */
const withoutIdleWatchmen = (calls) => {
  const busy = new Set(
    calls.filter(({ operation, outcome }) => operation !== 'Query' || outcome !== 'ok').map(invocationOf),
  );
  return calls.filter((call) => call.function !== 'watchman' || busy.has(invocationOf(call)));
};

/**
 * Equal calls of one invocation that follow each other stand in one row.
 * @param {readonly CallEntry[]} calls
 * @param {number} sentAt
 * @returns {Row[]}
 */
const rowsOfCalls = (calls, sentAt) => {
  /** @type {Map<string, { row: Row, key: string, name: string, outcome: string, count: number }>} */
  const latest = new Map();
  /** @type {Row[]} */
  const rows = [];
  for (const call of calls) {
    const after = Date.parse(call.at) - sentAt;
    const { service, operation, outcome } = call;
    const name = `${serviceNames[service] ?? service} ${operation}`;
    const key = `${name} ${outcome}`;
    const before = latest.get(invocationOf(call));
    if (before?.key === key) {
      before.count += 1;
      before.row.lasted = Math.max(before.row.lasted, after + call.durationMs - before.row.after);
      before.row.text = `${name} ×${before.count}${outcome === 'ok' ? '' : `: ${outcome}`}`;
    } else {
      const text = outcome === 'ok' ? name : `${name}: ${outcome}`;
      const row = { after, lasted: call.durationMs, lane: call.function, text, failed: outcome !== 'ok' };
      rows.push(row);
      latest.set(invocationOf(call), { row, key, name, outcome, count: 1 });
    }
  }
  return rows;
};

/** @type {Readonly<Record<string, string>>} */
const protocolNames = {
  sms: 'SMS',
  email: 'Mail',
  'email-json': 'Mail',
  http: 'Webhook',
  https: 'Webhook',
  sqs: 'Queue',
};

/**
 * All that happened since the story began, in order.
 * @param {Story} story
 * @param {readonly CallEntry[]} calls
 * @param {readonly InboxMessage[]} inbox
 * @param {(message: InboxMessage) => string} nameOf whose endpoint it is
 * @returns {Row[]}
 */
export const timelineRows = ({ sentAt, told }, calls, inbox, nameOf) => {
  const ours = calls.filter((call) => Date.parse(call.at) >= sentAt && !background.has(call.function));
  const inOrder = withoutIdleWatchmen(ours).toSorted((a, b) => a.at.localeCompare(b.at));
  const received = inbox
    .filter(({ at }) => Date.parse(at) >= sentAt)
    .map((message) => ({
      after: Date.parse(message.at) - sentAt,
      lasted: 0,
      lane: 'received',
      text: `${protocolNames[message.protocol] ?? message.protocol} → ${nameOf(message)}`,
      failed: false,
    }));
  const phone = told.map(({ after, text, failed }) => ({ after, lasted: 0, lane: 'phone', text, failed }));
  // Of one millisecond, what the stack did before what the phone saw of it.
  return [...rowsOfCalls(inOrder, sentAt), ...received, ...phone].toSorted((a, b) => a.after - b.after);
};
