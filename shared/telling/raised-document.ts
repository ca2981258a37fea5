import type { AuthorityRecipient } from './recipient.ts';
import type { Alert } from '../domain/case/alert.ts';
import { folioOf } from '../domain/case/folio.ts';
import { type CaseRef, caseIdOf } from '../domain/case/open-cases.ts';
import type { Family } from '../domain/family/family.ts';
import { type Position, isUsable } from '../domain/position.ts';
import type { AlertRaisedDocument } from '../contracts/announcement.ts';
import { officersWords } from '../words/catalogues.ts';
import { fill } from '../words/fill.ts';
import { pressTimes } from '../words/local-time.ts';
import { districtRef } from './office-ref.ts';
import { type Nearby, seenBy } from './nearby.ts';
import type { RaisedForAuthorityFacts } from './raised-message.ts';
import { namedOffice, officeForOfficers, openingTexts, recipientId } from './raised-message.ts';

const utc = (time: string | undefined): string | null => {
  const instant = new Date(time ?? Number.NaN);
  return Number.isNaN(instant.getTime()) ? null : instant.toISOString();
};

/** The relatives, with the phone or mailbox of each. */
export const contactsOf = ({ contacts }: Pick<Family, 'contacts'>) =>
  contacts.map(({ name, channel, endpoint }) => ({
    name,
    phone: channel === 'sms' ? endpoint : null,
    email: channel === 'email' ? endpoint : null,
  }));

const pointOf = ({ latitude, longitude, accuracyMeters, measuredAt }: Position) => ({
  latitude,
  longitude,
  accuracyMeters: accuracyMeters ?? null,
  measuredAt: utc(measuredAt),
});

/** Where the phone was, or, if nobody knows, where the person is registered. */
const placesOf = ({
  alert: { position },
  flawed,
  family: {
    person: { homePosition },
  },
}: RaisedForAuthorityFacts): Pick<AlertRaisedDocument, 'position' | 'untrustedPosition' | 'homePosition'> => {
  if (isUsable(position)) return { position: pointOf(position), homePosition: null };
  return {
    position: null,
    ...(flawed && { untrustedPosition: { ...pointOf(flawed.position), flaw: flawed.flaw } }),
    homePosition: isUsable(homePosition)
      ? { latitude: homePosition.latitude, longitude: homePosition.longitude }
      : null,
  };
};

const originOf = ({ origin }: Alert): AlertRaisedDocument['origin'] => ({
  kind: origin?.kind ?? 'button',
  promisedAt: utc(origin?.promisedAt),
  label: origin?.label ?? null,
});

/** CAP's `info`: what systems show in a list of alerts. */
const infoOf = ({ alert, family, link }: RaisedForAuthorityFacts, office: string): AlertRaisedDocument['info'] => {
  const texts = openingTexts(alert);
  const received = pressTimes(alert).received.toISOString();
  const missedAt = alert.origin?.kind === 'missed-check-in' ? utc(alert.origin.promisedAt) : null;
  return {
    language: 'es-MX',
    category: ['Safety'],
    event: texts.event,
    urgency: 'Immediate',
    severity: 'Severe',
    certainty: 'Possible',
    effective: received,
    onset: utc(alert.pressedAt) ?? missedAt ?? received,
    senderName: officersWords.case.product,
    headline: fill(texts.headline, { name: family.person.name, office }),
    ...(link !== undefined && { web: link }),
  };
};

/** Another case, as documents name one. */
const caseRefOf = (ref: CaseRef) => ({ caseId: caseIdOf(ref), folio: folioOf(ref.familyId, ref.alertId) });

/** The incident, with those of its cases that the recipient may open. */
const incidentOf = (recipient: AuthorityRecipient, nearby: Nearby): NonNullable<AlertRaisedDocument['incident']> => ({
  incidentId: nearby.incident.id,
  number: nearby.incident.nth,
  cases: seenBy(recipient, nearby).map((other) => ({ ...caseRefOf(other), raisedAt: other.raisedAt })),
});

/** The responsible office and the nearest, where they differ. */
const twoOfficesOf = (facts: RaisedForAuthorityFacts): Pick<AlertRaisedDocument, 'district' | 'nearest'> => {
  const { twoOffices } = facts.alert;
  return twoOffices
    ? { district: districtRef(facts, twoOffices), nearest: namedOffice(twoOffices.nearest, facts) }
    : {};
};

/** The press as a document for the systems of one recipient. */
export const raisedDocument = (recipient: AuthorityRecipient, facts: RaisedForAuthorityFacts): AlertRaisedDocument => {
  const { alert, family, now } = facts;
  const { person, consent } = family;
  const { shortName, ...consulate } = officeForOfficers(facts);
  const received = pressTimes(alert).received.toISOString();
  return {
    specVersion: '1.2',
    type: 'alert.raised.v1',
    identifier: `alert-button/${family.familyId}/${alert.alertId}/alert.raised.v1`,
    sender: 'alert-button',
    sent: now.toISOString(),
    status: alert.drill ? 'Exercise' : 'Actual',
    msgType: 'Alert',
    scope: 'Private',
    addresses: [recipientId(recipient)],
    info: infoOf(facts, shortName),
    caseId: caseIdOf(alert),
    folio: folioOf(alert.familyId, alert.alertId),
    alertId: alert.alertId,
    familyId: family.familyId,
    origin: originOf(alert),
    at: received,
    state: 'raised',
    underDuress: alert.duress === true,
    pressedAt: utc(alert.pressedAt),
    raisedAt: received,
    person: { name: person.name, language: person.language, phone: person.phone ?? null },
    consent: { consularNotification: true, version: consent.version, at: new Date(consent.at).toISOString() },
    contacts: contactsOf(family),
    ...placesOf(facts),
    consulate,
    ...twoOfficesOf(facts),
    ...(facts.nearby && { incident: incidentOf(recipient, facts.nearby) }),
    ...(facts.earlierUnderDuress && { earlierUnderDuress: caseRefOf(facts.earlierUnderDuress) }),
    batteryPercent: alert.battery ?? null,
    note: alert.note ?? null,
  };
};
