import type { Alert, DeliveryKey } from '../domain/case/alert.ts';
import { officeOf } from '../domain/case/alert.ts';
import type { CaseEvent } from '../domain/case/case-event.ts';
import type { CaseStore } from '../domain/case/change-case.ts';
import type { AssignedConsulate, Consulate, MinistryDesk } from '../domain/offices/consulate.ts';
import { ministryOwns } from '../domain/offices/consulate.ts';
import { caseMessageFacts } from './case-facts.ts';
import { composeCaseEventForAuthority } from './compose-case-event-for-authority.ts';
import { composeRaisedForAuthority } from './compose-raised-for-authority.ts';
import type { ChosenConsulate } from '../domain/offices/choose-consulate.ts';
import type { FamilyDirectory } from './announce-to-family.ts';
import type { Announcer, DeliveryDeps, DeliveryResult, EventRef, PassOnEvent, PublishOutcome } from './delivery.ts';
import { deliver } from './delivery.ts';
import type { EscalateDeps } from '../domain/case/escalate.ts';
import { passOnToNextConsulate } from '../domain/case/escalate.ts';
import type { Family } from '../domain/family/family.ts';
import type { LinkMaker } from '../domain/case/links.ts';
import type { Publication } from './publication.ts';
import type { AuthorityRecipient } from './recipient.ts';

export type AuthorityAnnouncementDeps = DeliveryDeps &
  EscalateDeps & {
    readonly announcer: Announcer;
    readonly families: Pick<FamilyDirectory, 'get'>;
    readonly cases: Pick<CaseStore, 'read'>;
    readonly consulateById: (id: string) => Consulate | undefined;
    readonly consulateTopicArn: (consulateId: string) => string;
    readonly ministryTopicArn: string;
    readonly linkFor: LinkMaker;
    readonly desk: MinistryDesk;
  };

/** What telling the authorities came to, and the search for an office, where there was one. */
export type AuthorityAnnouncement = { readonly results: DeliveryResult[]; readonly search?: ChosenConsulate };

/** Where the office comes from: the record, a search, or, where nothing says which office is near, the ministry. */
const assign = async (
  deps: AuthorityAnnouncementDeps,
  alert: Alert,
  family: Family,
): Promise<{ readonly chosen: AssignedConsulate; readonly search?: ChosenConsulate }> => {
  if (alert.raisedTo) return { chosen: alert.raisedTo };
  if (!alert.deliveries.consulate) return { chosen: alert.consulate ?? ministryOwns };
  // The ministry may have got the case by silence before any office could be told.
  if (alert.consulate && alert.consulate.id !== 'ministry') return { chosen: alert.consulate };
  const { consularNotification, position } = alert;
  const { homePosition } = family.person;
  const search = await deps.chooseConsulate({ consularNotification, position, homePosition });
  return { chosen: search.kind === 'chosen' ? search.assigned : ministryOwns, search };
};

type Compose = (recipient: AuthorityRecipient, link: string) => Publication;

const publishToConsulate = async (
  deps: AuthorityAnnouncementDeps,
  alert: Alert,
  consulateId: string,
  compose: Compose,
): Promise<PublishOutcome> => {
  const consulate = deps.consulateById(consulateId);
  if (!consulate) return { kind: 'refused', reason: 'no-such-office' };
  const link = await deps.linkFor({ kind: 'consulate', id: consulateId }, alert);
  return deps.announcer.publish(deps.consulateTopicArn(consulateId), compose({ kind: 'consulate', consulate }, link));
};

const publishToMinistry = async (
  deps: AuthorityAnnouncementDeps,
  alert: Alert,
  compose: Compose,
): Promise<PublishOutcome> => {
  const link = await deps.linkFor({ kind: 'ministry' }, alert);
  return deps.announcer.publish(deps.ministryTopicArn, compose({ kind: 'ministry' }, link));
};

/**
 * The event by which a case goes on from the last of `tried`, where nobody listens. It does not when the case has gone
 * elsewhere meanwhile, with an officer or by silence, or is closed.
 */
const passOn = async (
  deps: AuthorityAnnouncementDeps,
  cause: EventRef & Pick<Alert, 'familyId' | 'alertId'>,
  tried: readonly string[],
): Promise<PassOnEvent | undefined> => {
  const current = await deps.cases.read(cause.familyId, cause.alertId);
  if (!current) return undefined;
  const { alert, family } = current;
  const isThere = alert.state !== 'closed' && alert.consulate?.id === tried.at(-1);
  return isThere ? passOnToNextConsulate(deps, alert, family, { tried, causeId: cause.eventId }) : undefined;
};

/**
 * Tells the nearest office and the ministry of a press, each whatever becomes of the other (G4). The office is decided
 * first, within 800 ms in all, and recorded with the first claim, so that a repeat writes to the same office.
 */
export const announceRaisedToAuthorities = async (
  deps: AuthorityAnnouncementDeps,
  alert: Alert,
): Promise<AuthorityAnnouncement> => {
  if (!alert.consularNotification) return { results: [] };
  const family = await deps.families.get(alert.familyId);
  if (!family) return { results: [] };

  const { chosen, search } = await assign(deps, alert, family);
  const { announcer, ministryTopicArn, consulateTopicArn } = deps;
  const ref = { familyId: alert.familyId, alertId: alert.alertId };
  const composeFor =
    (assigned: AssignedConsulate): Compose =>
    (recipient, link) => {
      const consulate = deps.consulateById(assigned.id);
      const facts = { alert, family, assigned, link, desk: deps.desk, now: deps.now() };
      return composeRaisedForAuthority(recipient, { ...facts, ...(consulate && { consulate }) });
    };

  const tellConsulate = async () =>
    deliver(deps, ref, 'consulate', {
      consulate: chosen,
      publish: async (recorded = chosen) => publishToConsulate(deps, alert, recorded.id, composeFor(recorded)),
      recount: async (recorded = chosen) => announcer.confirmedSubscribers(consulateTopicArn(recorded.id)),
      whenUnreachable: async (recorded = chosen) => passOn(deps, ref, [recorded.id]),
    });
  const tellMinistry = async () =>
    deliver(deps, ref, 'ministry', {
      consulate: chosen,
      publish: async (recorded = chosen) => publishToMinistry(deps, alert, composeFor(recorded)),
      recount: async () => announcer.confirmedSubscribers(ministryTopicArn),
    });

  const results = await Promise.all([
    ...(alert.deliveries.consulate?.status === 'pending' ? [tellConsulate()] : []),
    ...(alert.deliveries.ministry?.status === 'pending' ? [tellMinistry()] : []),
  ]);
  return { results, ...(search && { search }) };
};

const isPendingAuthority = (event: CaseEvent, key: DeliveryKey): boolean =>
  key !== 'family' && event.deliveries[key]?.status === 'pending';

/** The office that an event puts in charge: if nobody listens there, the alert goes on. */
const newlyInCharge = (event: CaseEvent): AssignedConsulate | undefined =>
  event.type === 'alert.escalated.v1' || event.type === 'alert.located.v1' ? event.consulate : undefined;

const triedBefore = (event: CaseEvent): readonly string[] =>
  event.type === 'alert.escalated.v1' ? event.triedConsulates : [];

/** Tells the ministry and each office that a later event names, each whatever becomes of the others. */
export const announceCaseEventToAuthorities = async (
  deps: AuthorityAnnouncementDeps,
  event: CaseEvent,
): Promise<AuthorityAnnouncement> => {
  const destinations = keysOf(event.deliveries).filter((key) => isPendingAuthority(event, key));
  const current = destinations.length > 0 ? await deps.cases.read(event.familyId, event.alertId) : undefined;
  if (!current) return { results: [] };

  const { alert } = current;
  const ref = { familyId: event.familyId, alertId: event.alertId, eventId: event.eventId };
  const { consulateById, desk } = deps;
  const compose: Compose = (recipient, link) =>
    composeCaseEventForAuthority(
      recipient,
      caseMessageFacts(current, event, { consulateById, desk, now: deps.now(), link }),
    );
  const inCharge = newlyInCharge(event);

  const tell = async (destination: DeliveryKey): Promise<DeliveryResult> => {
    const id = officeOf(destination);
    if (id === undefined) {
      return deliver(deps, ref, destination, {
        publish: async () => publishToMinistry(deps, alert, compose),
        recount: async () => deps.announcer.confirmedSubscribers(deps.ministryTopicArn),
      });
    }
    return deliver(deps, ref, destination, {
      publish: async () => publishToConsulate(deps, alert, id, compose),
      recount: async () => deps.announcer.confirmedSubscribers(deps.consulateTopicArn(id)),
      ...(id === inCharge?.id && { whenUnreachable: async () => passOn(deps, ref, [...triedBefore(event), id]) }),
    });
  };
  return { results: await Promise.all(destinations.map(tell)) };
};

const isDeliveryKey = (key: string): key is DeliveryKey =>
  key === 'family' || key === 'ministry' || key === 'consulate' || key.startsWith('consulate:');

const keysOf = (deliveries: CaseEvent['deliveries']): DeliveryKey[] => Object.keys(deliveries).filter(isDeliveryKey);
