import type { Nearby } from './nearby.ts';
import type { AuthorityRecipient } from './recipient.ts';
import { isUnattended } from '../domain/case/act-on-case.ts';
import { isReceiver } from '../domain/case/hand-over.ts';
import type { knownPosition } from '../domain/case/alert-position.ts';
import { type Alert, isSecretOrigin } from '../domain/case/alert.ts';
import type { Family } from '../domain/family/family.ts';
import { trustedContacts } from '../domain/family/trusted.ts';
import type { AssignedConsulate, Consulate, MinistryDesk } from '../domain/offices/consulate.ts';
import type { Position, PositionFlaw } from '../domain/position.ts';
import { type Offices, assignedOffice } from '../domain/offices/office-in-charge.ts';
import { fill } from '../words/fill.ts';
import { writeTime } from '../words/local-time.ts';
import { caseTimeZone } from '../words/time-zone.ts';
import { officersWords } from '../words/catalogues.ts';

/** What an office's and the ministry's message about a press is made of. */
export type RaisedForAuthorityFacts = {
  /** Its position is trusted, or not there. */
  readonly alert: Alert;
  /** A position that is not trusted, and what is wrong with it. */
  readonly flawed?: { readonly position: Position; readonly flaw: PositionFlaw };
  readonly family: Family;
  readonly assigned: AssignedConsulate;
  /** The assigned office; absent when the ministry desk owns the alert. */
  readonly consulate?: Consulate;
  readonly consulateById: Offices['consulateById'];
  /** Whose clock it is written by where the case itself tells none: the reader's own office, whoever has the case. */
  readonly reader?: Pick<Consulate, 'timeZone'>;
  readonly desk: MinistryDesk;
  readonly now: Date;
  /** The office in charge got the case from another one, not because it is near. */
  readonly handedOver?: true;
  /** Absolute URL of the recipient's page of the case. */
  readonly link?: string;
  /** The person's case before this one goes on in secret. */
  readonly earlierUnderDuress?: Pick<Alert, 'familyId' | 'alertId'>;
  /** Others pressed near it at that time. */
  readonly nearby?: Nearby;
};

/** The alert with the position that is known, or with what is wrong with it beside it. */
export const withKnownPosition = (
  { position: _ofPress, ...alert }: Alert,
  known: ReturnType<typeof knownPosition>,
): Pick<RaisedForAuthorityFacts, 'alert' | 'flawed'> => {
  if (!known) return { alert };
  const { position, flaw } = known;
  return flaw === undefined ? { alert: { ...alert, position } } : { alert, flawed: { position, flaw } };
};

const { time, officers, case: caseWords } = officersWords;
const { press } = officers;

type Opening = Readonly<Record<'subject' | 'sms' | 'heading' | 'event' | 'headline' | 'english', string>>;

/** What the messages about this alert begin with. Values: `{name}`, `{office}`, `{when}`, `{promised}`. */
export const openingTexts = ({ drill, origin }: Alert): Opening => {
  if (origin) return press.origins[origin.kind];
  const kind = drill ? 'drill' : 'actual';
  return { ...press[kind], english: press.english[kind] };
};

/** By which clock its times are written. */
export const clockOf = ({ alert, family, consulate, reader }: RaisedForAuthorityFacts): string =>
  caseTimeZone(alert, family, reader ?? consulate, () => 0);

/** Whom officers may call while the person is forced: nobody else of the family, as a captor may answer. */
export const trustedLine = ({ family, now }: Pick<RaisedForAuthorityFacts, 'family' | 'now'>): string => {
  const { someone, nobody } = officers.updates.trusted;
  const [trusted] = trustedContacts(family, now);
  return trusted ? fill(someone, { trusted: trusted.name, endpoint: trusted.endpoint }) : nobody;
};

/** What is asked of officers who are told anew of a case that goes on in secret. */
export const requestUnderDuress = (facts: Pick<RaisedForAuthorityFacts, 'family' | 'now'>): readonly string[] =>
  officers.updates.duress.request.map((line) => fill(line, { trusted: trustedLine(facts) }));

/** Stands before later messages about a case that was cancelled under duress; that of a drill has its origin's notice. */
export const duressReminder = ({ duress, origin }: Alert): readonly string[] =>
  duress === true && !isSecretOrigin(origin?.kind) ? [officers.updates.duress.reminder] : [];

/** The link to the case, with which a mail begins: whoever is to take it finds that first. */
export const linkLine = (
  recipient: AuthorityRecipient,
  { alert, link }: Pick<RaisedForAuthorityFacts, 'alert' | 'link'>,
  inCharge: string,
  /** It is another office's to take first. */
  waits = false,
): readonly string[] => {
  if (link === undefined) return [];
  const isCopy = recipient.kind === 'ministry' && inCharge !== 'ministry';
  const isAsked = (isUnattended(alert) && !isCopy) || isReceiver(recipientId(recipient), alert);
  const does = isAsked ? (alert.drill ? 'takeDrill' : 'take') : alert.drill ? 'drill' : 'open';
  // Whoever reads no further must not write to the family.
  const isWarned = duressReminder(alert).length > 0 && !alert.drill;
  const warning = isWarned ? [officers.updates.duress.heading] : [];
  const text = waits && does === 'take' ? press.twoOffices.link : press.link[does];
  return [[...warning, fill(text, { link })].join('\n')];
};

/** By when the OK was promised, as officers read it; empty of a press. */
export const writePromised = ({ origin }: Alert, timeZone: string): string =>
  origin ? writeTime(new Date(origin.promisedAt), timeZone, time, 'short') : '';

/** Stands before later messages about an alert that nobody pressed. */
export const originNotice = (alert: Alert, timeZone: string): readonly string[] =>
  alert.origin ? [fill(press.origins[alert.origin.kind].notice, { promised: writePromised(alert, timeZone) })] : [];

/** Id of a recipient as it stands in messages: the office's, or `ministry`. */
export const recipientId = (recipient: AuthorityRecipient): string =>
  recipient.kind === 'consulate' ? recipient.consulate.id : 'ministry';

/** An office with its state, as documents have it. */
export const namedOffice = (assigned: AssignedConsulate, offices: Offices) => {
  const { id, name, city, emergencyPhone, distanceMeters, basis } = assignedOffice(assigned, offices);
  const state = offices.consulateById(id)?.state ?? null;
  return { id, name, city, state, emergencyPhone, distanceMeters, basis };
};

/** The office in charge as officers and their systems read it. */
export const officeForOfficers = ({ assigned, consulate, desk, handedOver }: RaisedForAuthorityFacts) => {
  const office = namedOffice(assigned, { consulateById: () => consulate, desk });
  return {
    ...office,
    shortName: office.id === 'ministry' ? caseWords.ministry : (office.city ?? office.id),
    basis: handedOver === true ? ('hand-over' as const) : office.basis,
  };
};
