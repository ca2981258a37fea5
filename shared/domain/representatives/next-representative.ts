import type { Matter } from '../vocabulary.ts';
import { isWithinHours, nextWithinHours, parseHours } from './hours.ts';
import type { RosterEntry } from './representative.ts';

/** What a case asks of a representative. */
export type Wanted = {
  /** Of the office in charge: its own roster comes before the ministry's. */
  readonly officeId: string;
  /** ISO 639, spoken best by the person. */
  readonly language: string;
  readonly matter: Matter;
  /** At any hour. */
  readonly urgent: boolean;
  /** Those who were asked before. */
  readonly asked: ReadonlySet<string>;
};

/** Who is asked next. `wait`: somebody fits, and nobody whose hours it is. `nobody`: none is left who fits. */
export type Next =
  | { readonly kind: 'ask'; readonly entry: RosterEntry }
  | { readonly kind: 'wait'; readonly until: Date }
  | { readonly kind: 'nobody' };

export type ZoneOfOffice = (officeId: string) => string;

const fits = ({ representative, load }: RosterEntry, { matter, asked }: Wanted): boolean =>
  representative.state === 'active' &&
  !asked.has(representative.representativeId) &&
  representative.matters.includes(matter) &&
  load.openCases < representative.capacity;

const hoursOf = ({ representative: { hours } }: RosterEntry) => (hours === undefined ? [] : (parseHours(hours) ?? []));

const isOpen = (entry: RosterEntry, now: Date, zoneOf: ZoneOfOffice): boolean =>
  isWithinHours(hoursOf(entry), now, zoneOf(entry.representative.officeId));

/** What is compared, the first that differs decides: office, language, fewest open cases, longest idle. */
const rankOf = ({ representative, load }: RosterEntry, { officeId, language }: Wanted): readonly number[] => [
  representative.officeId === officeId ? 0 : 1,
  representative.languages.includes(language) ? 0 : 1,
  load.openCases,
  representative.lastOfferedAt === undefined ? 0 : Date.parse(representative.lastOfferedAt),
];

const compare = (one: RosterEntry, other: RosterEntry, wanted: Wanted): number => {
  const others = rankOf(other, wanted);
  const differences = rankOf(one, wanted).map((value, index) => value - (others[index] ?? 0));
  return (
    differences.find((difference) => difference !== 0) ??
    one.representative.representativeId.localeCompare(other.representative.representativeId)
  );
};

/** When somebody may be asked, at whose office the clock shows it. */
export const askableAt = (entry: RosterEntry, urgent: boolean, now: Date, zoneOf: ZoneOfOffice): Date =>
  urgent ? now : nextWithinHours(hoursOf(entry), now, zoneOf(entry.representative.officeId));

/** The representative who is to be asked next. */
export const nextRepresentative = (
  roster: readonly RosterEntry[],
  wanted: Wanted,
  now: Date,
  zoneOf: ZoneOfOffice,
): Next => {
  const fitting = roster.filter((entry) => fits(entry, wanted));
  const open = wanted.urgent ? fitting : fitting.filter((entry) => isOpen(entry, now, zoneOf));
  const [entry] = open.toSorted((one, other) => compare(one, other, wanted));
  if (entry) return { kind: 'ask', entry };
  const times = fitting.map((each) => askableAt(each, false, now, zoneOf).getTime());
  return times.length === 0 ? { kind: 'nobody' } : { kind: 'wait', until: new Date(Math.min(...times)) };
};
