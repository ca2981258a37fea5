import type { AuthorityRecipient } from './recipient.ts';
import type { Position } from '../domain/position.ts';
import { isUsable } from '../domain/position.ts';
import { deskTimeZone, fill, pressTimes, writeTime } from '../words/local-time.ts';
import { officers } from '../words/es/officers.ts';
import { oneLine } from '../words/one-line.ts';
import type { RaisedForAuthorityFacts } from './raised-facts.ts';
import { officeInCharge, openingTexts, writeDistance } from './raised-facts.ts';

const localAndUtc = (instant: Date, timeZone: string): { readonly time: string; readonly utc: string } => ({
  time: writeTime(instant, timeZone, officers.time, 'long'),
  utc: instant.toISOString().slice(0, 16).replace('T', ' '),
});

const writePoint = ({ latitude, longitude }: Position) => ({
  latitude: latitude.toFixed(6),
  longitude: longitude.toFixed(6),
});

/** Map link for officers, the only kind of URL that holds a position (G8). */
const mapUrl = (position: Position): string => {
  const { latitude, longitude } = writePoint(position);
  return `https://www.openstreetmap.org/?mlat=${latitude}&mlon=${longitude}#map=16/${latitude}/${longitude}`;
};

/** Where a point is and how exactly, as lines of an email. */
export const placeLines = (position: Position): readonly string[] => {
  const texts = officers.where;
  const { accuracyMeters } = position;
  return [
    fill(texts.coordinates, writePoint(position)),
    accuracyMeters === undefined
      ? texts.noAccuracy
      : fill(texts.accuracy, { meters: String(Math.round(accuracyMeters)) }),
  ];
};

export const mapLine = (position: Position): string => fill(officers.where.map, { url: mapUrl(position) });

const measuredLine = (position: Position, received: Date, timeZone: string): string => {
  const measured = new Date(position.measuredAt ?? Number.NaN);
  if (Number.isNaN(measured.getTime())) return officers.where.notMeasured;
  const minutes = Math.round((received.getTime() - measured.getTime()) / 60_000);
  const time = writeTime(measured, timeZone, officers.time, 'long');
  return minutes < 0
    ? fill(officers.where.measuredUnclear, { time })
    : fill(officers.where.measured, { time, minutes: String(minutes) });
};

/** What happened where nobody pressed. */
const originSection = ({ alert }: RaisedForAuthorityFacts, timeZone: string): readonly string[] => {
  const { origin } = alert;
  if (!origin) return [];
  const promised = writeTime(new Date(origin.promisedAt), timeZone, officers.time, 'long');
  return [
    officers.origin.title,
    ...officers.origins[origin.kind].lines.map((line) => fill(line, { promised })),
    ...(origin.label === undefined ? [] : [fill(officers.origin.label, { label: oneLine(origin.label) })]),
  ];
};

const personSection = ({ alert, family: { person } }: RaisedForAuthorityFacts): readonly string[] => {
  const texts = officers.person;
  return [
    texts.title,
    fill(texts.name, { name: oneLine(person.name) }),
    person.phone === undefined
      ? texts.noPhone
      : fill(alert.origin?.kind === 'duress-check-in' ? texts.phoneToAvoid : texts.phone, { phone: person.phone }),
    texts.language[person.language],
    ...(alert.battery === undefined ? [] : [fill(texts.battery, { battery: String(alert.battery) })]),
    ...(alert.note === undefined ? [] : [fill(texts.note, { note: oneLine(alert.note) })]),
  ];
};

const whenSection = ({ alert }: RaisedForAuthorityFacts, timeZone: string): readonly string[] => {
  const texts = officers.when;
  const { pressed, received, late } = pressTimes(alert);
  const minutes = Math.round((received.getTime() - pressed.getTime()) / 60_000);
  return [
    texts.title,
    ...(late ? [fill(texts.pressed, localAndUtc(pressed, timeZone))] : []),
    fill(alert.origin ? texts.byItself : late ? texts.received : texts.atOnce, localAndUtc(received, timeZone)),
    ...(late ? [fill(texts.late, { minutes: String(minutes) })] : []),
  ];
};

const whereSection = ({ alert, family }: RaisedForAuthorityFacts, timeZone: string): readonly string[] => {
  const texts = officers.where;
  const { position } = alert;
  if (isUsable(position)) {
    return [
      texts.title,
      ...placeLines(position),
      measuredLine(position, new Date(alert.raisedAt), timeZone),
      mapLine(position),
    ];
  }
  const home = family.person.homePosition;
  if (!isUsable(home)) return [texts.title, texts.none];
  return [texts.title, texts.none, fill(texts.home, writePoint(home)), mapLine(home)];
};

const officeSection = (facts: RaisedForAuthorityFacts): readonly string[] => {
  const texts = officers.office;
  const office = officeInCharge(facts);
  const distance = office.distanceMeters === null ? '' : writeDistance(office.distanceMeters);
  return [
    texts.title,
    office.name,
    office.basis === 'ministry' && [facts.alert.position, facts.family.person.homePosition].some(isUsable)
      ? texts.afterOthers
      : fill(texts.basis[office.basis], { distance }),
    ...(office.distanceMeters === null || office.basis === 'hand-over' ? [] : [texts.district]),
    fill(texts.phoneGiven, { phone: office.emergencyPhone }),
  ];
};

const consentSection = ({ family: { consent } }: RaisedForAuthorityFacts, timeZone: string): readonly string[] => [
  officers.consent.title,
  officers.consent.text,
  fill(officers.consent.version, { version: oneLine(consent.version), ...localAndUtc(new Date(consent.at), timeZone) }),
];

/** What officers of a recipient are asked to do after a press. */
const raisedRequest = (
  recipient: AuthorityRecipient,
  { alert, assigned, link }: RaisedForAuthorityFacts,
): readonly string[] => {
  const texts = officers.request;
  const isCopy = recipient.kind === 'ministry' && assigned.id !== 'ministry';
  return [
    // First: whoever helps the family and does not say so on the page has the next office woken.
    ...(isCopy || alert.drill || link === undefined ? [] : [texts.take]),
    alert.origin ? officers.origins[alert.origin.kind].request : texts[alert.drill ? 'drill' : 'actual'],
    ...(isCopy ? [texts.copy] : []),
  ];
};

/**
 * The email for duty officers, in the order in which they need it.
 *
 * @param request what they are asked to do; later events ask for something else than the press
 */
export const raisedEmail = (
  recipient: AuthorityRecipient,
  facts: RaisedForAuthorityFacts,
  request: readonly string[] = raisedRequest(recipient, facts),
): string => {
  const { alert, family, link } = facts;
  const timeZone = facts.consulate?.timeZone ?? deskTimeZone;
  const { heading, english } = openingTexts(alert);
  const sections = [
    [heading, english],
    originSection(facts, timeZone),
    personSection(facts),
    whereSection(facts, timeZone),
    whenSection(facts, timeZone),
    consentSection(facts, timeZone),
    [
      officers.contacts.title,
      ...family.contacts.map(({ name, endpoint }) => fill(officers.contacts.line, { name: oneLine(name), endpoint })),
    ],
    officeSection(facts),
    [officers.request.title, ...request, ...(link === undefined ? [] : [fill(officers.request.link, { link })])],
    [fill(officers.reference, { alertId: alert.alertId, familyId: family.familyId })],
  ];
  return sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n');
};
