import type { Announcement } from './announcement.ts';
import type { Case } from './case-file.ts';

/** What to do with a piece of news: wake somebody, show it, or show it among the drills. */
export type Urgency = 'page' | 'show' | 'drill';

/** Types that bring a case to an office, or need a person now. */
const brings = new Set([
  'alert.raised.v1',
  'alert.located.v1',
  'alert.escalated.v1',
  'alert.cancelled-under-duress.v1',
  'alert.reopened.v1',
  'alert.family-unreachable.v1',
]);

/** Until somebody has acknowledged. */
const untilTaken = new Set(['alert.raised.v1', 'alert.escalated.v1']);

/**
 * Decides by the case as it is now, not by the message alone: of a press that arrives after its own cancellation, or
 * after a colleague has it, nobody needs to be woken.
 */
export const urgencyOf = (changed: Case, { type }: Announcement): Urgency => {
  if (changed.drill) return 'drill';
  if (changed.state === 'closed' || !brings.has(type)) return 'show';
  return untilTaken.has(type) && changed.state !== 'raised' ? 'show' : 'page';
};
