import { byId, element, showList } from './dom.js';
import { afterText } from './time.js';
import { timelineRows } from './timeline-rows.js';

/** @typedef {import('./timeline-rows.js').Row} Row */

/** What comes later, after a step of the clock, would leave the first second no width. */
const drawnUntilMs = 15_000;

/** @type {Readonly<Record<string, string>>} */
const laneNames = {
  phone: 'phone',
  received: 'received',
  'raise-alert': 'press',
  'register-family': 'register',
  'announce-to-family': 'family',
  'announce-to-authorities': 'authorities',
};

/** @param {string} lane */
const laneLabel = (lane) => element('span', { class: `lane lane-${lane}`, title: lane }, laneNames[lane] ?? lane);

/** @param {Row} row */
const rowView = ({ after, lasted, lane, text, failed }) => {
  const took = lasted > 0 ? element('span', { class: 'muted took' }, `${Math.round(lasted)} ms`) : '';
  return element(
    'li',
    { class: `row lane-${lane}${failed ? ' failed' : ''}` },
    element('span', { class: 'after' }, afterText(after)),
    laneLabel(lane),
    element('span', { class: 'what' }, text, ' ', took),
  );
};

/** @param {Row[]} rows of one lane @param {string} lane @param {number} scale milliseconds that fill the width */
const track = (rows, lane, scale) => {
  const marks = rows.map(({ after, lasted, failed }) => {
    const mark = element('span', { class: failed ? 'span failed' : 'span' });
    mark.style.setProperty('--from', String(after / scale));
    mark.style.setProperty('--width', String(Math.min(lasted, scale - after) / scale));
    return mark;
  });
  return element('div', { class: `track lane-${lane}` }, ...marks);
};

/** The first seconds at a glance: a line for each who acts. @param {Row[]} rows */
const overview = (rows) => {
  const early = rows.filter(({ after }) => after <= drawnUntilMs);
  if (early.length < 2) return [];
  const scale = Math.max(1, ...early.map(({ after }) => after)) * 1.02;
  const lanes = Array.from(Map.groupBy(early, ({ lane }) => lane));
  const inOrder = lanes.toSorted(([a], [b]) => Number(a === 'received') - Number(b === 'received'));
  return [
    ...inOrder.flatMap(([lane, own]) => [laneLabel(lane), track(own, lane, scale)]),
    element('div', { class: 'axis' }, element('span', {}, '0 ms'), element('span', {}, afterText(scale / 1.02))),
  ];
};

/**
 * @param {import('./timeline-rows.js').Story | undefined} story
 * @param {readonly import('./api.js').CallEntry[]} calls
 * @param {readonly import('./api.js').InboxMessage[]} inbox
 * @param {(message: import('./api.js').InboxMessage) => string} nameOf
 */
export const showTimeline = (story, calls, inbox, nameOf) => {
  const rows = story === undefined ? [] : timelineRows(story, calls, inbox, nameOf);
  byId('timeline-empty', HTMLElement).hidden = rows.length > 0;
  const keyed = rows.map((row, index) => ({ row, key: JSON.stringify([index, row]) }));
  const changed = showList(
    byId('timeline', HTMLOListElement),
    keyed,
    ({ key }) => key,
    ({ row }) => rowView(row),
  );
  if (changed) byId('overview', HTMLElement).replaceChildren(...overview(rows));
};
