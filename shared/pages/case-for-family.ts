import type { FamilyCase } from '../contracts/cases.ts';
import type { Case } from '../domain/case/change-case.ts';
import { consulateInCharge } from '../domain/case/read-alert.ts';
import type { Offices } from '../telling/office-ref.ts';
import { seenPosition } from '../words/place.ts';
import { acknowledgedOf, actedAt, destinationsOf, originOf } from './shown-case.ts';
import { nameVariants } from './name-variants.ts';

const locatorUrl = 'https://locator.ice.gov/';

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

/**
 * A cancelled alert, and one that the person was forced to cancel: made of nothing but what both have alike, whatever
 * officers have done since (G7).
 */
const cancelledCase = ({ alert, events, family }: Case, { desk }: Offices): FamilyCase => ({
  person: { name: family.person.name },
  state: 'closed',
  drill: alert.drill,
  origin: originOf(alert),
  raisedAt: alert.raisedAt,
  // The first: a PIN typed again later stands on the timeline as that PIN, and nothing here may show which it was.
  closedAt: events.find(({ type }) => type === 'alert.cancelled.v1')?.at ?? alert.closedAt ?? null,
  disposition: 'cancelled',
  authorised: null,
  consulate: null,
  acknowledged: null,
  actedAt: null,
  facility: null,
  positionShared: false,
  position: null,
  representative: null,
  relatives: [],
  locator: null,
  desk: { name: desk.name, phone: desk.phone },
});

/** Cancelled as far as the family is told: by its person, or by whoever forced them. */
export const isCancelledForFamily = ({ duress, state, disposition }: Case['alert']): boolean =>
  duress === true || (state === 'closed' && disposition === 'cancelled');

/**
 * The timeline as the family may know it. What the person signalled with PINs locked is told to officers only; neither
 * that event shows here, nor what was told since then to an office that has the case from it alone.
 */
const openTimeline = ({ alert, events }: Case): Case['events'] => {
  const openlyTold = new Set([alert.deliveries.consulate?.id, alert.raisedTo?.id]);
  return events
    .filter(({ type }) => type !== 'alert.cancelled-under-duress.v1')
    .map((event) => {
      if ('consulate' in event) openlyTold.add(event.consulate.id);
      const known = Object.entries(event.deliveries).filter(
        ([key]) => !key.startsWith('consulate:') || openlyTold.has(key.slice('consulate:'.length)),
      );
      return { ...event, deliveries: Object.fromEntries(known) };
    });
};

/** A case as a relative may see it: the JSON of their page, and what the page is made of. */
export const familyCase = (found: Case, offices: Offices): FamilyCase => {
  const { alert, family } = found;
  const isOpen = alert.state !== 'closed';
  if (isCancelledForFamily(alert)) return cancelledCase(found, offices);
  const inCharge = consulateInCharge(alert, offices);
  const toldOf = destinationsOf({ ...found, events: openTimeline(found) }, offices).find(({ kind, id }) =>
    inCharge?.id === offices.desk.id ? kind === 'ministry' : kind === 'consulate' && id === inCharge?.id,
  );
  return {
    person: { name: family.person.name },
    state: alert.state,
    drill: alert.drill,
    origin: originOf(alert),
    raisedAt: alert.raisedAt,
    closedAt: alert.closedAt ?? null,
    disposition: alert.disposition ?? null,
    authorised: alert.consularNotification,
    consulate: inCharge && {
      id: inCharge.id,
      name: inCharge.name,
      city: inCharge.city,
      emergencyPhone: inCharge.emergencyPhone,
      status: toldOf?.status ?? null,
      at: toldOf?.at ?? null,
    },
    acknowledged: acknowledgedOf(found, offices),
    actedAt: actedAt(found),
    facility: isOpen ? (alert.facility ?? null) : null,
    positionShared: family.sharePositionWithFamily,
    position: isOpen && family.sharePositionWithFamily ? seenPosition(alert.lastPosition ?? alert.position) : null,
    representative: alert.representative ? { ...alert.representative } : null,
    relatives: relativesOf(found),
    locator: isOpen ? { url: locatorUrl, nameVariants: [...nameVariants(family.person.name)] } : null,
    desk: { name: offices.desk.name, phone: offices.desk.phone },
  };
};
