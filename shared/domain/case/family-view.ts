import * as v from 'valibot';
import type { Alert } from './alert.ts';
import type { CaseEvent } from './case-event.ts';
import { alertSchema } from './alert.ts';
import { dayMs } from '../limits.ts';
import type { Family } from '../family/family.ts';
import { familySchema } from '../family/family.ts';
import { shownFamily } from '../family/shown-family.ts';
import type { ReadOnly } from '../read-only.ts';
import { readAs } from '../shape.ts';

/** What the family's page needs of a cancelled alert, frozen with the cancellation, and read instead of the case (G7). */
export const familyViewSchema = v.object({
  alert: v.pick(alertSchema, [
    'familyId',
    'alertId',
    'drill',
    'origin',
    'raisedAt',
    'pressedAt',
    'utcOffsetMinutes',
    'position',
    'consularNotification',
  ]),
  /** Of the press, by whose clock the page is written where nothing tells the place. */
  officeId: v.exactOptional(v.string()),
  person: v.pick(familySchema.entries.person, ['name', 'language', 'homePosition']),
  closedAt: v.string(),
});
export type FamilyView = ReadOnly<v.InferOutput<typeof familyViewSchema>>;

/** As long as a link opens its page: with either PIN the view ends then, however soon the operator has closed cases go. */
export const familyViewMs = 30 * dayMs;

/** A whole second, as TTL knows no less: until then, and no longer, a phone finds what was closed, by either PIN. */
export const forgetTime = (closedAt: string, retentionMs: number): Date =>
  new Date(Math.floor((Date.parse(closedAt) + Math.max(retentionMs, familyViewMs)) / 1000) * 1000);

export const freezeForFamily = (alert: Alert, family: Family, closedAt: string): FamilyView => {
  const officeId = alert.deliveries.consulate?.id;
  return readAs(familyViewSchema, {
    alert,
    person: shownFamily(family).person,
    closedAt,
    ...(officeId !== undefined && { officeId }),
  });
};

export type FamilyViews = {
  /** Strongly consistent. @returns `undefined` of a case that was not cancelled, or whose view is over */
  get(familyId: string, alertId: string): Promise<FamilyView | undefined>;
  /**
   * Puts a relative's answer on the timeline, and reads nothing of that. `refused`: since the cancellation there have
   * been {@link mostFamilyAnswers}, or the view is over.
   */
  answer(view: FamilyView, event: CaseEvent): Promise<'done' | 'refused'>;
};
