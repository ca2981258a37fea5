import type { Clock } from '../clock.ts';
import type { Family } from '../family/family.ts';
import type { ChooseConsulateFacts, ChosenConsulate } from '../offices/choose-consulate.ts';
import type { AssignedConsulate } from '../offices/consulate.ts';
import { ministryOwns } from '../offices/consulate.ts';
import type { Alert } from './alert.ts';
import { searchFactsOf } from './alert-position.ts';
import type { CaseEventOf } from './case-event.ts';
import { onAlert } from './case-event.ts';
import { authorityKeys, pendingTo, relativesOf } from './deliveries.ts';

/** Three offices are tried; then the ministry owns the alert, as the network has a fault that no office can mend. */
const maximumConsulatesTried = 3;

/** The event by which an alert goes on to another office, which is in charge from then on. */
export type PassOnEvent = CaseEventOf<'alert.escalated.v1'>;

export type EscalateDeps = {
  readonly chooseConsulate: (facts: ChooseConsulateFacts) => Promise<ChosenConsulate>;
  readonly now: Clock;
};

export const nextConsulate = async (
  deps: EscalateDeps,
  alert: Alert,
  family: Family,
  tried: readonly string[],
): Promise<AssignedConsulate> => {
  const chosen = await deps.chooseConsulate({ ...searchFactsOf(alert, family), exclude: tried });
  return chosen.kind === 'chosen' ? chosen.assigned : ministryOwns;
};

/** Where nobody listens at the responsible office, the nearest has the case, which knows of it already. */
const nearestAfter = ({ twoOffices }: Alert, tried: readonly string[]): AssignedConsulate | undefined => {
  if (!twoOffices || tried.at(-1) !== twoOffices.responsible.id) return undefined;
  return tried.includes(twoOffices.nearest.id) ? undefined : twoOffices.nearest;
};

export const passOnEvent = (
  alert: Alert,
  now: Date,
  event: Pick<PassOnEvent, 'eventId' | 'reason' | 'consulate' | 'triedConsulates' | 'toldAt'>,
): PassOnEvent => ({
  ...onAlert(alert, now),
  type: 'alert.escalated.v1',
  by: { kind: 'system' },
  deliveries: pendingTo([
    ...relativesOf(alert),
    ...authorityKeys(event.triedConsulates.includes(event.consulate.id) ? [] : [event.consulate.id]),
  ]),
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
    consulate:
      nearestAfter(alert, tried) ??
      (tried.length < maximumConsulatesTried ? await nextConsulate(deps, alert, family, tried) : ministryOwns),
    triedConsulates: tried,
  });
