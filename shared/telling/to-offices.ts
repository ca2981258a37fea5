import { type Alert, isFamilysAlone } from '../domain/case/alert.ts';
import { searchFactsOf } from '../domain/case/alert-position.ts';
import { type DeliveryKey, isKeyOfPress, isOfficeKey, officeOf } from '../domain/case/deliveries.ts';
import type { CaseEvent } from '../domain/case/case-event.ts';
import { defined } from '../domain/defined.ts';
import type { EventRef } from '../domain/event-ref.ts';
import { type AssignedConsulate, ministryOwns } from '../domain/offices/consulate.ts';
import { sharedBy } from '../domain/offices/two-offices.ts';
import { metersToNearest } from '../domain/offices/nearest-consulates.ts';
import { caseMessageFacts } from './case-message.ts';
import { composeCaseEventForAuthority } from './compose-case-event-for-authority.ts';
import type { ChooseConsulateFacts, ChosenConsulate } from '../domain/offices/choose-consulate.ts';
import type { OfficeReachStore } from './check-offices.ts';
import { type Address, type DeliveryResult, type OfficesOfPress, deliver } from './deliver.ts';
import type { Family, FamilyReader } from '../domain/family/family.ts';
import { otherDecidesMs } from '../domain/limits.ts';
import { type JoinCaseDeps, placePress } from '../domain/case/join-case.ts';
import { type TrackStore, followPress } from '../domain/case/record-positions.ts';
import { officeWithId } from '../domain/case/links.ts';
import { lookNearby } from './nearby.ts';
import { type AtOnceDeps, tellAtOnce } from './press-at-once.ts';
import { earlierUnderDuress, pressWriter } from './press-writer.ts';
import { type Write, aboutPress, countedAs, letterTo } from './office-letter.ts';
import { type Occasion, followUpOf, isUrgent } from './follow-up.ts';

export type TellOfficesDeps = AtOnceDeps & {
  readonly families: FamilyReader;
  readonly heads: JoinCaseDeps['heads'];
  readonly officeReach: Pick<OfficeReachStore, 'get'>;
  readonly track: TrackStore;
  readonly newId: () => string;
  readonly retentionMs: number;
  /** What a search comes to by our own distance, at once. */
  readonly chooseByDistance: (facts: ChooseConsulateFacts) => ChosenConsulate;
};

/** What telling the offices came to, and the search for one, if there was one. */
export type OfficesTold = { readonly results: DeliveryResult[]; readonly search?: ChosenConsulate };

/** The ministry may have got the case by silence before any office could be told. */
const isToBeChosen = ({ raisedTo, deliveries, consulate }: Alert): boolean =>
  !raisedTo && deliveries.consulate !== undefined && (consulate === undefined || consulate.id === 'ministry');

/** Where the office comes from: the record, a search, or, where nothing says which office is near, the ministry. */
const assign = async (
  alert: Alert,
  askFor: () => Promise<ChosenConsulate>,
): Promise<OfficesOfPress & { readonly search?: ChosenConsulate }> => {
  const known = (chosen: AssignedConsulate): OfficesOfPress => ({
    chosen,
    ...defined({ twoOffices: sharedBy(chosen, alert.twoOffices) }),
  });
  if (alert.raisedTo) return known(alert.raisedTo);
  if (!isToBeChosen(alert)) return known(alert.consulate ?? ministryOwns);
  const search = await askFor();
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

/**
 * Where nobody has handled a press: the offices that our own distance expects it to be brought to. Nobody waits for Amazon
 * Location longer than its answer is worth.
 */
const expectedOffices = (deps: TellOfficesDeps, alert: Alert, family: Family): OfficesOfPress | undefined => {
  const { deliveries, consulate } = alert;
  const isFresh = isToBeChosen(alert) && consulate === undefined;
  if (!isFresh || deliveries.ministry?.status !== 'pending' || deliveries.consulate?.status !== 'pending')
    return undefined;
  const own = deps.chooseByDistance(searchFactsOf(alert, family));
  if (own.kind !== 'chosen' || own.assigned.id === 'ministry') return undefined;
  return { chosen: own.assigned, ...defined({ twoOffices: own.twoOffices }) };
};

/** Tells each of whom the record says that they are still to be told: somebody has handled the press before. */
const tellTheRest = async (
  deps: TellOfficesDeps,
  alert: Alert,
  decided: Alert,
  family: Family,
  search: () => Promise<ChosenConsulate>,
): Promise<OfficesTold> => {
  const ref = { familyId: alert.familyId, alertId: alert.alertId };
  const knowing = Promise.all([earlierUnderDuress(deps, decided), lookNearby(deps, alert, family)]);
  const { search: searched, ...found } = await assign(alert, search);
  const recorded = await record(deps, ref, { ...found, ...defined({ search: searched }) });
  const occasion: Occasion = { kind: 'press', alert };
  const tell = async (key: DeliveryKey) => {
    const [earlier, nearby] = await knowing;
    const facts = { alert, family, ...earlier, ...defined({ nearby }) };
    // The office is recorded with the claim.
    const address: Address = { ref, destination: key, ...(!recorded.fault && { consulate: recorded.chosen }) };
    return deliver(deps, address, (first) => {
      const assigned = first ?? recorded.chosen;
      const office = officeWithId(key === 'ministry' ? key : (officeOf(key) ?? assigned.id));
      const letter = letterTo(
        deps,
        office,
        aboutPress(alert, earlier),
        pressWriter(deps, { ...facts, assigned }, recorded.twoOffices),
      );
      // If nobody listens at the nearest, the responsible office has the case all the same.
      const whenUnreachable = async () => followUpOf(deps, occasion, assigned.id);
      return key === 'consulate' ? { ...letter, whenUnreachable } : letter;
    });
  };
  const results = await Promise.all(stillToTell(alert, recorded, searched !== undefined).map(tell));
  return { results: [...(recorded.fault ? [recorded.fault] : []), ...results], ...defined({ search: searched }) };
};

/**
 * Tells the office in charge, the nearest if that is another, and the ministry of a press, each whatever becomes of the
 * others (G4): at once if nobody has handled it, else whom the record leaves.
 */
export const tellOfficesOfPress = async (deps: TellOfficesDeps, alert: Alert): Promise<OfficesTold> => {
  if (alert.drill && isFamilysAlone(alert)) return { results: [] };
  // All that the messages need is read at once.
  const checked = deps.officeReach.get().catch(() => undefined);
  const reading = deps.families.get(alert.familyId);
  let searching: Promise<ChosenConsulate> | undefined;
  const searchFor = async (of: Family) => (searching ??= deps.chooseConsulate(searchFactsOf(alert, of)));
  const meanwhile = async (): Promise<void> => {
    // What cannot be read fails below, for whoever waits for it.
    const of = await reading.catch(() => undefined);
    if (of && alert.consularNotification && isToBeChosen(alert)) await searchFor(of);
  };
  const [family, placed] = await Promise.all([
    reading,
    placePress(deps, alert, { leaveToOthers: { ms: otherDecidesMs, meanwhile: () => void meanwhile() } }),
  ]);
  if (!family || placed.kind === 'gone') return { results: [] };
  if (placed.kind === 'joined') return { results: await followInCase(deps, alert, family, placed.head) };
  if (!alert.consularNotification) return { results: [] };

  const search = async () => searchFor(family);
  const decided = placed.press;
  const expected = expectedOffices(deps, alert, family);
  const press = expected && { alert, decided, family, expected, search: search(), reach: await checked };
  const told = press && (await tellAtOnce(deps, press));
  if (!told) return tellTheRest(deps, alert, decided, family, search);
  return { results: told, search: await search() };
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
