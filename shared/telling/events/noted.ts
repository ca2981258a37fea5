import type { EventSpec } from '../event-spec.ts';

/** Read on the page only. */
export const noted: EventSpec<'alert.noted.v1'> = {
  entry: (head, { type, text }) => ({ ...head, type, text }),
  line: ({ type, text }, { events }) => ({ what: events[type].happened, note: text }),
};
