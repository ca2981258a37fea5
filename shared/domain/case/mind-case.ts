import type { Alert, DeliveryKey } from './alert.ts';
import { authorityKeys, relativesOf, inCharge, officeKeys, pendingTo, toldOffices } from './alert.ts';
import { bothOffices } from './hand-over.ts';
import { officesAssignedBy, quietlyTold } from './open-view.ts';
import type { CaseEvent, CaseEventOf } from './case-event.ts';
import { onAlert } from './case-event.ts';
import type { Case, CaseChange, CaseStore } from './case.ts';
import { endDrill } from './end-drill.ts';
import { mindAlone } from './mind-alone.ts';
import type { ChooseConsulateFacts, ChosenConsulate } from '../offices/choose-consulate.ts';
import type { Clock } from '../clock.ts';
import type { AssignedConsulate } from '../offices/consulate.ts';
import { ministryOwns } from '../offices/consulate.ts';
import { DidNotHoldStillError, untilItHolds } from '../hold-still.ts';
import type { Family } from '../family/family.ts';
import type { Due, Duty, MindingSettings } from './minding.ts';
import { dueOf, nextMindingAt, withHome } from './minding.ts';

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

/** Where nobody listens at the responsible office, the nearest has the case, which knows of it already. */
const nearestAfter = ({ twoOffices }: Alert, tried: readonly string[]): AssignedConsulate | undefined => {
  if (!twoOffices || tried.at(-1) !== twoOffices.responsible.id) return undefined;
  return tried.includes(twoOffices.nearest.id) ? undefined : twoOffices.nearest;
};

const passOnEvent = (
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

const byTheSystem = { kind: 'system' } as const;

const toFamily = (alert: Alert, duties: ReadonlySet<Duty>): readonly DeliveryKey[] =>
  duties.has('family') ? relativesOf(alert) : [];

/** Another takes over: the next-nearest office, or the ministry, which has no office after it. */
const passOnForSilence = (
  current: Case,
  now: Date,
  next: AssignedConsulate,
  { duties, throughMs }: Extract<Due, { kind: 'untaken' }>,
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
const tellAgain = (alert: Alert, now: Date, { duties, throughMs }: Extract<Due, { kind: 'untaken' }>): CaseChange => {
  const { escalations = 0, consulate } = alert;
  const authorities = duties.has('offices') ? authorityKeys(toldOffices(alert)) : [];
  return {
    alert,
    set: { escalations: escalations + 1, mindedUntil: new Date(throughMs).toISOString() },
    events: [
      {
        ...onAlert(alert, now),
        type: 'alert.silent.v1',
        by: byTheSystem,
        eventId: `silent.${escalations + 1}`,
        deliveries: pendingTo([
          ...toFamily(alert, duties),
          ...authorities.filter((key) => key !== 'ministry' || consulate?.id === 'ministry'),
        ]),
      },
    ],
  };
};

/** What is due of a case that nobody took, as a change of it. */
const mindUntaken = async (
  deps: EscalateDeps,
  current: Case,
  due: Extract<Due, { kind: 'untaken' }>,
): Promise<CaseChange> => {
  const { alert, family } = current;
  const { consulate } = alert;
  const hasOffice = consulate !== undefined && consulate.id !== 'ministry';
  if (consulate !== undefined && !hasOffice) return tellAgain(alert, deps.now(), due);
  if (due.duties.has('next-office') && hasOffice)
    return passOnForSilence(current, deps.now(), await nextConsulate(deps, alert, family, passedOver(current)), due);
  const isMinistrys = due.duties.has('ministry') || due.duties.has('next-office');
  return isMinistrys ? passOnForSilence(current, deps.now(), ministryOwns, due) : tellAgain(alert, deps.now(), due);
};

/** A case that was taken and then left alone: its office hears, after as long again the ministry and the family too. */
const mindUnattended = (
  alert: Alert,
  now: Date,
  { tell, sinceMs, throughMs }: Extract<Due, { kind: 'unattended' }>,
): CaseChange => {
  const leading = alert.consulate?.id ?? 'ministry';
  const office = authorityKeys([leading]).filter((key) => key !== 'ministry' || leading === 'ministry');
  const everybody = [...relativesOf(alert), ...authorityKeys([leading])];
  return {
    alert,
    set: { mindedUntil: new Date(throughMs).toISOString() },
    events: [
      {
        ...onAlert(alert, now),
        type: 'alert.unattended.v1',
        by: byTheSystem,
        eventId: `unattended.${new Date(throughMs).toISOString()}`,
        since: new Date(sinceMs).toISOString(),
        deliveries: pendingTo(tell === 'everybody' ? everybody : office),
      },
    ],
  };
};

/**
 * Nobody at the receiver of a hand-over has acted. Giver and receiver hear again, after 15 minutes the ministry; after 30
 * it owns the case, and only then the family hears. Where the ministry is the giver, it goes on having the case.
 */
const mindHandOver = (
  alert: Alert,
  handOver: NonNullable<Alert['handOver']>,
  now: Date,
  { step, throughMs }: Extract<Due, { kind: 'hand-over' }>,
): CaseChange => {
  const through = new Date(throughMs).toISOString();
  const both = bothOffices(alert, handOver);
  const waited = { ...onAlert(alert, now), by: byTheSystem, receiver: handOver.to, askedAt: handOver.at };
  if (step !== 'owned') {
    return {
      alert,
      set: { handOver: { ...handOver, mindedUntil: through } },
      events: [
        {
          ...waited,
          type: 'alert.hand-over-unanswered.v1',
          eventId: `hand-over-unanswered.${through}`,
          deliveries: pendingTo(officeKeys(step === 'ministry' ? [...both, 'ministry'] : both)),
        },
      ],
    };
  }
  const ended = { alert, remove: ['handOver'] as const };
  if (alert.consulate?.id === 'ministry') {
    return {
      ...ended,
      set: { mindedUntil: through },
      events: [
        {
          ...waited,
          type: 'alert.hand-over-ended.v1',
          why: 'unanswered',
          eventId: `hand-over-ended.${through}`,
          deliveries: pendingTo(officeKeys(both)),
        },
      ],
    };
  }
  const event = passOnEvent(alert, now, {
    eventId: `hand-over-unanswered.${through}`,
    reason: 'hand-over-unanswered',
    consulate: ministryOwns,
    triedConsulates: both,
  });
  return {
    ...ended,
    set: {
      ...inCharge(alert, ministryOwns, { handedOver: false }),
      mindedUntil: through,
      toldConsulates: [...new Set([...toldOffices(alert), 'ministry'])],
    },
    events: [{ ...event, deliveries: pendingTo([...relativesOf(alert), ...authorityKeys(both)]) }],
  };
};

/**
 * Whoever saw the case in a list with others let it lie: it is nobody's, and its silence counts anew. All who were told
 * hear at once, as they had heard that somebody has it; the family, who had not, when that silence is long enough.
 */
const mindLapsed = (alert: Alert, now: Date, { seenMs }: Extract<Due, { kind: 'lapsed' }>): CaseChange => ({
  alert,
  set: { state: 'raised', untakenSince: now.toISOString() },
  remove: ['seenOnly', 'acknowledgedAt', 'acknowledgedBy', 'acknowledgedOfficeId'],
  presses: (alert.pressedAgain ?? []).map(({ alertId }) => ({ alertId, set: { state: 'raised' } })),
  events: [
    {
      ...onAlert(alert, now),
      type: 'alert.lapsed.v1',
      by: byTheSystem,
      eventId: `lapsed.${now.toISOString()}`,
      seenAt: new Date(seenMs).toISOString(),
      deliveries: pendingTo(authorityKeys(toldOffices(alert))),
    },
  ],
});

/** What is due of a case now, as a change of it; `undefined`: nothing. */
export const mindStep = async (
  deps: EscalateDeps & { readonly minding: MindingSettings },
  current: Case,
): Promise<CaseChange | undefined> => {
  if (current.alert.drill) return endDrill(current, deps.now(), deps.minding.retentionMs);
  const due = dueOf(current.alert, withHome(deps.minding, current.family), deps.now().getTime());
  switch (due?.kind) {
    case undefined:
      return undefined;
    case 'alone':
      return mindAlone(current, deps.now(), due, deps.minding.retentionMs);
    case 'untaken':
      return mindUntaken(deps, current, due);
    case 'unattended':
      return mindUnattended(current.alert, deps.now(), due);
    case 'lapsed':
      return mindLapsed(current.alert, deps.now(), due);
    case 'hand-over':
      return current.alert.handOver && mindHandOver(current.alert, current.alert.handOver, deps.now(), due);
  }
};

/** The case once the change is written. */
const alertAfter = ({ alert, set, remove = [] }: CaseChange): Alert => {
  const after: { -readonly [Field in keyof Alert]: Alert[Field] } = { ...alert, ...set };
  for (const field of remove) delete after[field];
  return after;
};

/** The case as it was found: when its next step is due, and the events of the one that was taken now. */
export type Minded = { readonly nextAtMs: number | undefined; readonly events?: readonly CaseEvent[] };

/**
 * Takes the step that is due. Decided on the case as it is now: an officer may have taken it since the round began. A
 * write of somebody else at the same moment, such as a relative's answer, must not put the step off.
 * @throws {DidNotHoldStillError} the next round comes back to it
 */
export const mindCase = async (
  deps: EscalateDeps & { readonly cases: Pick<CaseStore, 'read' | 'apply'>; readonly minding: MindingSettings },
  { familyId, alertId }: Pick<Alert, 'familyId' | 'alertId'>,
): Promise<Minded> => {
  const read = async () => deps.cases.read(familyId, alertId);
  const held = await untilItHolds<Case, Minded>(await read(), read, async (current) => {
    const minding = withHome(deps.minding, current.family);
    const step = await mindStep(deps, current);
    if (step === undefined) return { nextAtMs: nextMindingAt(current.alert, minding) };
    if ((await deps.cases.apply(step)) === 'conflict') return 'conflict';
    return { nextAtMs: nextMindingAt(alertAfter(step), minding), events: step.events };
  });
  switch (held.kind) {
    case 'settled':
      return held.result;
    case 'gone':
      return { nextAtMs: undefined };
    case 'did-not-hold-still':
      throw new DidNotHoldStillError('The case did not hold still for what was due of it.');
  }
};
