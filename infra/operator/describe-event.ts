import { type TimelineEntry, timelineEntry } from '../../shared/contracts/timeline.ts';
import { consulateById, ministryDesk } from '../../shared/data/consulates.ts';
import { describe, sentenceOf } from '../../shared/telling/describe.ts';
import { officeRef } from '../../shared/telling/office-ref.ts';
import { catalogues } from '../../shared/words/catalogues.ts';
import type { SeenAlert, AlertEvent, AlertRecord } from './alert-items.ts';

/** What the commands say of cases: the words of pages and messages. */
export const words = catalogues.en;

const nameOf = (id: string) => officeRef({ consulateById, desk: ministryDesk }, id);

/** Stands for what these commands do not read (G8): it leaves nothing in the sentence. */
const unread = {
  name: '',
  text: '',
  phone: '',
  tried: [],
  pressId: '',
  contact: '',
  matter: 'immigration',
  roster: { id: '', name: '', city: null },
  asked: 0,
  until: new Date(0).toISOString(),
};

/** The family is told of a forced cancellation as of another: by us, in the same moment. */
const isOurs = ({ type, at }: AlertEvent, { events }: AlertRecord): boolean =>
  type === 'alert.cancelled.v1' &&
  events.some((other) => other.type === 'alert.cancelled-under-duress.v1' && other.at === at);

/** @returns `undefined` for a type that this version does not know */
const entryOf = (event: AlertEvent, record: AlertRecord): TimelineEntry | undefined => {
  const { consulate, previous, receiver, from, by } = event;
  return timelineEntry.safeParse({
    ...unread,
    ...event,
    by: { kind: by.kind === 'system' || isOurs(event, record) ? 'system' : 'person' },
    ...(consulate && { consulate: nameOf(consulate.id) }),
    ...(previous !== undefined && { previous: nameOf(previous) }),
    ...(receiver && { to: nameOf(receiver.id), ...(from !== undefined && { from: nameOf(from) }) }),
  }).data;
};

/** What happened, as officers read it on their page, without anything about people. */
export const describeEvent = (event: AlertEvent, record: AlertRecord): string => {
  // How far it moved is not read.
  if (event.type === 'alert.position-moved.v1') return `${words.events[event.type].happened.moved}.`;
  const entry = entryOf(event, record);
  return entry ? sentenceOf(describe(entry, { words, timeZone: 'UTC' })) : '-';
};

export const describePress = ({ origin }: SeenAlert): string =>
  `${words.events['alert.raised.v1'].happened[origin?.kind ?? 'button']}.`;
