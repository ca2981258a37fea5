import type { Alert, DeliveryKey } from '../domain/case/alert.ts';
import { goesOnInSecret, isFamilysAlone, knownPosition, officeOf } from '../domain/case/alert.ts';
import type { CaseEvent } from '../domain/case/case-event.ts';
import type { CaseStore } from '../domain/case/case.ts';
import type { AssignedConsulate, Consulate, MinistryDesk } from '../domain/offices/consulate.ts';
import { ministryOwns } from '../domain/offices/consulate.ts';
import { metersToNearest } from '../domain/offices/nearest-consulates.ts';
import { caseMessageFacts } from './case-message.ts';
import { composeCaseEventForAuthority } from './compose-case-event-for-authority.ts';
import { composeRaisedForAuthority } from './compose-raised-for-authority.ts';
import type { ChosenConsulate } from '../domain/offices/choose-consulate.ts';
import type { OfficeChannel } from './channel.ts';
import type { Address, DeliverDeps, DeliveryResult, Letter } from './deliver.ts';
import { deliver } from './deliver.ts';
import type { EscalateDeps } from '../domain/case/mind-case.ts';
import type { Family, FamilyReader } from '../domain/family/family.ts';
import type { JoinCaseDeps } from '../domain/case/join-case.ts';
import { placePress } from '../domain/case/join-case.ts';
import type { TrackStore } from '../domain/case/record-positions.ts';
import { followPress } from '../domain/case/record-positions.ts';
import type { LinkMaker, OfficeRecipient } from '../domain/case/links.ts';
import { officeIdOf, officeWithId } from '../domain/case/links.ts';
import type { NearbyDeps } from './nearby.ts';
import { lookNearby } from './nearby.ts';
import type { MailLimit } from './mail-limit.ts';
import { mayMail } from './mail-limit.ts';
import type { Publication } from './publication.ts';
import type { RaisedForAuthorityFacts } from './raised-message.ts';
import { withKnownPosition } from './raised-message.ts';
import type { Occasion } from './follow-up.ts';
import { followUpOf, isUrgent } from './follow-up.ts';
import type { AuthorityRecipient } from './recipient.ts';

export type TellOfficesDeps = DeliverDeps &
  EscalateDeps & {
    readonly channel: OfficeChannel;
    readonly mailLimit: MailLimit;
    readonly families: FamilyReader;
    readonly cases: Pick<CaseStore, 'readCurrent' | 'apply'>;
    readonly alerts: JoinCaseDeps['alerts'];
    readonly heads: JoinCaseDeps['heads'];
    readonly track: TrackStore;
    readonly incidents: NearbyDeps['incidents'];
    readonly townNear: NearbyDeps['townNear'];
    readonly newId: () => string;
    readonly retentionMs: number;
    readonly consulateById: (id: string) => Consulate | undefined;
    readonly openConsulates: readonly Consulate[];
    readonly linkFor: LinkMaker;
    readonly desk: MinistryDesk;
  };

/** What telling the offices came to, and the search for one, if there was one. */
export type OfficesTold = { readonly results: DeliveryResult[]; readonly search?: ChosenConsulate };

/** Where the office comes from: the record, a search, or, where nothing says which office is near, the ministry. */
const assign = async (
  deps: TellOfficesDeps,
  alert: Alert,
  family: Family,
): Promise<{ readonly chosen: AssignedConsulate; readonly search?: ChosenConsulate }> => {
  if (alert.raisedTo) return { chosen: alert.raisedTo };
  if (!alert.deliveries.consulate) return { chosen: alert.consulate ?? ministryOwns };
  // The ministry may have got the case by silence before any office could be told.
  if (alert.consulate && alert.consulate.id !== 'ministry') return { chosen: alert.consulate };
  const { consularNotification, position, pressedAt, raisedAt } = alert;
  const { homePosition } = family.person;
  const search = await deps.chooseConsulate({
    consularNotification,
    position,
    homePosition,
    pressedAt: pressedAt ?? raisedAt,
  });
  return { chosen: search.kind === 'chosen' ? search.assigned : ministryOwns, search };
};

type Write = (recipient: AuthorityRecipient, link: string) => Publication;

export const recipientOf = (
  { consulateById }: Pick<TellOfficesDeps, 'consulateById'>,
  office: OfficeRecipient,
): AuthorityRecipient | undefined => {
  if (office.kind === 'ministry') return office;
  const consulate = consulateById(office.id);
  return consulate && { kind: 'consulate', consulate };
};

/** `together`: people of the office are told of other cases in the same moment, and read of all of them in one digest. */
type About = { readonly alert: Alert; readonly urgent: boolean; readonly together?: boolean };

/**
 * A message about a case to one office, or to the ministry. Machines get it at once. Mailboxes and duty phones get it as
 * one of its own, or, if they had too many just now, by the next digest.
 */
const letterTo = (
  deps: TellOfficesDeps,
  office: OfficeRecipient,
  { alert, urgent, together = false }: About,
  write: Write,
): Letter => {
  const topic = { officeId: officeIdOf(office) };
  return {
    ...(office.kind === 'consulate' && topic),
    send: async () => {
      const recipient = recipientOf(deps, office);
      if (!recipient) return { kind: 'refused', reason: 'no-such-office' };
      const [link, alone] = await Promise.all([
        deps.linkFor(office, alert),
        !together && mayMail(deps.mailLimit, topic, urgent ? 'urgent' : 'single', deps.now()),
      ]);
      const sent = await deps.channel.send(topic, { ...write(recipient, link), mail: alone ? 'each' : 'none' });
      if (alone || sent.kind !== 'accepted' || sent.reached === 0) return sent;
      return { kind: 'gathered', waiting: { ...topic, drill: alert.drill, urgent, at: deps.now() } };
    },
    reach: async () => deps.channel.reach(topic),
  };
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

/**
 * Tells the nearest office and the ministry of a press, each whatever becomes of the other (G4). The office is decided
 * first, within 800 ms in all, and recorded with the first claim, so that a repeat writes to the same office.
 */
export const tellOfficesOfPress = async (deps: TellOfficesDeps, alert: Alert): Promise<OfficesTold> => {
  if (alert.drill && isFamilysAlone(alert)) return { results: [] };
  const [family, placed] = await Promise.all([deps.families.get(alert.familyId), placePress(deps, alert)]);
  if (!family || placed.kind === 'gone') return { results: [] };
  if (placed.kind === 'joined') return { results: await followInCase(deps, alert, family, placed.head) };
  if (!alert.consularNotification) return { results: [] };

  const [{ chosen, search }, earlier, nearby] = await Promise.all([
    assign(deps, alert, family),
    earlierUnderDuress(deps, placed.press),
    lookNearby(deps, alert, family),
  ]);
  const ref = { familyId: alert.familyId, alertId: alert.alertId };
  const writeFor =
    (assigned: AssignedConsulate): Write =>
    (recipient, link) => {
      const consulate = deps.consulateById(assigned.id);
      // Of the press alone: where the phone went since is told by messages of its own.
      const { lastPosition: _later, ...pressed } = alert;
      const known = knownPosition(pressed, family, metersToNearest(deps.openConsulates));
      const facts = {
        ...withKnownPosition(alert, known),
        family,
        assigned,
        link,
        desk: deps.desk,
        now: deps.now(),
        ...earlier,
        ...(nearby && { nearby }),
      };
      return composeRaisedForAuthority(recipient, { ...facts, ...(consulate && { consulate }) });
    };
  const occasion: Occasion = { kind: 'press', alert };
  const about = { alert, urgent: isUrgent(occasion) || earlier.earlierUnderDuress !== undefined };
  const addressOf = (destination: DeliveryKey): Address => ({ ref, destination, consulate: chosen });

  const results = await Promise.all([
    ...(alert.deliveries.consulate?.status === 'pending'
      ? [
          deliver(deps, addressOf('consulate'), (recorded = chosen) => ({
            ...letterTo(deps, { kind: 'consulate', id: recorded.id }, about, writeFor(recorded)),
            whenUnreachable: async () => followUpOf(deps, occasion, recorded.id),
          })),
        ]
      : []),
    ...(alert.deliveries.ministry?.status === 'pending'
      ? [
          deliver(deps, addressOf('ministry'), (recorded = chosen) =>
            letterTo(deps, { kind: 'ministry' }, about, writeFor(recorded)),
          ),
        ]
      : []),
  ]);
  return { results, ...(search && { search }) };
};

const isOfficeKey = (key: string): key is 'ministry' | `consulate:${string}` =>
  key === 'ministry' || key.startsWith('consulate:');

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
  const about = { alert, urgent: isUrgent(occasion) };

  const tell = async (destination: DeliveryKey): Promise<DeliveryResult> => {
    const id = officeOf(destination) ?? 'ministry';
    return deliver(deps, { ref, destination, alert }, () => ({
      ...letterTo(deps, officeWithId(id), { ...about, together: isTogether(id) }, write),
      whenUnreachable: async () => followUpOf(deps, occasion, id),
    }));
  };
  return { results: await Promise.all(destinations.map(tell)) };
};
