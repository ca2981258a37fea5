import type { OfficerCase } from '../contracts/cases.ts';
import type { AlertState } from '../domain/vocabulary.ts';
import { flawIn, knownPosition } from '../domain/case/alert-position.ts';
import { caseStates } from '../domain/case/case-states.ts';
import type { Case } from '../domain/case/case.ts';
import { allowedActions, isUnattended } from '../domain/case/act-on-case.ts';
import type { CasesNear } from '../domain/case/cases-near.ts';
import { folioOf } from '../domain/case/folio.ts';
import type { Link } from '../domain/case/links.ts';
import { type ConsentTexts, agreedText } from '../domain/family/consent-text.ts';
import type { RosterEntry } from '../domain/representatives/representative.ts';
import type { Clock } from '../domain/clock.ts';
import type { Family } from '../domain/family/family.ts';
import { removedUnderDuress, trustedContacts } from '../domain/family/trusted.ts';
import { type OpenOffices, metersToNearest } from '../domain/offices/nearest-consulates.ts';
import type { Position, TrackPoint } from '../domain/position.ts';
import { type Offices, officeInCharge } from '../domain/offices/office-in-charge.ts';
import { timelineOf } from '../telling/timeline.ts';
import { seenPosition } from '../words/place.ts';
import { offersOf } from './case-offers.ts';
import { locatorOf } from './locator-section.ts';
import { nearCases } from './near-cases.ts';
import { acknowledgedOf, handOverOf, namedDestinations, shownOrigin, twoOfficesOf } from './shown-case.ts';

/** Where the press was; the alert's own position is a later one where the press had none. */
const pressPosition = ({ alert, events }: Case): Position | undefined =>
  events.some((event) => event.type === 'alert.located.v1' && event.cause === 'position') ? undefined : alert.position;

/** A state whose place can be corrected is one that it can be set to again. */
const correctable = (state: AlertState): readonly AlertState[] =>
  Object.values(caseStates).some(({ next }) => next.includes(state)) ? [state] : [];

/** What the person registered of themselves. */
export const personOf = ({ person }: Pick<Family, 'person'>): OfficerCase['person'] => {
  const {
    name,
    language,
    phone = null,
    speaks = null,
    locator,
    urgentAtHome = null,
    wantsRepresentative = null,
  } = person;
  const { documentName = null, birthDate = null, birthPlace = null, aNumber = null } = locator ?? {};
  const pack = { documentName, birthDate, birthPlace, aNumber };
  return { name, language, phone, speaks, locator: pack, urgentAtHome, wantsRepresentative };
};

const contactsOf = (family: Family, now: Date): OfficerCase['contacts'] => {
  const trusted = new Set(trustedContacts(family, now).map(({ contactId }) => contactId));
  return family.contacts.map(({ contactId, name, channel, endpoint, waiting }) => ({
    contactId,
    name,
    channel,
    endpoint,
    ...(trusted.has(contactId) && { trusted: true as const }),
    ...(waiting !== undefined && { waiting: true as const }),
  }));
};

const consentOf = (family: Family, texts: ConsentTexts): OfficerCase['consent'] => {
  const { consularNotification, version, at, agreedAt = null, language = null, sha256 = null } = family.consent;
  return {
    consularNotification,
    agreedAt,
    version,
    at,
    language,
    sha256,
    text: agreedText(texts, family)?.text ?? null,
  };
};

/**
 * A case as officers see it: the JSON of their page, and what the page is made of.
 *
 * @param track newest first
 * @param link through which they see it
 */
export const officerCase = (
  found: Case,
  track: readonly TrackPoint[],
  offices: Offices & OpenOffices & ConsentTexts & { readonly now: Clock },
  link: Pick<Link, 'recipient' | 'officer'> & { readonly near?: CasesNear; readonly roster?: readonly RosterEntry[] },
): OfficerCase => {
  const { alert, family } = found;
  const officeMeters = metersToNearest(offices.openConsulates);
  const flawOf = flawIn(alert, family, officeMeters);
  const known = knownPosition(alert, family, officeMeters);
  const seen = (position: Position | undefined) => seenPosition(position, position && flawOf(position));
  const actions = allowedActions(link.recipient, alert);
  const { next } = caseStates[alert.state];
  return {
    familyId: alert.familyId,
    alertId: alert.alertId,
    folio: folioOf(alert.familyId, alert.alertId),
    state: alert.state,
    actions: [...actions],
    next: actions.includes('state') ? [...next, ...correctable(alert.state)] : [],
    officer: link.officer ?? null,
    drill: alert.drill,
    duress: alert.duress ?? false,
    origin: shownOrigin(alert.origin),
    raisedAt: alert.raisedAt,
    pressedAt: alert.pressedAt ?? null,
    acknowledged: acknowledgedOf(found, offices),
    unattended: isUnattended(alert),
    lastEntryAt: alert.lastEntryAt ?? null,
    handOver: handOverOf(alert, offices),
    disposition: alert.disposition ?? null,
    closedAt: alert.closedAt ?? null,
    person: personOf(family),
    contacts: contactsOf(family, offices.now()),
    removed: removedUnderDuress(family).map(({ name: who, channel, endpoint }) => ({ name: who, channel, endpoint })),
    consent: consentOf(family, offices),
    position: seenPosition(known?.position, known?.flaw),
    pressPosition: seen(pressPosition(found)),
    track: track.flatMap((point) => seen(point) ?? []),
    homePosition: seenPosition(family.person.homePosition),
    battery: alert.battery ?? null,
    note: alert.note ?? null,
    droppedFields: [...alert.droppedFields],
    consulate: officeInCharge(alert, offices),
    ...twoOfficesOf(alert, offices),
    destinations: namedDestinations(found, offices),
    facility: alert.facility ?? null,
    locator: locatorOf(found),
    ...offersOf(found, link, offices.now()),
    ...nearCases(alert, link.near),
    timeline: timelineOf(found, offices),
  };
};
