import type { AssignedConsulate } from '../offices/consulate.ts';
import { ministryOwns } from '../offices/consulate.ts';
import type { Alert } from './alert.ts';
import { inCharge, toldOffices } from './alert.ts';
import type { Case, CaseChange } from './case.ts';
import { authorityKeys, pendingTo, relativesOf } from './deliveries.ts';
import type { Due } from './minding.ts';
import { officesAssignedBy, quietlyTold } from './open-view.ts';
import type { EscalateDeps } from './pass-on.ts';
import { nextConsulate, passOnEvent } from './pass-on.ts';
import { tellAgain } from './tell-again.ts';

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

/** When each office was told: when its message was accepted, else when it was decided to tell it. */
const toldTimes = ({ alert, events }: Case, ids: readonly string[]): Readonly<Record<string, string>> => {
  const timeOf = (id: string): string => {
    const ofPress = alert.deliveries[`consulate:${id}`];
    if (ofPress) return ofPress.at ?? alert.raisedAt;
    const event = events.find((one) => officesAssignedBy(one).includes(id));
    return event
      ? (event.deliveries[`consulate:${id}`]?.at ?? event.at)
      : (alert.deliveries.consulate?.at ?? alert.raisedAt);
  };
  return Object.fromEntries(ids.filter((id) => id !== 'ministry').map((id) => [id, timeOf(id)]));
};

type Untaken = Extract<Due, { kind: 'untaken' }>;

/** Another takes over: the next-nearest office, or the ministry, which has no office after it. */
const passOnForSilence = (
  current: Case,
  now: Date,
  next: AssignedConsulate,
  { duties, throughMs }: Untaken,
): CaseChange => {
  const { alert } = current;
  const { escalations = 0 } = alert;
  const told = toldOffices(alert);
  const tried = told.filter((id) => id === 'ministry' || id !== next.id);
  const toldNow = duties.has('offices') ? told : [];
  const event = passOnEvent(alert, now, {
    eventId: `not-acknowledged.${escalations + 1}`,
    reason: 'not-acknowledged',
    consulate: next,
    triedConsulates: tried,
    toldAt: toldTimes(current, tried),
  });
  return {
    alert,
    set: {
      ...inCharge(alert, next, { handedOver: false }),
      escalations: escalations + 1,
      mindedUntil: new Date(throughMs).toISOString(),
      toldConsulates: [...new Set([...told, next.id])],
    },
    events: [
      {
        ...event,
        deliveries: pendingTo([...relativesOf(alert), ...authorityKeys([...toldNow, next.id])]),
      },
    ],
  };
};

/** Nobody new is told; those who were hear again. The ministry hears in the offices' rhythm once it owns the case. */
const tellThemAgain = (alert: Alert, now: Date, due: Untaken): CaseChange => {
  const authorities = due.duties.has('offices') ? authorityKeys(toldOffices(alert)) : [];
  return tellAgain(alert, now, due.throughMs, [
    ...(due.duties.has('family') ? relativesOf(alert) : []),
    ...authorities.filter((key) => key !== 'ministry' || alert.consulate?.id === 'ministry'),
  ]);
};

/** What is due of a case that nobody took, as a change of it. */
export const mindUntaken = async (deps: EscalateDeps, current: Case, now: Date, due: Untaken): Promise<CaseChange> => {
  const { alert, family } = current;
  const { consulate } = alert;
  const hasOffice = consulate !== undefined && consulate.id !== 'ministry';
  if (consulate !== undefined && !hasOffice) return tellThemAgain(alert, now, due);
  if (due.duties.has('next-office') && hasOffice)
    return passOnForSilence(current, now, await nextConsulate(deps, alert, family, passedOver(current)), due);
  const isMinistrys = due.duties.has('ministry') || due.duties.has('next-office');
  return isMinistrys ? passOnForSilence(current, now, ministryOwns, due) : tellThemAgain(alert, now, due);
};
