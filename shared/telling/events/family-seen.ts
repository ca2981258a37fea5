import type { EventSpec } from '../event-spec.ts';

/** A relative's answer: read on the pages only, and it silences nobody (G6). */
export const familySeen: EventSpec<'family.seen.v1'> = {
  entry: (head, { type, name }) => ({ ...head, type, name }),
  line: ({ type }, { events }) => ({ what: events[type].happened }),
};
