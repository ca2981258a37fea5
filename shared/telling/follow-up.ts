import { type Alert, isSecretOrigin } from '../domain/case/alert.ts';
import type { CaseEvent, CaseEventOf } from '../domain/case/case-event.ts';
import type { CaseStore } from '../domain/case/case.ts';
import { handOverUnreachable } from '../domain/case/hand-over.ts';
import { type EscalateDeps, passOnToNextConsulate } from '../domain/case/pass-on.ts';
import type { EventRef } from '../domain/event-ref.ts';
import type { AssignedConsulate } from '../domain/offices/consulate.ts';
import type { FollowUpEvent } from './deliver.ts';
import { specOf } from './event-specs.ts';

type FollowUpDeps = EscalateDeps & { readonly cases: Pick<CaseStore, 'readCurrent'> };

/**
 * The event by which a case goes on from the last of `tried`, where nobody listens. It does not when the case has gone
 * elsewhere meanwhile, with an officer or by silence, is given away, or is closed.
 */
const passOn = async (
  deps: FollowUpDeps,
  cause: EventRef & Pick<Alert, 'familyId' | 'alertId'>,
  tried: readonly string[],
): Promise<FollowUpEvent | undefined> => {
  const current = await deps.cases.readCurrent(cause.familyId, cause.alertId);
  if (!current) return undefined;
  const { alert, family } = current;
  const isThere = alert.state !== 'closed' && !alert.handOver && alert.consulate?.id === tried.at(-1);
  return isThere ? passOnToNextConsulate(deps, alert, family, { tried, causeId: cause.eventId }) : undefined;
};

/** A hand-over to an office where nobody listens ends, and the giver hears. */
const endHandOver = async (
  deps: FollowUpDeps,
  asked: CaseEventOf<'alert.hand-over-asked.v1'>,
): Promise<FollowUpEvent | undefined> => {
  const current = await deps.cases.readCurrent(asked.familyId, asked.alertId);
  return current && handOverUnreachable(current.alert, asked, deps.now());
};

/** The office that an event puts in charge: if nobody listens there, the alert goes on. */
const newlyInCharge = (event: CaseEvent): AssignedConsulate | undefined =>
  event.type === 'alert.escalated.v1' || event.type === 'alert.located.v1' ? event.consulate : undefined;

const triedBefore = (event: CaseEvent): readonly string[] =>
  event.type === 'alert.escalated.v1' ? event.triedConsulates : [];

/** What is told: the press, or what happened since. */
export type Occasion =
  | { readonly kind: 'press'; readonly alert: Alert }
  | { readonly kind: 'event'; readonly event: CaseEvent };

/** What follows if an office cannot be told of it: the case goes on, if the office is the one that it was to go to; a hand-over ends. */
export const followUpOf = async (
  deps: FollowUpDeps,
  occasion: Occasion,
  officeId: string,
): Promise<FollowUpEvent | undefined> => {
  if (officeId === 'ministry') return undefined;
  if (occasion.kind === 'press') {
    // It is the one office that rehearses.
    if (occasion.alert.drill) return undefined;
    const { familyId, alertId } = occasion.alert;
    return passOn(deps, { familyId, alertId }, [officeId]);
  }
  const { event } = occasion;
  const { familyId, alertId, eventId } = event;
  if (event.type === 'alert.hand-over-asked.v1' && officeId === event.receiver.id) return endHandOver(deps, event);
  if (officeId !== newlyInCharge(event)?.id) return undefined;
  return passOn(deps, { familyId, alertId, eventId }, [...triedBefore(event), officeId]);
};

/** Whether a message goes before others, and may go out where an ordinary one has to wait: a person is forced. */
export const isUrgent = (occasion: Occasion): boolean =>
  occasion.kind === 'press'
    ? isSecretOrigin(occasion.alert.origin?.kind)
    : specOf(occasion.event.type).officers?.goesFirst === true;
