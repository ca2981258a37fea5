import type { EventSpec } from '../event-spec.ts';

/** A relative's answer: read on the pages only, and it silences nobody (G6). */
export const familyOnIt: EventSpec<'family.on-it.v1'> = {
  entry: (head, { type, name, task }) => ({ ...head, type, name, ...(task !== undefined && { task }) }),
  line: ({ type, task }, { events }) => ({ what: events[type].happened, about: task }),
};
