import type { events } from './es/events.ts';

/** What is said of each type of event. Spanish sets what there is; no other language compiles without it. */
export type EventWords = typeof events;
