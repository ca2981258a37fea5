import type { RepresentativePage } from '../contracts/representatives.ts';
import { goesOnInSecret, isSecretOrigin } from '../domain/case/alert.ts';
import { placeOf } from '../domain/case/alert-position.ts';
import type { Case } from '../domain/case/case.ts';
import { folioOf } from '../domain/case/folio.ts';
import { sharedContact } from '../domain/case/name-representative.ts';
import { type OpenOffices, metersToNearest } from '../domain/offices/nearest-consulates.ts';
import { type Offices, assignedOffice } from '../domain/offices/office-in-charge.ts';
import { ministryOwns } from '../domain/offices/consulate.ts';
import type { Position } from '../domain/position.ts';
import { usualMatter } from '../domain/representatives/ask.ts';
import { type Offer, offerSteps } from '../domain/representatives/offer.ts';
import { representativeActions } from '../domain/vocabulary.ts';
import { personOf } from './case-for-officer.ts';
import { officeRef } from '../telling/office-ref.ts';
import { minutesBetween } from '../words/measures.ts';

export type RepresentativeCaseDeps = Offices &
  OpenOffices & {
    readonly now: () => Date;
    /** The town that is nearest to a place: how exactly it is told to whoever has not accepted. */
    readonly townNear: (place: Position) => string;
  };

const contactOf = ({ alert, family }: Case, now: Date): NonNullable<RepresentativePage['case']>['contact'] => {
  const contact = sharedContact(alert, family, now);
  if (!contact) return null;
  const { name, channel, endpoint } = contact;
  return { name, phone: channel === 'sms' ? endpoint : null, email: channel === 'email' ? endpoint : null };
};

/** What they wrote, and nobody else. */
const notesBy = ({ events }: Case, { representativeId }: Offer): { at: string; text: string }[] =>
  events.flatMap((event) => {
    if (event.by.kind !== 'representative' || event.by.representativeId !== representativeId) return [];
    if (event.type === 'alert.noted.v1') return [{ at: event.at, text: event.text }];
    return event.type === 'representative.contacted.v1' && event.note !== undefined
      ? [{ at: event.at, text: event.note }]
      : [];
  });

const acceptedCase = (found: Case, offer: Offer, deps: RepresentativeCaseDeps): RepresentativePage['case'] => {
  const { alert, family } = found;
  const { name, locator, urgentAtHome } = personOf(family);
  return {
    person: { name, locator, urgentAtHome },
    facility: alert.facility ?? null,
    officer: alert.acknowledgedBy ?? null,
    officePhone: assignedOffice(alert.consulate ?? ministryOwns, deps).emergencyPhone,
    folio: folioOf(alert.familyId, alert.alertId),
    forced: goesOnInSecret(alert) || isSecretOrigin(alert.origin?.kind),
    contact: contactOf(found, deps.now()),
    notes: notesBy(found, offer),
  };
};

/** Whether this representative has, or had, the case: whoever follows them has the link to another page. */
const isTheirs = ({ state }: Offer): boolean => state === 'accepted' || state === 'contacted' || state === 'done';

/** A case as a representative may see it: before they accept nothing says whose it is (G8). */
export const representativeCase = (found: Case, offer: Offer, deps: RepresentativeCaseDeps): RepresentativePage => {
  const { alert, family } = found;
  const { person } = family;
  const place = placeOf(alert, family, metersToNearest(deps.openConsulates));
  const isOpen = alert.state !== 'closed';
  return {
    offer: offer.state,
    actions: isOpen ? representativeActions.filter((action) => offerSteps[offer.state][action] !== undefined) : [],
    offeredAt: offer.at,
    raisedAt: alert.raisedAt,
    minutesSincePress: minutesBetween(alert.raisedAt, deps.now().toISOString()),
    place: place ? deps.townNear(place) : null,
    matter: alert.offering?.matter ?? usualMatter,
    language: person.speaks ?? person.language,
    office: officeRef(deps, alert.consulate?.id ?? 'ministry'),
    state: alert.state,
    closedAt: alert.closedAt ?? null,
    case: isTheirs(offer) ? acceptedCase(found, offer, deps) : null,
  };
};
