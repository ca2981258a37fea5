import type { AuthorityRecipient } from './recipient.ts';
import type { Alert } from '../domain/case/alert.ts';
import type { MinistryDesk } from '../domain/offices/consulate.ts';
import type { Family } from '../domain/family/family.ts';
import type { Publication } from './publication.ts';
import { foldToGsm } from '../words/gsm0338.ts';
import { fill } from '../words/fill.ts';
import { deskTimeZone, writeTime } from '../words/local-time.ts';
import { officersLanguage, officersWords } from '../words/catalogues.ts';
import { raisedDocument } from './raised-document.ts';
import { type RaisedForAuthorityFacts, officeForOfficers, recipientId } from './raised-message.ts';
import { fitSubject } from '../words/short-text.ts';

const { time: timeWords, officers } = officersWords;
const { press } = officers;

/** The family of no one: by it a system tells a test from a drill that a person pressed. */
const nobodysFamilyId = '00000000-0000-0000-0000-000000000000';

export type OfficeTest = {
  /** UUID: stands in the document as the id of the alert. */
  readonly testId: string;
  readonly desk: MinistryDesk;
  readonly now: Date;
};

/** A press that nobody made, so that the document has everything that its schema asks for. */
const fictitiousPress = (recipient: AuthorityRecipient, { testId, desk, now }: OfficeTest): RaisedForAuthorityFacts => {
  const at = now.toISOString();
  const consulate = recipient.kind === 'consulate' ? recipient.consulate : undefined;
  const family: Family = {
    familyId: nobodysFamilyId,
    person: {
      name: press.test.person,
      language: officersLanguage,
      ...(consulate && { homePosition: { latitude: consulate.latitude, longitude: consulate.longitude } }),
    },
    contacts: [],
    consent: { consularNotification: true, version: 'drill', at },
    sharePositionWithFamily: false,
    registeredAt: at,
  };
  const alert: Alert = {
    familyId: nobodysFamilyId,
    alertId: testId,
    deviceId: 'operator',
    state: 'raised',
    raisedAt: at,
    drill: true,
    note: press.test.note,
    droppedFields: [],
    consularNotification: true,
    deliveries: {},
  };
  return {
    alert,
    family,
    desk,
    now,
    consulateById: () => consulate,
    assigned: consulate
      ? { id: consulate.id, distanceMeters: 0, basis: 'home' }
      : { id: 'ministry', distanceMeters: null, basis: 'ministry' },
    ...(consulate && { consulate }),
  };
};

const testEmail = (office: string, timeZone: string, { testId, now }: OfficeTest): string => {
  const { drill, english, test, request } = press;
  const time = writeTime(now, timeZone, timeWords, 'long');
  const utc = now.toISOString().slice(0, 16).replace('T', ' ');
  return [
    [drill.heading, english.drill],
    [test.title, fill(test.sent, { office, time, utc }), test.nobody],
    [request.title, test.request],
    [fill(test.reference, { testId })],
  ]
    .map((lines) => lines.join('\n'))
    .join('\n\n');
};

/**
 * A message by which the operator tries whether an office, or the ministry, hears: type and attributes of a press in a
 * drill, so that it takes the way of one. Its document is an `alert.raised.v1` with `status: Exercise`, of a
 * fictitious person, without contacts and without a page. Phones are left out by their filter policy; one without the
 * policy gets a text that says that it is a drill.
 */
export const composeOfficeTest = (recipient: AuthorityRecipient, test: OfficeTest): Publication => {
  const facts = fictitiousPress(recipient, test);
  const document = JSON.stringify(raisedDocument(recipient, facts));
  const office = officeForOfficers(facts);
  const timeZone = facts.consulate?.timeZone ?? deskTimeZone;
  const values = { office: office.shortName, when: writeTime(test.now, timeZone, timeWords, 'short') };
  return {
    subject: fitSubject({ name: office.shortName, someone: office.id }, (name) =>
      fill(press.test.subject, { ...values, office: name }),
    ),
    bodies: {
      default: document,
      sms: foldToGsm(fill(press.test.sms, values)),
      email: testEmail(office.name, timeZone, test),
    },
    attributes: { type: 'alert.raised.v1', drill: 'true', consulateId: recipientId(recipient) },
  };
};
