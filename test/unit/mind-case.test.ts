import { beforeEach, describe, expect, it } from 'vitest';
import type { Alert } from '../../shared/domain/case/alert.ts';
import type { CaseEvent } from '../../shared/domain/case/case-event.ts';
import { caseEventSchema } from '../../shared/domain/case/case-event.ts';
import type { ChooseConsulateFacts, ChosenConsulate } from '../../shared/domain/offices/choose-consulate.ts';
import { mindCase, mindStep } from '../../shared/domain/case/mind-case.ts';
import { readAs } from '../../shared/domain/shape.ts';
import { passOnToNextConsulate } from '../../shared/domain/case/pass-on.ts';
import { anEventOf } from '../support/cases.ts';
import { aFamily, anAlert } from '../support/fixtures.ts';
import { usualMinding } from '../support/minding.ts';

const minute = 60_000;
const raisedAtMs = Date.parse('2026-11-22T20:00:00.000Z');

describe('a step of silence', () => {
  const order = ['los-angeles', 'santa-ana', 'san-bernardino'];
  let minutes = 5;
  const deps = {
    minding: usualMinding,
    now: () => new Date(raisedAtMs + minutes * minute),
    chooseConsulate: async ({ exclude = [] }: ChooseConsulateFacts): Promise<ChosenConsulate> => ({
      kind: 'chosen',
      assigned: { id: order.find((id) => !exclude.includes(id)) ?? '', distanceMeters: 1, basis: 'location' },
    }),
  };
  beforeEach(() => {
    minutes = 5;
  });

  const step = async (alert: Partial<Alert>, events: readonly CaseEvent[] = []) => {
    const change = await mindStep(deps, { alert: anAlert(alert), family: aFamily(), events });
    if (!change) throw new Error('a step is due');
    return { ...change, events: change.events.map((event) => readAs(caseEventSchema, event)) };
  };
  const after = (at: number): string => new Date(raisedAtMs + at * minute).toISOString();
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
        deliveries: {
          family: { status: 'pending' },
          'consulate:los-angeles': { status: 'pending' },
          'consulate:santa-ana': { status: 'pending' },
          ministry: { status: 'pending' },
        },
      },
    ]);
  });

  it('says when each office before was told: when its message was accepted, else when it was decided to tell it', async () => {
    const at = after(1);
    const toldAt = async (
      consulate: Alert['deliveries']['consulate'],
      other: Alert['deliveries'] = {},
      events: readonly CaseEvent[] = [],
    ) => {
      const alert = { ...inLosAngeles, deliveries: { family: { status: 'sent' as const }, consulate, ...other } };
      const [event] = (await step(alert as Partial<Alert>, events)).events;
      return event?.type === 'alert.escalated.v1' && event.toldAt;
    };
    expect(await toldAt({ status: 'pending' })).toEqual({ 'los-angeles': anAlert().raisedAt });
    expect(await toldAt({ status: 'sent', at })).toEqual({ 'los-angeles': at });
    const [nearest, unsent] = [{ 'consulate:los-angeles': { status: 'sent', at: after(2) } }, after(0)] as const;
    expect(await toldAt({ status: 'sent', at }, nearest)).toEqual({ 'los-angeles': after(2) });
    expect(await toldAt({ status: 'sent', at }, { 'consulate:los-angeles': { status: 'pending' } })).toEqual({
      'los-angeles': unsent,
    });
    const located = (deliveries: CaseEvent['deliveries']) =>
      anEventOf(3, { type: 'alert.located.v1', cause: 'position', consulate: inLosAngeles.consulate, deliveries });
    expect(await toldAt({ status: 'sent', at }, {}, [located({})])).toEqual({ 'los-angeles': after(3) });
    expect(
      await toldAt({ status: 'sent', at }, {}, [
        located({ 'consulate:los-angeles': nearest['consulate:los-angeles'] }),
      ]),
    ).toEqual({ 'los-angeles': after(2) });
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

  const toldTwo = {
    ...inLosAngeles,
    toldConsulates: ['los-angeles', 'santa-ana'],
    mindedUntil: after(5),
    escalations: 1,
  };

  it('makes the ministry the owner after 10 more, and tells everybody who was told', async () => {
    minutes = 15;
    const { set, events } = await step(toldTwo);
    expect(set).toMatchObject({ consulate: { id: 'ministry', basis: 'ministry' }, escalations: 2 });
    expect(events[0]?.type).toBe('alert.escalated.v1');
    expect(Object.keys(events[0]?.deliveries ?? {}).sort()).toEqual([
      'consulate:los-angeles',
      'consulate:santa-ana',
      'family',
      'ministry',
    ]);
  });

  const ministrys = {
    consulate: { id: 'ministry', distanceMeters: null, basis: 'ministry' },
    toldConsulates: ['los-angeles', 'ministry'],
  } as const;

  it('tells offices and ministry again, and the family in its own rhythm', async () => {
    minutes = 30;
    const half = await step({ ...ministrys, mindedUntil: after(15), escalations: 2 });
    expect(half.events).toMatchObject([{ type: 'alert.silent.v1', eventId: 'silent.3' }]);
    expect(Object.keys(half.events[0]?.deliveries ?? {}).sort()).toEqual(['consulate:los-angeles', 'ministry']);
    minutes = 120;
    const later = await step({ ...ministrys, mindedUntil: after(60), escalations: 4 });
    expect(Object.keys(later.events[0]?.deliveries ?? {})).toEqual(['family']);
  });

  it('tells the family nothing of a case that goes on in secret', async () => {
    for (const alert of [
      { ...toldTwo, duress: true as const },
      { ...inLosAngeles, duress: true as const },
    ]) {
      minutes = 15;
      const { events } = await step(alert);
      expect(Object.keys(events[0]?.deliveries ?? {})).not.toContain('family');
    }
  });

  it('asks the ministry again when it has owned the case from the press on', async () => {
    const { set, events } = await step(ministrys);
    expect(set).toMatchObject({ escalations: 1 });
    expect(set.consulate).toBeUndefined();
    expect(events[0]?.type).toBe('alert.silent.v1');
  });

  it('tells the office of a case that was taken and left alone, and later everybody', async () => {
    const taken = { ...inLosAngeles, state: 'acknowledged', acknowledgedAt: after(0) } as const;
    minutes = 60;
    const first = await step(taken);
    expect(first.events).toMatchObject([{ type: 'alert.unattended.v1', since: after(0) }]);
    expect(Object.keys(first.events[0]?.deliveries ?? {})).toEqual(['consulate:los-angeles']);
    minutes = 120;
    const second = await step({ ...taken, mindedUntil: after(60) });
    expect(Object.keys(second.events[0]?.deliveries ?? {}).sort()).toEqual([
      'consulate:los-angeles',
      'family',
      'ministry',
    ]);
  });

  it('makes a case untaken again that somebody saw and nobody attended to, and tells all who were told', async () => {
    minutes = 40;
    const seen = {
      ...toldTwo,
      state: 'acknowledged',
      seenOnly: true,
      acknowledgedAt: after(10),
      acknowledgedBy: 'Ana',
      lastEntryAt: after(20),
    } as const;
    const { set, remove, events } = await step(seen);
    expect(set).toEqual({ state: 'raised', untakenSince: after(40) });
    expect(remove).toEqual(['seenOnly', 'acknowledgedAt', 'acknowledgedBy', 'acknowledgedOfficeId']);
    expect(events).toMatchObject([{ type: 'alert.lapsed.v1', seenAt: after(10) }]);
    expect(Object.keys(events[0]?.deliveries ?? {})).toEqual([
      'consulate:los-angeles',
      'consulate:santa-ana',
      'ministry',
    ]);
    minutes = 39;
    await expect(step(seen)).rejects.toThrow('a step is due');
  });

  describe('of a hand-over', () => {
    const handOver = { to: { id: 'el-paso', distanceMeters: 9, basis: 'great-circle' }, at: after(0) } as const;
    const given = {
      ...toldTwo,
      state: 'acknowledged',
      acknowledgedAt: after(0),
      lastEntryAt: after(0),
      handOver,
    } as const;

    it('tells both offices again, after 15 minutes the ministry, and the family nothing', async () => {
      const first = await step({ ...given, consulate: inLosAngeles.consulate });
      expect(first.events).toMatchObject([{ type: 'alert.hand-over-unanswered.v1', receiver: { id: 'el-paso' } }]);
      expect(Object.keys(first.events[0]?.deliveries ?? {})).toEqual(['consulate:los-angeles', 'consulate:el-paso']);
      expect(first.set).toEqual({ handOver: { ...handOver, mindedUntil: after(5) } });
      minutes = 15;
      const second = await step({
        ...given,
        consulate: inLosAngeles.consulate,
        handOver: { ...handOver, mindedUntil: after(5) },
      });
      expect(Object.keys(second.events[0]?.deliveries ?? {})).toEqual([
        'consulate:los-angeles',
        'consulate:el-paso',
        'ministry',
      ]);
    });

    it.each(['acknowledged', 'raised'] as const)('gives a case that is %s to the ministry after 30', async (state) => {
      minutes = 30;
      const { set, remove, events } = await step({ ...given, state, consulate: inLosAngeles.consulate });
      expect(set).toMatchObject({ consulate: { id: 'ministry' }, handedOver: false, mindedUntil: after(30) });
      expect(remove).toEqual(['handOver']);
      expect(events).toMatchObject([{ type: 'alert.escalated.v1', reason: 'hand-over-unanswered' }]);
      expect(Object.keys(events[0]?.deliveries ?? {})).toEqual([
        'family',
        'consulate:los-angeles',
        'consulate:el-paso',
        'ministry',
      ]);
    });

    it('ends where the ministry gave the case, which has it as before', async () => {
      minutes = 30;
      const consulate = { id: 'ministry', distanceMeters: null, basis: 'ministry' } as const;
      const { remove, events } = await step({ ...given, consulate });
      expect(remove).toEqual(['handOver']);
      expect(events).toMatchObject([{ type: 'alert.hand-over-ended.v1', why: 'unanswered' }]);
      expect(Object.keys(events[0]?.deliveries ?? {})).toEqual(['ministry', 'consulate:el-paso']);
    });

    it('is told once of all that was missed', async () => {
      minutes = 29;
      const { events } = await step({ ...given, consulate: inLosAngeles.consulate });
      expect(Object.keys(events[0]?.deliveries ?? {})).toContain('ministry');
    });
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
      const { nextAtMs, events } = await mindCase({ ...deps, cases }, found.alert);
      return { nextAtMs, types: events?.map(({ type }) => type), applied };
    };

    it('is decided anew when somebody wrote at the same moment, and given up when they do not stop', async () => {
      const types = ['alert.escalated.v1'];
      expect(await takeStep(0)).toEqual({ nextAtMs: raisedAtMs + 15 * minute, types, applied: 1 });
      expect(await takeStep(4)).toMatchObject({ types, applied: 5 });
      await expect(takeStep(5)).rejects.toThrow('did not hold still');
    });

    it('is none when it was an officer who wrote, or another watchman', async () => {
      const taken = { state: 'acknowledged', lastEntryAt: after(4) } as const;
      expect(await takeStep(1, taken)).toEqual({ nextAtMs: raisedAtMs + 64 * minute, applied: 1 });
      expect(await takeStep(1, { mindedUntil: after(5) })).toEqual({ nextAtMs: raisedAtMs + 15 * minute, applied: 1 });
    });
  });
});

describe('a case whose office has nobody who listens', () => {
  const office = (id: string) => ({ id, distanceMeters: 1, basis: 'location' }) as const;
  const deps = {
    now: () => new Date(raisedAtMs),
    chooseConsulate: async (): Promise<ChosenConsulate> => ({ kind: 'chosen', assigned: office('third') }),
  };
  const alert = anAlert({
    twoOffices: {
      responsible: { ...office('own'), basis: 'district' },
      nearest: office('nearest'),
      source: 'x',
      asOf: 'x',
    },
  });

  it.each([
    [['own'], 'nearest'],
    [['own', 'nearest'], 'third'],
    [['nearest', 'own'], 'third'],
    [['other'], 'third'],
  ])('after %j goes to %s: the nearest follows the responsible one', async (tried, next) => {
    const { consulate } = await passOnToNextConsulate(deps, alert, aFamily(), { tried, causeId: undefined });
    expect(consulate.id).toBe(next);
  });
});
