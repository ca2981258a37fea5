import type { FamilyCase } from '../contracts/cases.ts';
import { familyOriginOf } from '../domain/case/alert.ts';
import { knownPosition } from '../domain/case/alert-position.ts';
import type { Case } from '../domain/case/case.ts';
import { destinationsOf } from '../domain/case/destinations.ts';
import { folioToSay } from '../domain/case/folio.ts';
import type { Districts } from '../domain/offices/responsible-office.ts';
import { withRehearsedOffice } from '../domain/case/rehearsed-office.ts';
import { openView } from '../domain/case/open-view.ts';
import type { FamilyView } from '../domain/case/family-view.ts';
import { type Offices, officeInCharge } from '../domain/offices/office-in-charge.ts';
import { shownCase } from '../domain/case/shown-case.ts';
import { shownFamily } from '../domain/family/shown-family.ts';
import { type OpenOffices, metersToNearest } from '../domain/offices/nearest-consulates.ts';
import { seenPosition } from '../words/place.ts';
import { acknowledgedOf, actedAt, shownOrigin } from './shown-case.ts';
import { locatorOf } from './locator-section.ts';

/** More would hide the newest. */
const mostRelatives = 40;

const relativesOf = ({ events }: Case): FamilyCase['relatives'] => {
  const all = events.flatMap((event): FamilyCase['relatives'] => {
    if (event.type === 'family.seen.v1') return [{ at: event.at, kind: 'seen', name: event.name }];
    if (event.type !== 'family.on-it.v1') return [];
    const { at, name, task } = event;
    return [{ at, kind: 'on-it', name, ...(task !== undefined && { task }) }];
  });
  // Pressed twice, or seen by somebody who already said what they do: once is enough.
  const said = new Map(all.map((entry) => [`${entry.name}|${entry.kind}|${entry.task ?? ''}`, entry]));
  const onIt = new Set(all.flatMap(({ kind, name }) => (kind === 'on-it' ? [name] : [])));
  return [...said.values()].filter(({ kind, name }) => kind === 'on-it' || !onIt.has(name)).slice(-mostRelatives);
};

/** Whom the family is given to call: the desk hears of nobody who did not authorise it. */
const calledBy = (
  { consularNotification }: Pick<Case['alert'], 'consularNotification'>,
  { desk, legalHelp }: Offices,
): Pick<FamilyCase, 'desk' | 'legalHelp'> =>
  consularNotification
    ? { desk: { name: desk.name, phone: desk.phone }, legalHelp: null }
    : { desk: null, legalHelp: legalHelp ?? null };

/**
 * A cancelled alert, and one that the person was forced to cancel: made of nothing but what both have alike, whatever
 * officers have done since (G7).
 */
export const cancelledCase = (
  { alert, closedAt, person }: Pick<FamilyView, 'alert' | 'person'> & { readonly closedAt: string | null },
  offices: Offices,
): FamilyCase => ({
  person: { name: person.name },
  urgentAtHome: null,
  folio: folioToSay(alert) ?? null,
  state: 'closed',
  drill: alert.drill,
  origin: shownOrigin(familyOriginOf(alert)),
  raisedAt: alert.raisedAt,
  closedAt,
  disposition: 'cancelled',
  familyNote: null,
  consulate: null,
  acknowledged: null,
  actedAt: null,
  facility: null,
  positionShared: false,
  position: null,
  representative: null,
  relatives: [],
  locator: null,
  ...calledBy(alert, offices),
});

// The first: a PIN typed again later stands on the timeline as that PIN, and nothing here may show which it was.
const cancelledAt = ({ alert, events }: Case): string | null =>
  events.find(({ type }) => type === 'alert.cancelled.v1')?.at ?? alert.closedAt ?? null;

/** Cancelled as far as the family is told: by its person, or by whoever forced them. */
export const isCancelledForFamily = ({ duress, state, disposition }: Case['alert']): boolean =>
  duress === true || (state === 'closed' && disposition === 'cancelled');

/** The office in charge, and how far the message to it is. */
const officeToldOf = (found: Case, offices: Offices): FamilyCase['consulate'] => {
  const inCharge = officeInCharge(found.alert, offices);
  if (!inCharge) return null;
  const { id, name, city, emergencyPhone } = inCharge;
  const told = destinationsOf(openView(found), 'reached').find((one) =>
    id === offices.desk.id ? one.kind === 'ministry' : one.kind === 'consulate' && one.id === id,
  );
  return { id, name, city, emergencyPhone, status: told?.status ?? null, at: told?.at ?? null };
};

/** Relatives go where it says: a place that is not trusted is for officers alone. */
const sharedPosition = ({ alert, family }: Case, { openConsulates }: OpenOffices): FamilyCase['position'] => {
  if (!family.sharePositionWithFamily) return null;
  const known = knownPosition(alert, family, metersToNearest(openConsulates));
  return seenPosition(known?.flaw === undefined ? known?.position : undefined);
};

/** What the officer who closed the case wrote to the family. */
const familyNoteOf = ({ alert, events }: Case): string | null => {
  const closing = alert.state === 'closed' ? events.findLast(({ type }) => type === 'alert.closed.v1') : undefined;
  return closing?.type === 'alert.closed.v1' ? (closing.familyNote ?? null) : null;
};

const representativeOf = ({ representative }: Case['alert']): FamilyCase['representative'] => {
  if (!representative) return null;
  const { name, phone, assignedAt } = representative;
  return { name, phone, assignedAt };
};

/** A case as a relative may see it: the JSON of their page, and what the page is made of. */
export const familyCase = (current: Case, offices: Offices & OpenOffices & Districts): FamilyCase => {
  const { alert: stored, ...rest } = shownCase({ ...current, family: shownFamily(current.family) });
  const alert = withRehearsedOffice(stored, rest.family.person.homePosition, offices);
  const found = { ...rest, alert };
  const { family } = found;
  if (isCancelledForFamily(alert)) {
    return cancelledCase({ alert, person: family.person, closedAt: cancelledAt(found) }, offices);
  }
  return {
    person: { name: family.person.name },
    urgentAtHome: alert.state === 'closed' ? null : (family.person.urgentAtHome ?? null),
    folio: folioToSay(alert) ?? null,
    state: alert.state,
    drill: alert.drill,
    origin: shownOrigin(familyOriginOf(alert)),
    raisedAt: alert.raisedAt,
    closedAt: alert.closedAt ?? null,
    disposition: alert.disposition ?? null,
    familyNote: familyNoteOf(found),
    consulate: officeToldOf(found, offices),
    acknowledged: acknowledgedOf(found, offices),
    actedAt: actedAt(found),
    facility: alert.facility ?? null,
    positionShared: family.sharePositionWithFamily,
    position: alert.state === 'closed' ? null : sharedPosition(found, offices),
    locator: locatorOf(found),
    representative: representativeOf(alert),
    relatives: relativesOf(found),
    ...calledBy(alert, offices),
  };
};
