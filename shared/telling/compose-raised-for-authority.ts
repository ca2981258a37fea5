import type { AuthorityRecipient } from './recipient.ts';
import type { Publication } from './publication.ts';
import { isSecretOrigin } from '../domain/case/alert.ts';
import { folioOf } from '../domain/case/folio.ts';
import { countParts } from '../words/gsm0338.ts';
import { fill } from '../words/fill.ts';
import { pressTimes, writeLaterTime, writeTime } from '../words/local-time.ts';
import { officersWords } from '../words/catalogues.ts';
import { raisedDocument } from './raised-document.ts';
import type { RaisedForAuthorityFacts } from './raised-message.ts';
import { clockOf, officeForOfficers, openingTexts, recipientId, writePromised, linkLine } from './raised-message.ts';
import { writeDistance } from '../words/measures.ts';
import { raisedEmail } from './raised-email-for-authority.ts';
import { sideOf, valuesOfTwo } from './two-offices.ts';
import { fitSms, fitSubject, shortestName } from '../words/short-text.ts';

const { time, officers } = officersWords;
const { press } = officers;

/** When it was pressed, and when received if that was later, as it stands in a subject or SMS. */
export const shortWhen = (facts: RaisedForAuthorityFacts): string => {
  const timeZone = clockOf(facts);
  const { pressed, received, late, unknown } = pressTimes(facts.alert);
  const written = writeTime(pressed, timeZone, time, 'short');
  if (unknown) return fill(press.sms.unknown, { received: written });
  if (!late) return written;
  return fill(press.sms.late, {
    pressed: written,
    received: writeLaterTime(received, pressed, timeZone, time, 'short'),
  });
};

/** Which alert it is of those near it, if it is not the first. */
const nearbyOf = ({ nearby }: RaisedForAuthorityFacts): string | undefined => {
  if (!nearby || nearby.incident.nth < 2) return undefined;
  const { incident, town } = nearby;
  const { ordinals, other } = press.nearby;
  return fill(ordinals[incident.nth - 2] ?? other, { nth: String(incident.nth), town });
};

/**
 * What subject and SMS begin with. The subject says of a person whose earlier case goes on in secret that it does, else
 * which alert it is of several near each other.
 */
const openingOf = (facts: RaisedForAuthorityFacts) => {
  const { alert, earlierUnderDuress: earlier } = facts;
  const { subject, sms } = earlier ? press.earlier : openingTexts(alert);
  const nearby = nearbyOf(facts);
  return {
    subject: nearby === undefined || earlier ? subject : press.nearby.subject,
    sms,
    values: { nearby: nearby ?? '', folio: earlier ? folioOf(earlier.familyId, earlier.alertId) : '' },
  };
};

/** Which office has it; where two were told, whose it is, and what the other one does. */
const officeInSms = (recipient: AuthorityRecipient, facts: RaisedForAuthorityFacts): string => {
  const { sms, twoOffices: texts } = press;
  const { alert, assigned } = facts;
  if (alert.twoOffices?.responsible.id === assigned.id) {
    const isNearest = sideOf(recipient, alert, assigned.id) === 'nearest';
    return fill(isNearest ? texts.smsNearest : texts.smsNamed, valuesOfTwo(facts, alert.twoOffices));
  }
  const { shortName: office, distanceMeters } = officeForOfficers(facts);
  return distanceMeters === null
    ? fill(sms.officeWithoutDistance, { office })
    : fill(sms.office, { office, distance: writeDistance(distanceMeters) });
};

/** Two parts: who, when, which office; then as many phones as go in. */
const raisedSms = (recipient: AuthorityRecipient, facts: RaisedForAuthorityFacts): string => {
  const { alert, family, link } = facts;
  const { sms } = press;
  const texts = openingOf(facts);
  const promised = writePromised(alert, clockOf(facts));
  const relative = family.contacts.find(({ channel }) => channel === 'sms');
  const must = [
    sms.consent,
    officeInSms(recipient, facts),
    fill(press.folio, { folio: folioOf(alert.familyId, alert.alertId) }),
  ];
  const may = [
    ...(link === undefined ? [] : [link]),
    // Nobody should call by a slip of the thumb a phone that must not ring.
    ...(family.person.phone === undefined || isSecretOrigin(alert.origin?.kind)
      ? []
      : [fill(sms.personPhone, { phone: family.person.phone })]),
    ...(relative
      ? [fill(sms.contact, { name: shortestName(relative.name, press.someone), phone: relative.endpoint })]
      : []),
  ];
  const when = shortWhen(facts);
  const write = (extras: readonly string[]): string =>
    fitSms({ name: family.person.name, someone: press.someone }, (name) =>
      [fill(texts.sms, { ...texts.values, name, when, promised }), ...must, ...extras].join(' '),
    );
  const choices = may.map((_, index) => write(may.slice(0, may.length - index)));
  return choices.find((text) => countParts(text) <= 2) ?? write([]);
};

/**
 * Tells an office or the ministry of a press. The same document goes to every machine; `default` is the document too,
 * so that protocols without a text of their own (email-json, Firehose) get something a program can read.
 */
export const composeRaisedForAuthority = (
  recipient: AuthorityRecipient,
  told: RaisedForAuthorityFacts,
): Publication => {
  const facts = recipient.kind === 'consulate' ? { ...told, reader: recipient.consulate } : told;
  const { alert, family, assigned } = facts;
  if (!alert.consularNotification) throw new Error('an alert without consular authorisation is told to no authority');
  const document = JSON.stringify(raisedDocument(recipient, facts));
  const texts = openingOf(facts);
  const values = {
    ...texts.values,
    office: officeForOfficers(facts).shortName,
    when: shortWhen(facts),
    promised: writePromised(alert, clockOf(facts)),
  };
  return {
    subject: fitSubject({ name: family.person.name, someone: press.someone }, (name) =>
      fill(texts.subject, { ...values, name }),
    ),
    bodies: {
      default: document,
      sms: raisedSms(recipient, facts),
      email: [
        ...linkLine(recipient, facts, assigned.id, sideOf(recipient, alert, assigned.id) === 'nearest'),
        raisedEmail(recipient, facts),
      ].join('\n\n'),
    },
    attributes: { type: 'alert.raised.v1', drill: String(alert.drill), consulateId: recipientId(recipient) },
  };
};
