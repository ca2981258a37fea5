import type { Alert } from './alert.ts';
import { toldOffices } from './alert.ts';
import { authorityKeys, pendingTo, relativesOf } from './deliveries.ts';
import type { CaseEvent } from './case-event.ts';
import { onAlert } from './case-event.ts';
import type { Case, CaseChange, CaseStore } from './case.ts';
import { alertAfter } from './case.ts';
import { endDrill } from './end-drill.ts';
import { mindAlone, mindFamilyAlone } from './mind-alone.ts';
import { mindHandOver } from './mind-hand-over.ts';
import { mindUntaken } from './mind-untaken.ts';
import { DidNotHoldStillError, untilItHolds } from '../hold-still.ts';
import type { Due, MindingSettings } from './minding.ts';
import { dueOf, nextMindingAt, withHome } from './minding.ts';
import type { EscalateDeps } from './pass-on.ts';

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
        by: { kind: 'system' },
        eventId: `unattended.${new Date(throughMs).toISOString()}`,
        since: new Date(sinceMs).toISOString(),
        deliveries: pendingTo(tell === 'everybody' ? everybody : office),
      },
    ],
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
      by: { kind: 'system' },
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
  const now = deps.now();
  if (current.alert.drill) return endDrill(current, now, deps.minding.retentionMs);
  const due = dueOf(current.alert, withHome(deps.minding, current.family), now.getTime());
  switch (due?.kind) {
    case undefined:
      return undefined;
    case 'alone':
      return mindAlone(current, now, due, deps.minding.retentionMs);
    case 'family-alone':
      return mindFamilyAlone(current.alert, now, due);
    case 'untaken':
      return mindUntaken(deps, current, now, due);
    case 'unattended':
      return mindUnattended(current.alert, now, due);
    case 'lapsed':
      return mindLapsed(current.alert, now, due);
    case 'hand-over':
      return current.alert.handOver && mindHandOver(current.alert, current.alert.handOver, now, due);
  }
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
