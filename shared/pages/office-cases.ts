import type { OfficeCases } from '../contracts/office-list.ts';
import { nearestTown } from '../data/towns.ts';
import { knownPosition } from '../domain/case/alert-position.ts';
import { folioOf } from '../domain/case/folio.ts';
import type { ListEntry } from '../domain/case/office-list.ts';
import { type ListedAlert, caseIdOf } from '../domain/case/open-cases.ts';
import type { Offices } from '../domain/offices/office-in-charge.ts';
import { type OpenOffices, metersToNearest } from '../domain/offices/nearest-consulates.ts';
import { isUsable } from '../domain/position.ts';
import { listSections } from '../domain/vocabulary.ts';
import { districtRef, officeRef } from '../telling/office-ref.ts';
import { handOverOf } from './shown-case.ts';

type ListedCase = OfficeCases['cases'][number];

/** Where the case is: the phone as far as it is trusted, else the home, else the phone all the same. */
const placeOf = (
  { alert, family }: ListEntry,
  officeMeters: ReturnType<typeof metersToNearest>,
): Pick<ListedCase, 'place' | 'placeOf' | 'placeMeters'> => {
  const phone = knownPosition(alert, family, officeMeters);
  const home = isUsable(family.person.homePosition) ? family.person.homePosition : undefined;
  const isHome = home !== undefined && phone?.flaw !== undefined;
  const position = isHome ? home : (phone?.position ?? home);
  if (!position) return { place: null, placeOf: null, placeMeters: null };
  const { name, distanceMeters } = nearestTown(position);
  return {
    place: name,
    placeOf: position === home ? 'home' : 'phone',
    placeMeters: Math.round(distanceMeters),
  };
};

const acknowledgedOf = (alert: ListedAlert, offices: Offices): ListedCase['acknowledged'] => {
  const { acknowledgedAt: at, acknowledgedBy: officer, acknowledgedOfficeId: id, seenOnly = false } = alert;
  if (at === undefined || officer === undefined) return null;
  return { at, officer, office: id === undefined ? null : officeRef(offices, id), seenOnly };
};

/**
 * The list of an office: the JSON of its page, and what the page is made of.
 *
 * @param entries all of them, in their order
 * @param pathOf path of a case's page for this link
 */
export const officeCases = (
  officeId: string,
  entries: readonly ListEntry[],
  { from, length }: { readonly from: number; readonly length: number },
  offices: Offices & OpenOffices,
  pathOf: (ref: string) => string,
): OfficeCases => {
  const officeMeters = metersToNearest(offices.openConsulates);
  const count = (section: ListEntry['section']) => entries.filter((entry) => entry.section === section).length;
  const [untaken, here, others, drill] = listSections;
  return {
    office: officeRef(offices, officeId),
    total: entries.length,
    counts: { untaken: count(untaken), here: count(here), others: count(others), drill: count(drill) },
    from,
    cases: entries.slice(from, from + length).map((entry): ListedCase => {
      const { section, alert, family, isNew } = entry;
      const { familyId, alertId } = alert;
      return {
        familyId,
        alertId,
        folio: folioOf(familyId, alertId),
        path: pathOf(caseIdOf(alert)),
        section,
        ...(alert.incident && { incidentId: alert.incident.id }),
        pressedAgain: (alert.pressedAgain ?? []).map((press) => press.alertId),
        isNew,
        ...placeOf(entry, officeMeters),
        state: alert.state,
        drill: alert.drill,
        duress: alert.duress ?? false,
        origin: alert.origin?.kind ?? null,
        raisedAt: alert.raisedAt,
        lastEntryAt: alert.lastEntryAt ?? null,
        person: { name: family.person.name },
        consulate: alert.consulate ? officeRef(offices, alert.consulate.id) : null,
        ...(alert.twoOffices && {
          district: districtRef(offices, alert.twoOffices),
          nearest: officeRef(offices, alert.twoOffices.nearest.id),
        }),
        acknowledged: acknowledgedOf(alert, offices),
        handOver: handOverOf(alert, offices),
      };
    }),
  };
};
