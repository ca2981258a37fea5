import { isUntaken, listedOffices } from './alert.ts';
import { isReceiver } from './hand-over.ts';
import type { Clock } from '../clock.ts';
import type { FamilyPresses } from '../family/family-presses.ts';
import { folioOf } from './folio.ts';
import { dayMs } from '../limits.ts';
import { tidyName } from '../typed-text.ts';
import type { CaseRef, ListedAlert, ListedFamily, OpenCases } from './open-cases.ts';
import { caseIdOf, eachOnce } from './open-cases.ts';
import type { ListSection } from '../vocabulary.ts';
import { listSections } from '../vocabulary.ts';

/** A case in the list of an office. */
export type ListEntry = {
  readonly section: ListSection;
  readonly alert: ListedAlert;
  readonly family: ListedFamily;
  /** It came into the list after the reader's last look. */
  readonly isNew: boolean;
};

/** How the reader looks at the list. */
export type Look = {
  /** Id of their office, or `ministry`. */
  readonly officeId: string;
  /** When they looked last, ISO 8601 UTC; absent: nothing is new. */
  readonly since?: string | undefined;
};

export type OfficeListDeps = {
  readonly openCases: OpenCases;
  readonly presses: Pick<FamilyPresses, 'list'>;
  readonly now: Clock;
};

const sectionOf = (alert: ListedAlert, officeId: string): ListSection => {
  const { drill, consulate, acknowledgedOfficeId } = alert;
  if (drill) return 'drill';
  // Whoever gets a case by hand-over is to take it, and nobody else is.
  if (isUntaken(alert) || isReceiver(officeId, alert)) return 'untaken';
  // The ministry also takes cases of which an office stays in charge.
  const isHere = consulate?.id === officeId || (officeId === 'ministry' && acknowledgedOfficeId === officeId);
  return isHere ? 'here' : 'others';
};

/** A family is known for what it is after a day: nobody registers in an instant to fill a list. */
const newFamilyMs = dayMs;

/** Whether a family has shown that it is one: registered over a day ago, and somebody hears of it, or it has rehearsed. */
const isProven = async ({ presses, now }: OfficeListDeps, family: ListedFamily): Promise<boolean> => {
  if (now().getTime() - Date.parse(family.registeredAt) <= newFamilyMs) return false;
  if (family.reachable > 0) return true;
  const pressed = await presses.list(family.familyId);
  return pressed.some(({ drill, state }) => drill && state === 'closed');
};

const placeOf = ({ section }: ListEntry): number => listSections.indexOf(section);

/** The longest waiting first; of equals any order that stays. */
const byAge = (one: ListEntry, other: ListEntry): number =>
  one.alert.raisedAt.localeCompare(other.alert.raisedAt) || one.alert.alertId.localeCompare(other.alert.alertId);

/** So many cases of one family stand among those of others that nobody has; what it has beyond comes last. */
const mostOfFamily = 5;

/** The cases that nobody has, and that come after those of other families. */
const crowding = (entries: readonly ListEntry[]): ReadonlySet<ListEntry> => {
  const ofFamily = Map.groupBy(
    entries.filter(({ section }) => section === 'untaken'),
    ({ family }) => family.familyId,
  );
  return new Set([...ofFamily.values()].flatMap((own) => own.toSorted(byAge).slice(mostOfFamily)));
};

/** What nobody has comes first, then the longest waiting. */
const inOrder = (entries: readonly ListEntry[], proven: ReadonlySet<string>): readonly ListEntry[] => {
  const crowds = crowding(entries);
  const lateness = (entry: ListEntry): number => {
    if (entry.section !== 'untaken') return 0;
    return crowds.has(entry) ? 2 : Number(!proven.has(entry.family.familyId));
  };
  return entries.toSorted(
    (one, other) => placeOf(one) - placeOf(other) || lateness(one) - lateness(other) || byAge(one, other),
  );
};

/** The case of a link. `drill`: it is one, also when it is forgotten. */
type OwnCase = CaseRef & { readonly drill?: boolean };

/** The cases that a link lists. A link out of a drill opens that drill alone. */
const openedBy = (link: OwnCase, officeId: string, alerts: readonly ListedAlert[]): readonly ListedAlert[] => {
  const own = alerts.filter((alert) => caseIdOf(alert) === caseIdOf(link));
  const listed = link.drill === true || own.some(({ drill }) => drill) ? own : alerts;
  return listed.filter(
    (alert) => alert.state !== 'closed' && alert.joined === undefined && listedOffices(alert).includes(officeId),
  );
};

/** Which cases came into the list since then: by a press, or because the office was told of them later. */
const newSince = async (
  { openCases }: OfficeListDeps,
  { officeId, since }: Look,
  alerts: readonly ListedAlert[],
): Promise<ReadonlySet<ListedAlert>> => {
  if (since === undefined) return new Set();
  const listedAt = await openCases.listedAt(officeId, alerts);
  return new Set(alerts.filter(({ raisedAt }, index) => (listedAt[index] ?? raisedAt) > since));
};

/** The index lags behind, but the case of the link itself is always there: whoever comes from a message finds it. */
const listedAlerts = async (
  { openCases }: OfficeListDeps,
  link: OwnCase,
  officeId: string,
): Promise<readonly ListedAlert[]> => {
  const { familyId, alertId } = link;
  const refs = eachOnce([...(await openCases.ofOffice(officeId)), { familyId, alertId }]);
  return openedBy(link, officeId, await openCases.alerts(refs));
};

/** How many cases came into the list since the reader's last look; drills are not counted. Reads no family. */
export const countNew = async (deps: OfficeListDeps, link: OwnCase, look: Look): Promise<number> => {
  const alerts = await listedAlerts(deps, link, look.officeId);
  return (
    await newSince(
      deps,
      look,
      alerts.filter(({ drill }) => !drill),
    )
  ).size;
};

/**
 * The open cases of a link's office, all of them, in the order in which they need somebody: what nobody has first, the
 * oldest first, those of families that are new and unheard of after the others', and a family's sixth and later ones last.
 */
export const readOfficeList = async (
  deps: OfficeListDeps,
  link: OwnCase,
  look: Look,
): Promise<readonly ListEntry[]> => {
  const { officeId } = look;
  const alerts = await listedAlerts(deps, link, officeId);
  const familyIds = [...new Set(alerts.map((alert) => alert.familyId))];
  const [found, fresh] = await Promise.all([deps.openCases.families(familyIds), newSince(deps, look, alerts)]);
  const families = new Map(found.map((family) => [family.familyId, family]));
  const entries = alerts.flatMap((alert): ListEntry[] => {
    const family = families.get(alert.familyId);
    return family ? [{ section: sectionOf(alert, officeId), alert, family, isNew: fresh.has(alert) }] : [];
  });
  const waiting = new Set(entries.flatMap(({ section, family }) => (section === 'untaken' ? [family] : [])));
  const proven = await Promise.all(
    [...waiting].map(async (family) => ((await isProven(deps, family)) ? [family.familyId] : [])),
  );
  return inOrder(entries, new Set(proven.flat()));
};

/**
 * Its words, without accents and in one case. Whoever searches leaves out the apostrophe of O'Higgins, puts a name
 * in quotes, and writes two surnames with a hyphen, a space or nothing between them.
 */
const wordsIn = (text: string): readonly string[] =>
  tidyName(text, 'signature')
    .normalize('NFKD')
    .replaceAll(/[\p{M}']/gu, '')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean);

const lettersOf = (text: string): string => wordsIn(text).join('');

/** Whether a word is in one of these, or begins in one and goes on in the next, as two surnames written as one. */
const isIn = (names: readonly string[], word: string): boolean =>
  names.some((name, index) => name.includes(word) || names.slice(index).join('').startsWith(word));

/** Whether a case is meant: by its folio, or by parts of the person's name in any order. */
export const isMeant = (text: string): ((entry: ListEntry) => boolean) => {
  const words = wordsIn(text);
  const folio = words.join('').replace(/^folio/, '');
  return ({ alert, family }) => {
    if (words.length === 0) return false;
    if (folio === lettersOf(folioOf(alert.familyId, alert.alertId))) return true;
    const names = wordsIn(family.person.name);
    return words.every((word) => isIn(names, word));
  };
};
