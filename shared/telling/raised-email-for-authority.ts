import type { AuthorityRecipient } from './recipient.ts';
import { isSecretOrigin } from '../domain/case/alert.ts';
import { folioOf } from '../domain/case/folio.ts';
import { type Position, isUsable } from '../domain/position.ts';
import { fill } from '../words/fill.ts';
import { pressTimes, writeTime } from '../words/local-time.ts';
import { officersWords } from '../words/catalogues.ts';
import { oneLine } from '../words/one-line.ts';
import type { RaisedForAuthorityFacts } from './raised-message.ts';
import { clockOf, officeForOfficers, openingTexts, trustedLine } from './raised-message.ts';
import { languageName } from '../words/language-name.ts';
import { minutesBetween, writeDistance, writeDuration } from '../words/measures.ts';
import { writePoint } from '../words/place.ts';
import { mapLine, placeLines } from './officers-lines.ts';
import { linesOfTwo, sideOf, valuesOfTwo } from './two-offices.ts';

const {
  time: timeWords,
  case: caseWords,
  officers: { press },
} = officersWords;

const localAndUtc = (instant: Date, timeZone: string): { readonly time: string; readonly utc: string } => ({
  time: writeTime(instant, timeZone, timeWords, 'long'),
  utc: instant.toISOString().slice(0, 16).replace('T', ' '),
});

const measuredLine = (position: Position, received: Date, timeZone: string): string => {
  const measured = new Date(position.measuredAt ?? Number.NaN);
  if (Number.isNaN(measured.getTime())) return press.where.notMeasured;
  const time = writeTime(measured, timeZone, timeWords, 'long');
  return measured.getTime() > received.getTime()
    ? fill(press.where.measuredUnclear, { time })
    : fill(press.where.measured, { time, duration: writeDuration(minutesBetween(measured, received), timeWords) });
};

/** What happened where nobody pressed. */
const originSection = ({ alert }: RaisedForAuthorityFacts, timeZone: string): readonly string[] => {
  const { origin } = alert;
  if (!origin) return [];
  const promised = writeTime(new Date(origin.promisedAt), timeZone, timeWords, 'long');
  return [
    press.origin.title,
    ...press.origins[origin.kind].lines.map((line) => fill(line, { promised })),
    ...(origin.label === undefined ? [] : [fill(press.origin.label, { label: oneLine(origin.label) })]),
  ];
};

const personSection = ({ alert, family: { person } }: RaisedForAuthorityFacts): readonly string[] => {
  const texts = press.person;
  return [
    texts.title,
    fill(texts.name, { name: oneLine(person.name) }),
    person.phone === undefined
      ? texts.noPhone
      : fill(isSecretOrigin(alert.origin?.kind) ? texts.phoneToAvoid : texts.phone, { phone: person.phone }),
    fill(texts.language, { language: languageName(officersWords, person.language) }),
    ...(alert.battery === undefined ? [] : [fill(texts.battery, { battery: String(alert.battery) })]),
    ...(alert.note === undefined ? [] : [fill(texts.note, { note: oneLine(alert.note) })]),
  ];
};

/** Of a person whose earlier case goes on in secret. */
const earlierSection = ({ earlierUnderDuress: earlier }: RaisedForAuthorityFacts): readonly string[] =>
  earlier ? press.earlier.lines.map((line) => fill(line, { folio: folioOf(earlier.familyId, earlier.alertId) })) : [];

const whenSection = ({ alert }: RaisedForAuthorityFacts, timeZone: string): readonly string[] => {
  const texts = press.when;
  const { pressed, received, late, unknown } = pressTimes(alert);
  return [
    texts.title,
    ...(unknown ? [texts.unknown] : late ? [fill(texts.pressed, localAndUtc(pressed, timeZone))] : []),
    fill(
      alert.origin ? texts.byItself : late || unknown ? texts.received : texts.atOnce,
      localAndUtc(received, timeZone),
    ),
    ...(late && !unknown
      ? [fill(texts.late, { duration: writeDuration(minutesBetween(pressed, received), timeWords) })]
      : []),
  ];
};

const whereSection = ({ alert, flawed, family }: RaisedForAuthorityFacts, timeZone: string): readonly string[] => {
  const texts = press.where;
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
  return [
    texts.title,
    ...(flawed
      ? [
          caseWords.flaws[flawed.flaw],
          ...placeLines(flawed.position),
          measuredLine(flawed.position, new Date(alert.raisedAt), timeZone),
          mapLine(flawed.position),
        ]
      : [caseWords.noPosition]),
    ...(isUsable(home) ? [fill(texts.home, writePoint(home)), mapLine(home)] : []),
  ];
};

/** Whether all that is known of the office in charge is that it is near. */
const isNearestOnly = ({ alert, assigned, handedOver }: RaisedForAuthorityFacts): boolean =>
  !alert.twoOffices && assigned.distanceMeters !== null && handedOver !== true;

/** Told because those before did not answer: then it is not the nearest, whatever found it. */
const isLater = ({ alert, assigned }: RaisedForAuthorityFacts): boolean => {
  const first = [alert.raisedTo?.id, alert.twoOffices?.nearest.id, alert.twoOffices?.responsible.id];
  return alert.raisedTo !== undefined && !first.includes(assigned.id);
};

/** How the office in charge came to be it. */
const basisLine = (facts: RaisedForAuthorityFacts): string => {
  const texts = press.office;
  const { basis, distanceMeters } = officeForOfficers(facts);
  const distance = distanceMeters === null ? '' : writeDistance(distanceMeters);
  const places = [facts.alert.position, facts.flawed?.position, facts.family.person.homePosition];
  if (basis === 'ministry' && places.some(isUsable)) return texts.afterOthers;
  if (basis !== 'ministry' && basis !== 'hand-over' && isLater(facts)) return fill(texts.nextAfterOthers, { distance });
  return fill(texts.basis[basis], { distance });
};

const officeSection = (facts: RaisedForAuthorityFacts): readonly string[] => {
  const texts = press.office;
  const office = officeForOfficers(facts);
  return [
    texts.title,
    office.name,
    basisLine(facts),
    ...(isNearestOnly(facts) ? [caseWords.nearestMayDiffer] : linesOfTwo(facts, facts.alert)),
    fill(texts.phoneGiven, { phone: office.emergencyPhone }),
  ];
};

const consentSection = ({ family: { consent } }: RaisedForAuthorityFacts, timeZone: string): readonly string[] => [
  press.consent.title,
  press.consent.text,
  fill(press.consent.version, { version: oneLine(consent.version), ...localAndUtc(new Date(consent.at), timeZone) }),
];

/** What officers of a recipient are asked to do after a press. */
const raisedRequest = (recipient: AuthorityRecipient, facts: RaisedForAuthorityFacts): readonly string[] => {
  const { alert, assigned, link } = facts;
  const texts = press.request;
  const isCopy = recipient.kind === 'ministry' && assigned.id !== 'ministry';
  const side = alert.drill ? undefined : sideOf(recipient, alert, assigned.id);
  const whose = side && alert.twoOffices ? [fill(press.twoOffices[side], valuesOfTwo(facts, alert.twoOffices))] : [];
  if (side === 'nearest') return [...whose, ...(alert.origin ? [press.origins[alert.origin.kind].request] : [])];
  return [
    ...whose,
    // First: whoever helps the family and does not say so on the page has the next office woken.
    ...(isCopy || alert.drill || link === undefined ? [] : [texts.take]),
    alert.origin
      ? fill(press.origins[alert.origin.kind].request, { trusted: trustedLine(facts) })
      : texts[alert.drill ? 'drill' : 'actual'],
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
  const { alert, family } = facts;
  const timeZone = clockOf(facts);
  const { heading, english } = openingTexts(alert);
  const sections = [
    [heading, english],
    earlierSection(facts),
    originSection(facts, timeZone),
    personSection(facts),
    whereSection(facts, timeZone),
    whenSection(facts, timeZone),
    consentSection(facts, timeZone),
    [
      press.contacts.title,
      ...family.contacts.map(({ name, endpoint }) => fill(press.contacts.line, { name: oneLine(name), endpoint })),
    ],
    officeSection(facts),
    [press.request.title, ...request],
    [
      fill(press.reference, {
        folio: folioOf(alert.familyId, alert.alertId),
        alertId: alert.alertId,
        familyId: alert.familyId,
      }),
    ],
  ];
  return sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n');
};
