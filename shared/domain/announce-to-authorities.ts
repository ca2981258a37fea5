import type { Alert, Deliveries } from './alert.ts';
import type { CaseEvent } from './case-event.ts';
import type { AssignedConsulate, Consulate } from './consulate.ts';
import type { ChooseConsulateFacts, ChosenConsulate } from './choose-consulate.ts';
import type { FamilyDirectory } from './announce-to-family.ts';
import type { Announcer, DeliveryDeps, DeliveryOptions, DeliveryResult, EventRef } from './delivery.ts';
import { deliver } from './delivery.ts';
import { passOnToNextConsulate } from './escalate.ts';
import type { Family } from './family.ts';
import type { Publication } from './publication.ts';
import type { AlertReader } from './read-alert.ts';

/** Who among the authorities is written to. */
export type AuthorityRecipient =
  | { readonly kind: 'consulate'; readonly consulate: Consulate }
  | { readonly kind: 'ministry' };

/** What an office and the ministry are told of a press. */
export type AuthorityRaisedFacts = {
  readonly alert: Alert;
  readonly family: Family;
  readonly assigned: AssignedConsulate;
  /** The assigned office; absent when the ministry desk owns the alert. */
  readonly consulate?: Consulate;
};

/** What they are told when an alert passes on: the press again, and who was tried before. */
export type AuthorityEscalatedFacts = AuthorityRaisedFacts & {
  readonly event: CaseEvent;
  readonly triedConsulates: readonly Consulate[];
};

export type AuthorityAnnouncementDeps = DeliveryDeps & {
  readonly announcer: Announcer;
  readonly families: Pick<FamilyDirectory, 'get'>;
  readonly alerts: Pick<AlertReader, 'get'>;
  /** Decides the office of an alert; bounded in time, never rejects. */
  readonly chooseConsulate: (facts: ChooseConsulateFacts) => Promise<ChosenConsulate>;
  readonly consulateById: (id: string) => Consulate | undefined;
  readonly consulateTopicArn: (consulateId: string) => string;
  readonly ministryTopicArn: string;
  readonly composeRaised: (recipient: AuthorityRecipient, facts: AuthorityRaisedFacts) => Publication;
  readonly composeEscalated: (recipient: AuthorityRecipient, facts: AuthorityEscalatedFacts) => Publication;
};

/** What telling the authorities came to, and the search for an office, where there was one. */
export type AuthorityAnnouncement = { readonly results: DeliveryResult[]; readonly search?: ChosenConsulate };

const ministryOwns: AssignedConsulate = { id: 'ministry', distanceMeters: null, basis: 'ministry' };

/** Where the office comes from: the record, a search, or, where nothing says which office is near, the ministry. */
const assign = async (
  deps: AuthorityAnnouncementDeps,
  alert: Alert,
  family: Family,
): Promise<{ readonly chosen: AssignedConsulate; readonly search?: ChosenConsulate }> => {
  if (alert.consulate) return { chosen: alert.consulate };
  if (!alert.deliveries.consulate) return { chosen: ministryOwns };
  const { consularNotification, position } = alert;
  const { homePosition } = family.person;
  const search = await deps.chooseConsulate({ consularNotification, position, homePosition });
  return { chosen: search.kind === 'chosen' ? search.assigned : ministryOwns, search };
};

type Telling = {
  readonly ref: EventRef;
  readonly deliveries: Deliveries;
  readonly chosen: AssignedConsulate;
  readonly compose: (recipient: AuthorityRecipient, assigned: AssignedConsulate, consulate?: Consulate) => Publication;
  readonly whenUnreachable: DeliveryOptions['whenUnreachable'];
};

/** Tells office and ministry of one event, each whatever becomes of the other (G4). */
const tellAuthorities = async (deps: AuthorityAnnouncementDeps, telling: Telling): Promise<DeliveryResult[]> => {
  const { ref, deliveries, chosen, compose } = telling;
  const { announcer, ministryTopicArn, consulateTopicArn, consulateById } = deps;

  const tellMinistry = async () =>
    deliver(deps, ref, 'ministry', {
      consulate: chosen,
      publish: async (recorded = chosen) =>
        announcer.publish(ministryTopicArn, compose({ kind: 'ministry' }, recorded, consulateById(recorded.id))),
      recount: async () => announcer.confirmedSubscribers(ministryTopicArn),
    });
  const tellConsulate = async () =>
    deliver(deps, ref, 'consulate', {
      consulate: chosen,
      publish: async (recorded = chosen) => {
        const consulate = consulateById(recorded.id);
        if (!consulate) return { kind: 'refused', reason: 'no-such-office' };
        const publication = compose({ kind: 'consulate', consulate }, recorded, consulate);
        return announcer.publish(consulateTopicArn(consulate.id), publication);
      },
      recount: async (recorded = chosen) => announcer.confirmedSubscribers(consulateTopicArn(recorded.id)),
      ...(telling.whenUnreachable && { whenUnreachable: telling.whenUnreachable }),
    });

  return Promise.all([
    ...(deliveries.consulate?.status === 'pending' ? [tellConsulate()] : []),
    ...(deliveries.ministry?.status === 'pending' ? [tellMinistry()] : []),
  ]);
};

/**
 * Tells the nearest office and the ministry of a press. The office is decided first, within 800 ms in all, and
 * recorded with the first claim, so that a repeat writes to the same office.
 */
export const announceRaisedToAuthorities = async (
  deps: AuthorityAnnouncementDeps,
  alert: Alert,
): Promise<AuthorityAnnouncement> => {
  if (!alert.consularNotification) return { results: [] };
  const family = await deps.families.get(alert.familyId);
  if (!family) return { results: [] };

  const { chosen, search } = await assign(deps, alert, family);
  const results = await tellAuthorities(deps, {
    ref: { familyId: alert.familyId, alertId: alert.alertId },
    deliveries: alert.deliveries,
    chosen,
    compose: (recipient, assigned, consulate) =>
      deps.composeRaised(recipient, { alert, family, assigned, ...(consulate && { consulate }) }),
    whenUnreachable: async (recorded = chosen) => passOnToNextConsulate(deps, alert, family, [recorded.id]),
  });
  return { results, ...(search && { search }) };
};

/** Tells the next office and the ministry that an alert has passed on, and who was tried before. */
export const announceEscalatedToAuthorities = async (
  deps: AuthorityAnnouncementDeps,
  event: CaseEvent,
): Promise<AuthorityAnnouncement> => {
  const [family, alert] = await Promise.all([
    deps.families.get(event.familyId),
    deps.alerts.get(event.familyId, event.alertId),
  ]);
  if (!family || !alert) return { results: [] };
  const triedConsulates = event.triedConsulates.map(deps.consulateById).filter((office) => office !== undefined);
  const results = await tellAuthorities(deps, {
    ref: { familyId: event.familyId, alertId: event.alertId, eventId: event.eventId },
    deliveries: event.deliveries,
    chosen: event.consulate,
    compose: (recipient, assigned, consulate) =>
      deps.composeEscalated(recipient, {
        alert,
        family,
        event,
        triedConsulates,
        assigned,
        ...(consulate && { consulate }),
      }),
    whenUnreachable: async (recorded = event.consulate) =>
      passOnToNextConsulate(deps, alert, family, [...event.triedConsulates, recorded.id]),
  });
  return { results };
};
