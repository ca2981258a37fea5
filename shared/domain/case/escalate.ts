import type { Alert } from './alert.ts';
import { quietlyTold } from './open-view.ts';
import { authorityKeys, pendingTo, toldOffices } from './alert.ts';
import type { CaseEventOf } from './case-event.ts';
import { onAlert } from './case-event.ts';
import type { Case, CaseChange, CaseStore } from './case.ts';
import type { ChooseConsulateFacts, ChosenConsulate } from '../offices/choose-consulate.ts';
import type { Clock } from '../clock.ts';
import type { AssignedConsulate } from '../offices/consulate.ts';
import { ministryOwns } from '../offices/consulate.ts';
import { DidNotHoldStillError, untilItHolds } from '../hold-still.ts';
import type { Family } from '../family/family.ts';
import { silentMinistryMs } from '../limits.ts';

/** So many offices are tried; then the ministry owns the alert, as the network has a fault that no office can mend. */
const maximumConsulatesTried = 3;

/** The event by which an alert goes on to another office, which is in charge from then on. */
export type PassOnEvent = CaseEventOf<'alert.escalated.v1'>;

export type EscalateDeps = {
  readonly chooseConsulate: (facts: ChooseConsulateFacts) => Promise<ChosenConsulate>;
  readonly now: Clock;
};

const nextConsulate = async (
  deps: EscalateDeps,
  { consularNotification, position, pressedAt, raisedAt }: Alert,
  { person: { homePosition } }: Family,
  tried: readonly string[],
): Promise<AssignedConsulate> => {
  const chosen = await deps.chooseConsulate({
    consularNotification,
    position,
    homePosition,
    pressedAt: pressedAt ?? raisedAt,
    exclude: tried,
  });
  return chosen.kind === 'chosen' ? chosen.assigned : ministryOwns;
};

const passOnEvent = (
  alert: Alert,
  now: Date,
  event: Pick<PassOnEvent, 'eventId' | 'reason' | 'consulate' | 'triedConsulates'>,
): PassOnEvent => ({
  ...onAlert(alert, now),
  type: 'alert.escalated.v1',
  by: { kind: 'system' },
  deliveries: pendingTo(authorityKeys(event.triedConsulates.includes(event.consulate.id) ? [] : [event.consulate.id])),
  ...event,
});

/**
 * The event by which an alert goes on to the next-nearest office and the ministry, as the last of `tried` has nobody
 * who listens (G2). Its id follows from its cause, so that one cause makes one event.
 *
 * @param causeId id of the event that brought the alert to that office; absent: the press did
 */
export const passOnToNextConsulate = async (
  deps: EscalateDeps,
  alert: Alert,
  family: Family,
  { tried, causeId }: { readonly tried: readonly string[]; readonly causeId: string | undefined },
): Promise<PassOnEvent> =>
  passOnEvent(alert, deps.now(), {
    eventId: ['office-unreachable', tried.at(-1), ...(causeId === undefined ? [] : [causeId])].join('.'),
    reason: 'office-unreachable',
    consulate: tried.length < maximumConsulatesTried ? await nextConsulate(deps, alert, family, tried) : ministryOwns,
    triedConsulates: tried,
  });

/** After how much silence the next office is told, and after how much more the ministry; milliseconds. */
export type EscalationDelays = { readonly nextOfficeMs: number; readonly ministryMs: number };

/**
 * When the next step of silence is due, epoch milliseconds: the next office, the ministry as owner, then the ministry
 * every 15 minutes (G6). `undefined`: an officer has the case, nobody was to be told, or it is a drill that has been
 * through both steps. Where the ministry's steps are late, as nobody watched or the case was closed for a while, they
 * are not made up for minute by minute.
 */
export const nextEscalationAt = (alert: Alert, delays: EscalationDelays): number | undefined => {
  const { state, consularNotification, escalations = 0, escalatedAt, drill } = alert;
  if (state !== 'raised' || !consularNotification || (drill && escalations >= 2)) return undefined;
  const raisedAtMs = Date.parse(alert.raisedAt);
  if (escalations === 0) return raisedAtMs + delays.nextOfficeMs;
  const at = raisedAtMs + delays.nextOfficeMs + delays.ministryMs + (escalations - 1) * silentMinistryMs;
  const lastMs = escalations >= 2 && escalatedAt !== undefined ? Date.parse(escalatedAt) : -Infinity;
  return at > lastMs ? at : lastMs + silentMinistryMs;
};

/**
 * Ids of the offices that the next step passes over: those that were told. While the phone still sees each step, one
 * that knows of the case only because the person signalled that they are forced takes its turn all the same: the phone
 * must not see it left out (G7).
 */
const passedOver = ({ alert, events }: Case): readonly string[] => {
  const told = toldOffices(alert);
  if (alert.deviceView) return told;
  const quietly = quietlyTold({ alert, events });
  return told.filter((id) => !quietly.has(id));
};

/** The next step of silence as a change of the case. */
export const escalateSilence = async (deps: EscalateDeps, current: Case): Promise<CaseChange> => {
  const { alert, family } = current;
  const { escalations = 0, consulate } = alert;
  const told = toldOffices(alert);
  const hasOffice = consulate !== undefined && consulate.id !== 'ministry';
  const next =
    escalations === 0 && hasOffice ? await nextConsulate(deps, alert, family, passedOver(current)) : ministryOwns;
  return {
    alert,
    set: {
      consulate: next,
      escalations: escalations + 1,
      escalatedAt: deps.now().toISOString(),
      toldConsulates: [...new Set([...told, next.id])],
    },
    events: [
      passOnEvent(alert, deps.now(), {
        eventId: `not-acknowledged.${escalations + 1}`,
        reason: 'not-acknowledged',
        consulate: next,
        triedConsulates: told.filter((id) => id === 'ministry' || id !== next.id),
      }),
    ],
  };
};

/** The case as it was found: when its next step is due, and how many were taken if one was taken now. */
export type Escalation = { readonly nextAtMs: number | undefined; readonly steps?: number };

/**
 * Takes the next step of silence if it is due. Decided on the case as it is now: an officer may have taken it since the
 * round began. A write of somebody else at the same moment, such as a relative's answer, must not put the step off.
 * @throws {DidNotHoldStillError} the next round comes back to it
 */
export const escalateIfSilent = async (
  deps: EscalateDeps & { readonly cases: CaseStore; readonly delays: EscalationDelays },
  { familyId, alertId }: Pick<Alert, 'familyId' | 'alertId'>,
): Promise<Escalation> => {
  const read = async () => deps.cases.read(familyId, alertId);
  const held = await untilItHolds<Case, Escalation>(await read(), read, async (current) => {
    const nextAtMs = nextEscalationAt(current.alert, deps.delays);
    if (nextAtMs === undefined || nextAtMs > deps.now().getTime()) return { nextAtMs };
    const step = await escalateSilence(deps, current);
    if ((await deps.cases.apply(step)) === 'conflict') return 'conflict';
    const alert = { ...current.alert, ...step.set };
    return { nextAtMs: nextEscalationAt(alert, deps.delays), steps: alert.escalations ?? 0 };
  });
  switch (held.kind) {
    case 'settled':
      return held.result;
    case 'gone':
      return { nextAtMs: undefined };
    case 'did-not-hold-still':
      throw new DidNotHoldStillError('The case did not hold still for its escalation.');
  }
};
