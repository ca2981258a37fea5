import { drillFamilyId } from '../domain/case/drill-family.ts';
import { type OfficeDrills, mayPagePhones, officeDrill } from '../domain/case/office-drill.ts';
import type { Clock } from '../domain/clock.ts';
import type { Family } from '../domain/family/family.ts';
import type { Offices } from '../domain/offices/office-in-charge.ts';
import { officersLanguage, officersWords } from '../words/catalogues.ts';
import { officeTimeZone } from '../words/local-time.ts';

export type RaiseOfficeDrillDeps = Pick<Offices, 'consulateById'> & {
  readonly drills: OfficeDrills;
  readonly newId: () => string;
  readonly now: Clock;
};

/** `outside-hours`: its duty phones would be paged at night or on a weekend. */
export type OfficeDrillOutcome =
  | { readonly outcome: 'raised'; readonly alertId: string }
  | { readonly outcome: 'no-such-office' | 'outside-hours' };

/** Everybody reads that there is no such person. */
const nobody = (at: string): Family => ({
  familyId: drillFamilyId,
  person: { name: officersWords.officers.press.test.person, language: officersLanguage },
  contacts: [],
  consent: { consularNotification: true, version: 'drill', at },
  sharePositionWithFamily: false,
  registeredAt: at,
});

/**
 * Raises a case that one office must take on its page, marked as a drill everywhere.
 * @param officeId an open office's, or `ministry`
 * @throws what may pass with time
 */
export const raiseOfficeDrill = async (
  deps: RaiseOfficeDrillDeps,
  officeId: string,
  { pagesPhones }: { readonly pagesPhones: boolean },
): Promise<OfficeDrillOutcome> => {
  const office = deps.consulateById(officeId);
  if (!office && officeId !== 'ministry') return { outcome: 'no-such-office' };
  const now = deps.now();
  if (pagesPhones && !mayPagePhones(now, officeTimeZone(deps, officeId))) return { outcome: 'outside-hours' };
  const alertId = deps.newId();
  const { note } = officersWords.officers.press.drillOfOffice;
  await deps.drills.raise(officeDrill(office, { alertId, now, note, pagesPhones }), nobody(now.toISOString()));
  return { outcome: 'raised', alertId };
};
