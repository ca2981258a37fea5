import type { Alert } from './alert.ts';
import type { AssignedConsulate, Consulate } from './consulate.ts';
import type { ChooseConsulateFacts, ChosenConsulate } from './choose-consulate.ts';
import type { FamilyDirectory } from './announce-to-family.ts';
import type { Announcer, DeliveryDeps, DeliveryResult } from './delivery.ts';
import { deliver } from './delivery.ts';
import type { Family } from './family.ts';
import type { Publication } from './publication.ts';

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

export type AuthorityAnnouncementDeps = DeliveryDeps & {
  readonly announcer: Announcer;
  readonly families: Pick<FamilyDirectory, 'get'>;
  /** Decides the office of an alert; bounded in time, never rejects. */
  readonly chooseConsulate: (facts: ChooseConsulateFacts) => Promise<ChosenConsulate>;
  readonly consulateById: (id: string) => Consulate | undefined;
  readonly consulateTopicArn: (consulateId: string) => string;
  readonly ministryTopicArn: string;
  readonly composeRaised: (recipient: AuthorityRecipient, facts: AuthorityRaisedFacts) => Publication;
};

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

/**
 * Tells the nearest office and the ministry of a press, each whatever becomes of the other (G4). The office is decided
 * first, within 800 ms in all, and recorded with the first claim, so that a repeat writes to the same office.
 */
export const announceRaisedToAuthorities = async (
  deps: AuthorityAnnouncementDeps,
  alert: Alert,
): Promise<{ readonly results: DeliveryResult[]; readonly search?: ChosenConsulate }> => {
  if (!alert.consularNotification) return { results: [] };
  const family = await deps.families.get(alert.familyId);
  if (!family) return { results: [] };

  const { chosen, search } = await assign(deps, alert, family);
  const ref = { familyId: alert.familyId, alertId: alert.alertId };
  const factsFor = (recorded: AssignedConsulate | undefined): AuthorityRaisedFacts => {
    const assigned = recorded ?? chosen;
    const consulate = deps.consulateById(assigned.id);
    return { alert, family, assigned, ...(consulate && { consulate }) };
  };

  const tellMinistry = async () =>
    deliver(deps, ref, 'ministry', {
      consulate: chosen,
      publish: async (recorded) =>
        deps.announcer.publish(deps.ministryTopicArn, deps.composeRaised({ kind: 'ministry' }, factsFor(recorded))),
      recount: async () => deps.announcer.confirmedSubscribers(deps.ministryTopicArn),
    });
  const tellConsulate = async () =>
    deliver(deps, ref, 'consulate', {
      consulate: chosen,
      publish: async (recorded) => {
        const facts = factsFor(recorded);
        if (!facts.consulate) return { kind: 'refused', reason: 'no-such-office' };
        const publication = deps.composeRaised({ kind: 'consulate', consulate: facts.consulate }, facts);
        return deps.announcer.publish(deps.consulateTopicArn(facts.consulate.id), publication);
      },
      recount: async (recorded) => deps.announcer.confirmedSubscribers(deps.consulateTopicArn((recorded ?? chosen).id)),
    });

  const results = await Promise.all([
    ...(alert.deliveries.consulate?.status === 'pending' ? [tellConsulate()] : []),
    ...(alert.deliveries.ministry?.status === 'pending' ? [tellMinistry()] : []),
  ]);
  return { results, ...(search && { search }) };
};
