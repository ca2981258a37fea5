import { describe, expect, it } from 'vitest';
import type { Alert } from '../../shared/domain/case/alert.ts';
import type { CaseEvent } from '../../shared/domain/case/case-event.ts';
import type { ChooseConsulateFacts, ChosenConsulate } from '../../shared/domain/offices/choose-consulate.ts';
import { escalateIfSilent, escalateSilence, nextEscalationAt } from '../../shared/domain/case/escalate.ts';
import { anEventOf } from '../support/cases.ts';
import { aFamily, anAlert } from '../support/fixtures.ts';

const minute = 60_000;
const delays = { nextOfficeMs: 5 * minute, ministryMs: 10 * minute };
const raisedAtMs = Date.parse('2026-11-22T20:00:00.000Z');
const dueAfter = (alert: Partial<Alert>) => {
  const at = nextEscalationAt(anAlert(alert), delays);
  return at === undefined ? undefined : (at - raisedAtMs) / minute;
};

describe('when silence escalates', () => {
  it('is after 5 minutes, after 10 more, then every 15', () => {
    expect([0, 1, 2, 3, 4].map((escalations) => dueAfter({ escalations }))).toEqual([5, 15, 30, 45, 60]);
  });

  it('is 15 minutes after the last step for the ministry where steps were missed, and not all of them at once', () => {
    const escalatedAt = '2026-11-23T08:00:00.000Z';
    expect(dueAfter({ escalations: 1, escalatedAt })).toBe(15);
    expect([2, 3, 40].map((escalations) => dueAfter({ escalations, escalatedAt }))).toEqual([735, 735, 735]);
    expect(dueAfter({ escalations: 60, escalatedAt })).toBe(900);
  });

  it('is never once an officer has it, nor without authorisation', () => {
    for (const state of ['acknowledged', 'located', 'closed'] as const) expect(dueAfter({ state })).toBeUndefined();
    expect(dueAfter({ consularNotification: false })).toBeUndefined();
  });

  it('is not stopped by duress, and ends for a drill after the ministry', () => {
    expect(dueAfter({ duress: true })).toBe(5);
    expect(dueAfter({ drill: true, escalations: 1 })).toBe(15);
    expect(dueAfter({ drill: true, escalations: 2 })).toBeUndefined();
  });
});

describe('a step of silence', () => {
  const order = ['los-angeles', 'santa-ana', 'san-bernardino'];
  const deps = {
    now: () => new Date(raisedAtMs + 5 * minute),
    chooseConsulate: async ({ exclude = [] }: ChooseConsulateFacts): Promise<ChosenConsulate> => ({
      kind: 'chosen',
      assigned: { id: order.find((id) => !exclude.includes(id)) ?? '', distanceMeters: 1, basis: 'location' },
    }),
  };
  const step = async (alert: Partial<Alert>, events: readonly CaseEvent[] = []) =>
    escalateSilence(deps, { alert: anAlert(alert), family: aFamily(), events });
  const inLosAngeles = {
    consulate: { id: 'los-angeles', distanceMeters: 1, basis: 'location' },
    toldConsulates: ['los-angeles'],
  } as const;

  it('puts the next-nearest office in charge and says who was told before', async () => {
    const { set, events } = await step(inLosAngeles);
    expect(set).toMatchObject({
      consulate: { id: 'santa-ana' },
      escalations: 1,
      toldConsulates: ['los-angeles', 'santa-ana'],
    });
    expect(events).toMatchObject([
      {
        type: 'alert.escalated.v1',
        reason: 'not-acknowledged',
        triedConsulates: ['los-angeles'],
        deliveries: { 'consulate:santa-ana': { status: 'pending' }, ministry: { status: 'pending' } },
      },
    ]);
  });

  it('does not pass over the office that knows only from a forced cancellation, while the phone sees each step', async () => {
    const told = { ...inLosAngeles, toldConsulates: ['santa-ana', 'los-angeles'] };
    const forced = anEventOf(3, {
      type: 'alert.cancelled-under-duress.v1',
      by: { kind: 'person' },
      deliveries: { 'consulate:los-angeles': { status: 'sent' }, 'consulate:santa-ana': { status: 'sent' } },
    });
    const { set, events } = await step(told, [forced]);
    expect(set).toMatchObject({ consulate: { id: 'santa-ana' } });
    expect(events).toMatchObject([
      { triedConsulates: ['los-angeles'], deliveries: { 'consulate:santa-ana': { status: 'pending' } } },
    ]);
    const deviceView = { state: 'closed', status: '{}', until: '2026-12-22T20:00:00.000Z' } as const;
    expect((await step({ ...told, deviceView }, [forced])).set.consulate?.id).not.toBe('santa-ana');
  });

  it('makes the ministry the owner the second time, and tells it again each time after', async () => {
    for (const escalations of [1, 2, 7]) {
      const { set, events } = await step({
        ...inLosAngeles,
        toldConsulates: ['los-angeles', 'santa-ana'],
        escalations,
      });
      expect(set).toMatchObject({ consulate: { id: 'ministry', basis: 'ministry' }, escalations: escalations + 1 });
      expect(Object.keys(events[0]?.deliveries ?? {})).toEqual(['ministry']);
    }
  });

  it('goes to the ministry at once when it owns the alert', async () => {
    const { set } = await step({
      consulate: { id: 'ministry', distanceMeters: null, basis: 'ministry' },
      toldConsulates: ['ministry'],
    });
    expect(set.escalations).toBe(1);
  });

  it('has an id that follows from the step, so that two watchmen make one event', async () => {
    const [one, other] = await Promise.all([step(inLosAngeles), step(inLosAngeles)]);
    expect(one.events[0]?.eventId).toBe(other.events[0]?.eventId);
  });

  describe('taken by the watchman', () => {
    /** A case that is written by others so many times while the step is decided, and then taken by an officer or not. */
    const takeStep = async (conflicts: number, taken: Partial<Alert> = {}) => {
      let found = { alert: anAlert(inLosAngeles), family: aFamily(), events: [] };
      let applied = 0;
      const cases = {
        read: async () => found,
        apply: async () => {
          applied += 1;
          if (applied > conflicts) return 'applied' as const;
          found = { ...found, alert: { ...found.alert, ...taken } };
          return 'conflict' as const;
        },
      };
      return { ...(await escalateIfSilent({ ...deps, cases, delays }, found.alert)), applied };
    };

    it('is decided anew when somebody wrote at the same moment, and given up when they do not stop', async () => {
      expect(await takeStep(0)).toEqual({ nextAtMs: raisedAtMs + 15 * minute, steps: 1, applied: 1 });
      expect(await takeStep(4)).toMatchObject({ steps: 1, applied: 5 });
      await expect(takeStep(5)).rejects.toThrow('did not hold still');
    });

    it('is none when it was an officer who wrote, or another watchman', async () => {
      expect(await takeStep(1, { state: 'acknowledged' })).toEqual({ nextAtMs: undefined, applied: 1 });
      expect(await takeStep(1, { escalations: 1 })).toEqual({ nextAtMs: raisedAtMs + 15 * minute, applied: 1 });
    });
  });
});
