import type { AuthorityRecipient } from './recipient.ts';
import type { Family } from '../domain/family/family.ts';
import { isUsable } from '../domain/position.ts';
import type { AlertRaisedDocument } from '../contracts/announcement.ts';
import { alertRaisedSchema } from '../contracts/announcement.ts';
import { fill } from '../words/fill.ts';
import { pressTimes } from '../words/local-time.ts';
import type { RaisedForAuthorityFacts } from './raised-facts.ts';
import { officeInCharge, openingTexts, recipientId } from './raised-facts.ts';

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

/** The press as a document for the systems of one recipient, checked against its schema. */
export const raisedDocument = (recipient: AuthorityRecipient, facts: RaisedForAuthorityFacts): AlertRaisedDocument => {
  const { alert, family, now, link } = facts;
  const { person, consent } = family;
  const texts = openingTexts(alert);
  const { shortName, ...consulate } = officeInCharge(facts);
  const { received } = pressTimes(alert);
  const pressedAt = utc(alert.pressedAt);
  const missedAt = alert.origin?.kind === 'missed-check-in' ? utc(alert.origin.promisedAt) : null;
  const position = isUsable(alert.position) ? alert.position : undefined;
  const home = !position && isUsable(person.homePosition) ? person.homePosition : undefined;
  return alertRaisedSchema.parse({
    specVersion: '1.1',
    type: 'alert.raised.v1',
    identifier: `alert-button/${family.familyId}/${alert.alertId}/alert.raised.v1`,
    sender: 'alert-button',
    sent: now.toISOString(),
    status: alert.drill ? 'Exercise' : 'Actual',
    msgType: 'Alert',
    scope: 'Private',
    addresses: [recipientId(recipient)],
    info: {
      language: 'es-MX',
      category: ['Safety'],
      event: texts.event,
      urgency: 'Immediate',
      severity: 'Severe',
      certainty: 'Possible',
      effective: received.toISOString(),
      onset: pressedAt ?? missedAt ?? received.toISOString(),
      senderName: 'Botón de Alerta',
      headline: fill(texts.headline, { name: person.name, office: shortName }),
      ...(link !== undefined && { web: link }),
    },
    caseId: `${family.familyId}.${alert.alertId}`,
    alertId: alert.alertId,
    familyId: family.familyId,
    origin: {
      kind: alert.origin?.kind ?? 'button',
      promisedAt: utc(alert.origin?.promisedAt),
      label: alert.origin?.label ?? null,
    },
    at: received.toISOString(),
    state: 'raised',
    underDuress: alert.duress === true,
    pressedAt,
    raisedAt: received.toISOString(),
    person: { name: person.name, language: person.language, phone: person.phone ?? null },
    consent: { consularNotification: true, version: consent.version, at: new Date(consent.at).toISOString() },
    contacts: contactsOf(family),
    position: position
      ? {
          latitude: position.latitude,
          longitude: position.longitude,
          accuracyMeters: position.accuracyMeters ?? null,
          measuredAt: utc(position.measuredAt),
        }
      : null,
    homePosition: home ? { latitude: home.latitude, longitude: home.longitude } : null,
    consulate,
    batteryPercent: alert.battery ?? null,
    note: alert.note ?? null,
  } satisfies AlertRaisedDocument);
};
