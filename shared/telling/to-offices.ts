import type { Alert } from '../domain/case/alert.ts';
import type { DeliveryKey } from '../domain/case/deliveries.ts';
import { goesOnInSecret, isFamilysAlone } from '../domain/case/alert.ts';
import { knownPosition, searchFactsOf } from '../domain/case/alert-position.ts';
import { officeOf } from '../domain/case/deliveries.ts';
import type { CaseEvent } from '../domain/case/case-event.ts';
import type { CaseStore } from '../domain/case/case.ts';
import { defined } from '../domain/defined.ts';
import type { EventRef } from '../domain/event-ref.ts';
import type { AssignedConsulate, Consulate, MinistryDesk } from '../domain/offices/consulate.ts';
import { ministryOwns } from '../domain/offices/consulate.ts';
import type { TwoOffices } from '../domain/offices/two-offices.ts';
import { sharedBy } from '../domain/offices/two-offices.ts';
import { metersToNearest } from '../domain/offices/nearest-consulates.ts';
import { caseMessageFacts } from './case-message.ts';
import { composeCaseEventForAuthority } from './compose-case-event-for-authority.ts';
import { composeRaisedForAuthority } from './compose-raised-for-authority.ts';
import type { ChooseConsulateFacts, ChosenConsulate } from '../domain/offices/choose-consulate.ts';
import type { Address, DeliverDeps, DeliveryResult, OfficesOfPress } from './deliver.ts';
import { deliver } from './deliver.ts';
import type { EscalateDeps } from '../domain/case/pass-on.ts';
import type { Family, FamilyReader } from '../domain/family/family.ts';
import type { JoinCaseDeps } from '../domain/case/join-case.ts';
import { placePress } from '../domain/case/join-case.ts';
import type { TrackStore } from '../domain/case/record-positions.ts';
import { followPress } from '../domain/case/record-positions.ts';
import { forcedEventOf } from '../domain/family/duress-signal.ts';
import { officeWithId } from '../domain/case/links.ts';
import type { NearbyDeps } from './nearby.ts';
import { lookNearby } from './nearby.ts';
import type { RaisedForAuthorityFacts } from './raised-message.ts';
import { withKnownPosition } from './raised-message.ts';
import type { LetterDeps, Write } from './office-letter.ts';
import { countedAs, letterTo } from './office-letter.ts';
import type { Occasion } from './follow-up.ts';
import { followUpOf, isUrgent } from './follow-up.ts';

export type TellOfficesDeps = DeliverDeps &
  EscalateDeps &
  LetterDeps & {
    readonly families: FamilyReader;
    readonly cases: Pick<CaseStore, 'readCurrent' | 'apply'>;
    readonly alerts: JoinCaseDeps['alerts'];
    readonly heads: JoinCaseDeps['heads'];
    readonly track: TrackStore;
    readonly incidents: NearbyDeps['incidents'];
    readonly townNear: NearbyDeps['townNear'];
    readonly newId: () => string;
    readonly retentionMs: number;
    readonly openConsulates: readonly Consulate[];
    /** What a search comes to by our own distance, at once. */
    readonly chooseByDistance: (facts: ChooseConsulateFacts) => ChosenConsulate;
    readonly desk: MinistryDesk;
  };

/** What telling the offices came to, and the search for one, if there was one. */
export type OfficesTold = { readonly results: DeliveryResult[]; readonly search?: ChosenConsulate };

/** The ministry may have got the case by silence before any office could be told. */
const isToBeChosen = ({ raisedTo, deliveries, consulate }: Alert): boolean =>
  !raisedTo && deliveries.consulate !== undefined && (consulate === undefined || consulate.id === 'ministry');

/** Where the office comes from: the record, a search, or, where nothing says which office is near, the ministry. */
const assign = async (
  deps: TellOfficesDeps,
  alert: Alert,
  family: Family,
): Promise<OfficesOfPress & { readonly search?: ChosenConsulate }> => {
  const known = (chosen: AssignedConsulate): OfficesOfPress => ({
    chosen,
    ...defined({ twoOffices: sharedBy(chosen, alert.twoOffices) }),
  });
  if (alert.raisedTo) return known(alert.raisedTo);
  if (!isToBeChosen(alert)) return known(alert.consulate ?? ministryOwns);
  const search = await deps.chooseConsulate(searchFactsOf(alert, family));
  if (search.kind !== 'chosen') return { chosen: ministryOwns, search };
  return { chosen: search.assigned, ...defined({ twoOffices: search.twoOffices }), search };
};

/** What became of recording two offices: a fault leaves the offices for the next try, and the ministry is told (G4). */
type Recorded = OfficesOfPress & { readonly fault?: DeliveryResult };

const record = async (
  { deliveries }: TellOfficesDeps,
  ref: EventRef,
  { search, ...found }: Awaited<ReturnType<typeof assign>>,
): Promise<Recorded> => {
  if (!search || !found.twoOffices) return found;
  try {
    return await deliveries.recordOffices(ref, found.twoOffices);
  } catch (cause) {
    return { ...found, fault: { destination: 'consulate', kind: 'failed', cause } };
  }
};

const isOfficeKey = (key: string): key is 'ministry' | `consulate:${string}` =>
  key === 'ministry' || key.startsWith('consulate:');

const isKeyOfPress = (key: string): key is 'consulate' | 'ministry' | `consulate:${string}` =>
  key === 'consulate' || isOfficeKey(key);

/** Whom a press is still to be told: the office in charge, the nearest beside it, the ministry. */
const stillToTell = (
  { deliveries }: Alert,
  { twoOffices, fault }: Recorded,
  isSearched: boolean,
): readonly DeliveryKey[] => {
  const pending = Object.keys(deliveries)
    .filter(isKeyOfPress)
    .filter((key) => deliveries[key]?.status === 'pending');
  if (fault) return pending.filter((key) => key === 'ministry');
  // What the stream has of the press is older than its second office.
  const beside = isSearched && twoOffices ? (`consulate:${twoOffices.nearest.id}` as const) : undefined;
  return beside === undefined || deliveries[beside] ? pending : [...pending, beside];
};

/** The case before a press, if it goes on in secret. What cannot be read keeps nobody from hearing of the press. */
const earlierUnderDuress = async (
  { alerts }: TellOfficesDeps,
  { familyId, ownCase }: Alert,
): Promise<Pick<RaisedForAuthorityFacts, 'earlierUnderDuress'>> => {
  if (ownCase?.after === undefined) return {};
  try {
    const earlier = await alerts.get(familyId, ownCase.after);
    return earlier && goesOnInSecret(earlier) ? { earlierUnderDuress: earlier } : {};
  } catch {
    return {};
  }
};

/**
 * One more press of a case is told with the case; where the phone was is known there from now on.
 * @returns a fault as a failed result, so that it is tried again
 */
const followInCase = async (
  deps: TellOfficesDeps,
  press: Alert,
  { person }: Family,
  head: string,
): Promise<DeliveryResult[]> => {
  const { position, pressedAt, raisedAt } = press;
  if (!position) return [];
  const point = { measuredAt: pressedAt ?? raisedAt, ...position };
  try {
    await followPress(deps, press, head, { homePosition: person.homePosition, point });
    return [];
  } catch (cause) {
    return [{ destination: 'consulate', kind: 'failed', cause }];
  }
};

type PressFacts = Pick<RaisedForAuthorityFacts, 'alert' | 'family' | 'assigned' | 'earlierUnderDuress' | 'nearby'>;

/** What is written of a press to each whom it is told, with the office that is on the record. */
const pressWriter = (
  deps: TellOfficesDeps,
  { alert, ...facts }: PressFacts,
  twoOffices: TwoOffices | undefined,
): Write => {
  const { consulateById, desk } = deps;
  const consulate = consulateById(facts.assigned.id);
  const officeMeters = metersToNearest(deps.openConsulates);
  // The message that others get in the case that they have.
  if (alert.origin?.kind === 'duress-change') {
    const current = { alert: { ...alert, consulate: facts.assigned }, family: facts.family };
    return (recipient, link) => {
      const known = { consulateById, officeMeters, desk, now: deps.now(), link };
      return composeCaseEventForAuthority(recipient, caseMessageFacts(current, forcedEventOf(alert), known));
    };
  }
  // Of the press alone: where the phone went since is told by messages of its own.
  const { lastPosition: _later, twoOffices: _since, ...pressed } = alert;
  const known = knownPosition(pressed, facts.family, officeMeters);
  const told = { ...pressed, ...defined({ twoOffices: sharedBy(facts.assigned, twoOffices) }) };
  return (recipient, link) =>
    composeRaisedForAuthority(recipient, {
      ...facts,
      ...withKnownPosition(told, known),
      ...(consulate && { consulate }),
      consulateById,
      desk,
      link,
      now: deps.now(),
    });
};

/**
 * The offices that the ministry reads of while Amazon Location is asked: they are those that it names in nearly all cases,
 * and the page shows who has it. `undefined`: nobody is to be asked, so that there is nothing to wait for.
 */
const meanwhile = (deps: TellOfficesDeps, alert: Alert, family: Family): OfficesOfPress | undefined => {
  const own = isToBeChosen(alert) ? deps.chooseByDistance(searchFactsOf(alert, family)) : undefined;
  if (own?.kind !== 'chosen' || own.assigned.id === 'ministry') return undefined;
  return { chosen: own.assigned, ...defined({ twoOffices: own.twoOffices }) };
};

/**
 * Tells the office in charge, the nearest if that is another, and the ministry of a press, each whatever becomes of the
 * others (G4). The office is decided first, within the time that Location has, and recorded with the first claim, two
 * offices before it, so that a repeat writes to the same. The ministry does not wait for that.
 */
export const tellOfficesOfPress = async (deps: TellOfficesDeps, alert: Alert): Promise<OfficesTold> => {
  if (alert.drill && isFamilysAlone(alert)) return { results: [] };
  const [family, placed] = await Promise.all([deps.families.get(alert.familyId), placePress(deps, alert)]);
  if (!family || placed.kind === 'gone') return { results: [] };
  if (placed.kind === 'joined') return { results: await followInCase(deps, alert, family, placed.head) };
  if (!alert.consularNotification) return { results: [] };

  const ref = { familyId: alert.familyId, alertId: alert.alertId };
  const early = alert.deliveries.ministry?.status === 'pending' ? meanwhile(deps, alert, family) : undefined;
  let latest = early;
  const decide = async () => {
    const { search, ...found } = await assign(deps, alert, family);
    const recorded = await record(deps, ref, { ...found, ...defined({ search }) });
    latest = recorded;
    return { recorded, ...defined({ search }) };
  };
  const deciding = decide();
  const knowing = Promise.all([earlierUnderDuress(deps, placed.press), lookNearby(deps, alert, family)]);
  const occasion: Occasion = { kind: 'press', alert };
  /** `keeps`: the office is recorded with the claim. What is known of the offices is taken when the message is written. */
  const tell = async (key: DeliveryKey, known: () => OfficesOfPress, keeps: boolean) => {
    const [earlier, nearby] = await knowing;
    const facts = { alert, family, ...earlier, ...defined({ nearby }) };
    const about = {
      alert,
      urgent: isUrgent(occasion) || earlier.earlierUnderDuress !== undefined,
      counted: countedAs(occasion),
      pagesPhones: alert.pagesPhones === true,
    };
    const address: Address = { ref, destination: key, ...(keeps && { consulate: known().chosen }) };
    return deliver(deps, address, (recorded) => {
      const { id } = recorded ?? known().chosen;
      const office = officeWithId(key === 'ministry' ? key : (officeOf(key) ?? id));
      const letter = letterTo(deps, office, about, (...to) => {
        const { chosen, twoOffices } = known();
        return pressWriter(deps, { ...facts, assigned: recorded ?? chosen }, twoOffices)(...to);
      });
      // If nobody listens at the nearest, the responsible office has the case all the same.
      return key === 'consulate' ? { ...letter, whenUnreachable: async () => followUpOf(deps, occasion, id) } : letter;
    });
  };

  const ministry = early ? [tell('ministry', () => latest ?? early, false)] : [];
  const { recorded, search } = await deciding;
  const others = stillToTell(alert, recorded, search !== undefined)
    .filter((key) => key !== 'ministry' || !early)
    .map(async (key) => tell(key, () => recorded, !recorded.fault));
  const results = await Promise.all([...others, ...ministry]);
  return { results: [...(recorded.fault ? [recorded.fault] : []), ...results], ...defined({ search }) };
};

/**
 * Tells the ministry and each office that a later event names, each whatever becomes of the others.
 *
 * @param isTogether whether an office is told of other cases in the same moment
 */
export const tellOfficesOfEvent = async (
  deps: TellOfficesDeps,
  event: CaseEvent,
  isTogether: (officeId: string) => boolean = () => false,
): Promise<OfficesTold> => {
  const destinations = Object.keys(event.deliveries)
    .filter(isOfficeKey)
    .filter((key) => event.deliveries[key]?.status === 'pending');
  const current = destinations.length > 0 ? await deps.cases.readCurrent(event.familyId, event.alertId) : undefined;
  if (!current) return { results: [] };

  const { alert } = current;
  const ref = { familyId: event.familyId, alertId: event.alertId, eventId: event.eventId };
  const { consulateById, desk } = deps;
  const officeMeters = metersToNearest(deps.openConsulates);
  const write: Write = (recipient, link) =>
    composeCaseEventForAuthority(
      recipient,
      caseMessageFacts(current, event, { consulateById, officeMeters, desk, now: deps.now(), link }),
    );
  const occasion: Occasion = { kind: 'event', event };
  const about = { alert, urgent: isUrgent(occasion), counted: countedAs(occasion) };

  const tell = async (destination: DeliveryKey): Promise<DeliveryResult> => {
    const id = officeOf(destination) ?? 'ministry';
    return deliver(deps, { ref, destination, alert }, () => ({
      ...letterTo(deps, officeWithId(id), { ...about, together: isTogether(id) }, write),
      whenUnreachable: async () => followUpOf(deps, occasion, id),
    }));
  };
  return { results: await Promise.all(destinations.map(tell)) };
};
