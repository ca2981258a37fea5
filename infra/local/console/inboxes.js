import { byId, element, linked, showList } from './dom.js';
import { smsSize } from './sms-size.js';
import { timeOfDay } from './time.js';

/**
 * @typedef {import('./api.js').InboxMessage} InboxMessage
 * @typedef {{ title: string, address: string, messages: InboxMessage[] }} Box of one subscriber
 */

const familyPrefix = 'alert-button-family-';
const consulatePrefix = 'alert-button-consulate-';
const ministryTopic = 'alert-button-ministry';

/** @param {InboxMessage} message */
const marks = ({ attributes }) => [
  ...(attributes['drill'] === 'true' ? [element('span', { class: 'drill' }, 'drill'), ' '] : []),
  element('span', { class: 'muted' }, attributes['type'] ?? ''),
];

/** @param {InboxMessage} message */
const bubble = (message) => {
  const { parts, used, room } = smsSize(message.body);
  const raised = message.attributes['type']?.startsWith('alert.') === true;
  return element(
    'li',
    { class: `bubble${raised ? ' alert' : ''}${message.attributes['drill'] === 'true' ? ' exercise' : ''}` },
    element('p', {}, ...linked(message.body)),
    element(
      'p',
      { class: 'meta' },
      `${timeOfDay(message.at)} · ${parts} ${parts === 1 ? 'part' : 'parts'} · ${used}/${room}`,
    ),
  );
};

/** @param {InboxMessage} message @param {boolean} open */
const mail = (message, open) =>
  element(
    'li',
    {},
    element(
      'details',
      { class: 'mail', open },
      element(
        'summary',
        {},
        element('span', { class: 'subject' }, message.subject ?? '(no subject)'),
        element('span', { class: 'meta' }, `${timeOfDay(message.at, true)} `, ...marks(message)),
      ),
      element('pre', {}, ...linked(message.body.trim())),
    ),
  );

/** @param {InboxMessage} message */
const idOf = ({ messageId, protocol, endpoint }) => `${messageId} ${protocol} ${endpoint}`;

/** @param {readonly InboxMessage[]} messages @param {(message: InboxMessage) => string} titleOf @returns {Box[]} */
const boxesOf = (messages, titleOf) => {
  const byEndpoint = Map.groupBy(messages, (message) => `${message.topic} ${message.protocol} ${message.endpoint}`);
  return Array.from(byEndpoint.values()).flatMap((own) => {
    const [first] = own;
    return first === undefined ? [] : [{ title: titleOf(first), address: first.endpoint, messages: own }];
  });
};

/** @param {Box} box @param {string} kind */
const frame = ({ title, address }, kind) =>
  element(
    'article',
    { class: kind, 'aria-label': `${title}, ${address}` },
    element('header', {}, element('strong', {}, title), ' ', element('span', { class: 'muted' }, address)),
    element('ol', {}),
    element('p', { class: 'empty' }, 'Nothing yet'),
  );

/**
 * @param {Element} place
 * @param {(Box & { kind: 'phone' | 'mailbox' })[]} boxes
 * @param {boolean} unfold whether a mailbox's first message stands open
 */
const showBoxes = (place, boxes, unfold) => {
  showList(
    place,
    boxes,
    ({ kind, address, title }) => `${kind} ${address} ${title}`,
    (box) => frame(box, box.kind),
  );
  for (const [index, { kind, messages }] of boxes.entries()) {
    const box = place.children[index];
    const list = box?.querySelector('ol');
    const empty = box?.querySelector('.empty');
    if (!list) continue;
    if (empty instanceof HTMLElement) empty.hidden = messages.length > 0;
    if (kind === 'mailbox') {
      showList(list, messages.toReversed(), idOf, (message) =>
        mail(message, unfold && index === 0 && messages.length === 1),
      );
    } else if (showList(list, messages, idOf, bubble)) {
      list.scrollTop = list.scrollHeight;
    }
  }
};

/**
 * Phones as bubbles, everything else as a mailbox; contacts of the family of this page stand there from the start.
 * @param {readonly InboxMessage[]} inbox
 * @param {import('./family.js').Family | undefined} family
 */
const familyBoxes = (inbox, family) => {
  const prefix = `${familyPrefix}${family?.familyId ?? ''}`;
  const messages = inbox.filter(({ topic }) => topic.startsWith(prefix));
  const kindOf = (/** @type {string} */ protocol) =>
    protocol === 'sms' ? /** @type {const} */ ('phone') : /** @type {const} */ ('mailbox');
  const known = (family?.contacts ?? []).map(({ name, channel, endpoint }) => ({
    title: name,
    address: endpoint,
    kind: kindOf(channel),
    messages: messages.filter((message) => message.endpoint === endpoint),
  }));
  const addresses = new Set(known.map(({ address }) => address));
  const others = messages.filter(({ endpoint }) => !addresses.has(endpoint));
  const boxes = [
    ...known,
    ...boxesOf(others, () => 'A contact').map((box) => ({ ...box, kind: kindOf(box.messages[0]?.protocol ?? '') })),
  ];
  return boxes.toSorted((a, b) => Number(b.kind === 'phone') - Number(a.kind === 'phone'));
};

/**
 * @param {readonly InboxMessage[]} inbox
 * @param {import('./family.js').Family | undefined} family
 * @param {ReadonlyMap<string, string>} cities of the offices, by id
 */
export const showInboxes = (inbox, family, cities) => {
  const phones = familyBoxes(inbox, family);
  byId('phones-empty', HTMLElement).hidden = phones.length > 0;
  showBoxes(byId('phones', HTMLElement), phones, false);

  const elsewhere = inbox.filter(({ topic }) => !topic.startsWith(familyPrefix));
  const offices = boxesOf(elsewhere, (message) => officeName(message, cities))
    .map((box) => ({ ...box, kind: /** @type {const} */ ('mailbox') }))
    .toSorted((a, b) => latestOf(b).localeCompare(latestOf(a)));
  byId('offices-empty', HTMLElement).hidden = offices.length > 0;
  showBoxes(byId('offices', HTMLElement), offices, true);
};

/** Which office spoke last decides the order; the ministry, which gets everything, stands last of equals. @param {Box} box */
const latestOf = ({ title, messages }) => `${title === 'Ministry' ? 0 : 1} ${messages.at(-1)?.at ?? ''}`;

/** @param {InboxMessage} message @param {ReadonlyMap<string, string>} cities */
const officeName = ({ topic }, cities) => {
  if (topic === ministryTopic) return 'Ministry';
  const id = topic.startsWith(consulatePrefix) ? topic.slice(consulatePrefix.length) : undefined;
  return id === undefined ? topic : `Consulate ${cities.get(id) ?? id}`;
};

/** Whose endpoint it is, in two words. @param {import('./family.js').Family | undefined} family @param {ReadonlyMap<string, string>} cities */
export const whose = (family, cities) => (/** @type {InboxMessage} */ message) => {
  const contact = family?.contacts.find(({ endpoint }) => endpoint === message.endpoint);
  if (contact !== undefined) return contact.name;
  return message.topic.startsWith(familyPrefix) ? message.endpoint : officeName(message, cities);
};
