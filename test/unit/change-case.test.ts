import { describe, expect, it } from 'vitest';
import { openConsulates } from '../../shared/data/consulates.ts';
import type { Alert } from '../../shared/domain/case/alert.ts';
import type { AlertState } from '../../shared/domain/vocabulary.ts';
import { caseStates } from '../../shared/domain/case/case-states.ts';
import type { OfficerAction } from '../../shared/domain/case/act-on-case.ts';
import type { CaseChange } from '../../shared/domain/case/case.ts';
import type { CaseEventOf } from '../../shared/domain/case/case-event.ts';
import { handOverUnreachable } from '../../shared/domain/case/hand-over.ts';
import { actAsFamily } from '../../shared/domain/case/answer-case.ts';
import { actOnCase, isUnattended } from '../../shared/domain/case/act-on-case.ts';
import type { LinkRecipient } from '../../shared/domain/case/links.ts';
import { fakeCaseStore } from '../support/fake-case-store.ts';
import { aFamily, anAlert } from '../support/fixtures.ts';

const losAngeles: LinkRecipient = { kind: 'consulate', id: 'los-angeles' };
const santaAna: LinkRecipient = { kind: 'consulate', id: 'santa-ana' };
const ministry: LinkRecipient = { kind: 'ministry' };
const inLosAngeles: Partial<Alert> = {
  consulate: { id: 'los-angeles', distanceMeters: 10, basis: 'location' },
  toldConsulates: ['los-angeles'],
};

type Deed<Action> = Action extends OfficerAction ? Omit<Action, 'officer'> & Partial<Pick<Action, 'officer'>> : never;
type OfficerDeed = Deed<OfficerAction>;

const setUp = (alert: Partial<Alert> = {}, now = () => new Date('2026-11-22T20:10:00.000Z')) => {
  const fake = fakeCaseStore(anAlert({ ...inLosAngeles, ...alert }), aFamily());
  const changes: CaseChange[] = [];
  let ids = 0;
  const deps = {
    cases: {
      ...fake.store,
      apply: async (change: CaseChange) => {
        changes.push(change);
        return fake.store.apply(change);
      },
    },
    now,
    newId: () => String((ids += 1)),
    retentionMs: 1000,
    openConsulateById: (id: string) => openConsulates.find((office) => office.id === id),
    openConsulates,
    rosters: { ofOffice: async () => [] },
    zoneOf: () => 'America/Los_Angeles',
  };
  const { familyId, alertId } = fake.current().alert;
  const act = async (deed: OfficerDeed, recipient: LinkRecipient = losAngeles) =>
    actOnCase(deps, { familyId, alertId, recipient }, { officer: 'Lic. Rosa Díaz', ...deed });
  return { ...fake, deps, act, changes, link: { familyId, alertId } };
};
const lastEvent = ({ current }: ReturnType<typeof setUp>) => current().events.at(-1);

describe('an officer’s acknowledgement', () => {
  it('is on the record with who and when, and told to family, ministry and the other offices', async () => {
    const desk = setUp({ toldConsulates: ['los-angeles', 'santa-ana'] });
    expect((await desk.act({ action: 'acknowledge', officer: 'Lic. Rosa Díaz' })).kind).toBe('done');
    expect(desk.current().alert).toMatchObject({
      state: 'acknowledged',
      acknowledgedAt: '2026-11-22T20:10:00.000Z',
      acknowledgedBy: 'Lic. Rosa Díaz',
      consulate: inLosAngeles.consulate,
    });
    expect(lastEvent(desk)).toMatchObject({
      type: 'alert.acknowledged.v1',
      by: { kind: 'officer', officeId: 'los-angeles', name: 'Lic. Rosa Díaz' },
      deliveries: {
        family: { status: 'pending' },
        ministry: { status: 'pending' },
        'consulate:santa-ana': { status: 'pending' },
      },
    });
    expect(lastEvent(desk)?.deliveries).not.toHaveProperty('consulate:los-angeles');
  });

  it('of the second of two at once is decided on what the first did', async () => {
    const desk = setUp();
    desk.interrupt({
      state: 'acknowledged',
      acknowledgedBy: 'the first',
      consulate: { id: 'santa-ana', distanceMeters: 1, basis: 'location' },
    });
    expect(await desk.act({ action: 'acknowledge', officer: 'the second' })).toEqual({
      kind: 'refused',
      state: 'acknowledged',
      reason: 'already-taken',
    });
    expect(desk.current().alert.acknowledgedBy).toBe('the first');
    expect(desk.current().events).toEqual([]);
  });

  it.each([
    ['their office', losAngeles, 'los-angeles'],
    ['the ministry', ministry, 'ministry'],
  ] as const)('of what a colleague at %s took relieves them: on the record, and told to nobody', async (_, who, id) => {
    const desk = setUp({
      state: 'located',
      acknowledgedAt: '2026-11-22T20:05:00.000Z',
      acknowledgedBy: 'the first',
      acknowledgedOfficeId: id,
    });
    expect((await desk.act({ action: 'acknowledge', officer: 'the second' }, who)).kind).toBe('done');
    expect(desk.current().alert).toMatchObject({
      state: 'located',
      acknowledgedAt: '2026-11-22T20:05:00.000Z',
      acknowledgedBy: 'the second',
      consulate: { id: 'los-angeles' },
    });
    expect(lastEvent(desk)).toMatchObject({ officer: 'the second', state: 'located', deliveries: {} });
  });

  it('of an officer who has it changes nothing: the answer to the first was lost', async () => {
    const desk = setUp();
    await desk.act({ action: 'acknowledge', officer: 'the same' });
    expect((await desk.act({ action: 'acknowledge', officer: 'the same' })).kind).toBe('done');
    expect(desk.current().events).toHaveLength(1);
  });

  it('of another of the same name at the ministry is refused', async () => {
    const desk = setUp();
    await desk.act({ action: 'acknowledge', officer: 'the same' });
    const again = await desk.act({ action: 'acknowledge', officer: 'the same' }, ministry);
    expect(again).toMatchObject({ kind: 'refused', reason: 'already-taken' });
  });

  it('of the officer who had it takes it again, once their office is asked to', async () => {
    const desk = setUp({
      state: 'acknowledged',
      acknowledgedBy: 'the same',
      acknowledgedOfficeId: 'los-angeles',
      consulate: { id: 'ministry', distanceMeters: null, basis: 'ministry' },
      handOver: { to: { id: 'los-angeles', distanceMeters: 10, basis: 'location' }, at: '2026-11-22T20:05:00.000Z' },
    });
    await desk.act({ action: 'acknowledge', officer: 'the same' });
    expect(desk.current().alert).toMatchObject({ consulate: { id: 'los-angeles' } });
    expect(desk.current().alert).not.toHaveProperty('handOver');
  });

  it.each(['acknowledge', 'take'] as const)(
    'is refused once the case is closed, also to who gave it: %s',
    async (action) => {
      const desk = setUp();
      await desk.act({ action });
      Object.assign(desk.current().alert, { state: 'closed' });
      expect(await desk.act({ action })).toMatchObject({ kind: 'refused', reason: 'action-not-allowed' });
      expect(isUnattended(desk.current().alert)).toBe(false);
    },
  );

  it('of the officer who had it takes it again, once the person pressed again', async () => {
    const taken = { state: 'acknowledged', acknowledgedBy: 'the same', acknowledgedOfficeId: 'los-angeles' } as const;
    const desk = setUp({ ...taken, untakenSince: '2026-11-22T20:30:00.000Z' });
    expect((await desk.act({ action: 'acknowledge', officer: 'the same' })).kind).toBe('done');
    expect(desk.current().events).toMatchObject([{ state: 'acknowledged' }]);
    expect(desk.current().alert.untakenSince).toBeUndefined();
  });
});

describe('a case that is taken in a list with others', () => {
  it('is with the office, and everybody hears that somebody saw it', async () => {
    const desk = setUp({ toldConsulates: ['los-angeles', 'santa-ana'] });
    expect((await desk.act({ action: 'take' }, santaAna)).kind).toBe('done');
    expect(desk.current().alert).toMatchObject({
      state: 'acknowledged',
      seenOnly: true,
      acknowledgedBy: 'Lic. Rosa Díaz',
      acknowledgedOfficeId: 'santa-ana',
      consulate: { id: 'santa-ana' },
    });
    expect(lastEvent(desk)).toMatchObject({ type: 'alert.acknowledged.v1', seenOnly: true });
    expect(Object.keys(lastEvent(desk)?.deliveries ?? {})).toEqual(['family', 'consulate:los-angeles', 'ministry']);
  });

  it('changes nothing the second time, and no other office takes it so', async () => {
    const desk = setUp({ toldConsulates: ['los-angeles', 'santa-ana'] });
    await desk.act({ action: 'take' });
    expect((await desk.act({ action: 'take', officer: 'Another' })).kind).toBe('done');
    expect(desk.current().events).toHaveLength(1);
    expect(desk.current().alert.acknowledgedBy).toBe('Lic. Rosa Díaz');
    expect(await desk.act({ action: 'take' }, santaAna)).toMatchObject({ kind: 'refused', reason: 'already-taken' });
  });

  it.each<[string, OfficerDeed, LinkRecipient?]>([
    ['a note', { action: 'note', text: 'x' }],
    ['an acknowledgement', { action: 'acknowledge' }],
    ['a state', { action: 'state', to: 'locating' }],
    ['a note of the ministry', { action: 'note', text: 'x' }, ministry],
  ])('is attended to from %s of its office on', async (_, deed, who = losAngeles) => {
    const desk = setUp();
    await desk.act({ action: 'take' });
    expect((await desk.act(deed, who)).kind).toBe('done');
    expect(desk.current().alert.seenOnly).toBeUndefined();
    expect(desk.current().alert.state).not.toBe('raised');
  });

  it('is seen, and no more, when its office takes it so again after the person pressed again', async () => {
    const seen = { state: 'acknowledged', seenOnly: true, acknowledgedOfficeId: 'los-angeles' } as const;
    const desk = setUp({ ...seen, untakenSince: '2026-11-22T20:30:00.000Z' });
    expect((await desk.act({ action: 'take' })).kind).toBe('done');
    expect(desk.current().alert).toMatchObject({ seenOnly: true, state: 'acknowledged' });
    expect(desk.current().alert.untakenSince).toBeUndefined();
  });

  it('may be taken by any office that attends to it; a note from elsewhere is no sign of that', async () => {
    const desk = setUp({ toldConsulates: ['los-angeles', 'santa-ana'] });
    await desk.act({ action: 'take' });
    await desk.act({ action: 'note', text: 'x' }, santaAna);
    expect(desk.current().alert.seenOnly).toBe(true);
    expect((await desk.act({ action: 'acknowledge' }, santaAna)).kind).toBe('done');
    expect(desk.current().alert).toMatchObject({ consulate: { id: 'santa-ana' }, acknowledgedOfficeId: 'santa-ana' });
    expect(desk.current().alert.seenOnly).toBeUndefined();
    expect(lastEvent(desk)?.deliveries).toHaveProperty('family');
  });
});

describe('the place where the person is held', () => {
  it.each(['locating', 'transferred'] as const)(
    'is none any more when the state becomes %s without one',
    async (to) => {
      const desk = setUp({ state: 'located', facility: 'Adelanto' });
      await desk.act({ action: 'state', to });
      expect(desk.current().alert).not.toHaveProperty('facility');
    },
  );

  it.each(['locating', 'transferred'] as const)('may be named by the change to %s itself', async (to) => {
    const desk = setUp({ state: 'located', facility: 'Adelanto' });
    await desk.act({ action: 'state', to, facility: 'Mesa Verde' });
    expect(desk.current().alert.facility).toBe('Mesa Verde');
  });

  it('stays known when officers are in contact', async () => {
    const desk = setUp({ state: 'located', facility: 'Adelanto' });
    await desk.act({ action: 'state', to: 'in-contact' });
    expect(desk.current().alert.facility).toBe('Adelanto');
  });
});

describe('what each state allows', () => {
  const handOver = {
    to: { id: 'fresno', distanceMeters: 1, basis: 'great-circle' },
    at: '2026-11-22T20:05:00.000Z',
  } as const;
  const actions: Record<string, OfficerDeed> = {
    acknowledge: { action: 'acknowledge', officer: 'A' },
    note: { action: 'note', text: 'x' },
    representative: { action: 'representative', name: 'Lic. Vega', phone: '+12135550177' },
    'hand-over': { action: 'hand-over', consulateId: 'fresno' },
    'take-back': { action: 'take-back' },
    close: { action: 'close', disposition: 'safe' },
    reopen: { action: 'reopen' },
  };

  it.each(Object.keys(caseStates) as AlertState[])('%s', async (state) => {
    for (const [name, action] of Object.entries(actions)) {
      const allowed = (caseStates[state].actions as readonly string[]).includes(name);
      expect([name, (await setUp({ state, ...(name === 'take-back' && { handOver }) }).act(action)).kind]).toEqual([
        name,
        allowed ? 'done' : 'refused',
      ]);
    }
    for (const to of Object.keys(caseStates) as AlertState[]) {
      const allowed = caseStates[state].next.includes(to);
      expect([to, (await setUp({ state }).act({ action: 'state', to })).kind]).toEqual([
        to,
        allowed ? 'done' : 'refused',
      ]);
    }
  });
});

describe('a hand-over', () => {
  const elPaso: LinkRecipient = { kind: 'consulate', id: 'el-paso' };
  const toldOf = (desk: ReturnType<typeof setUp>) =>
    desk.current().events.map(({ type, deliveries }) => [type, ...Object.keys(deliveries)]);
  const given = async (alert: Partial<Alert> = {}) => {
    const desk = setUp({
      state: 'locating',
      acknowledgedAt: '2026-11-22T20:05:00.000Z',
      acknowledgedBy: 'Ana',
      toldConsulates: ['los-angeles', 'santa-ana'],
      ...alert,
    });
    expect((await desk.act({ action: 'hand-over', consulateId: 'el-paso', note: 'trasladada' })).kind).toBe('done');
    return desk;
  };

  it('leaves the giver in charge, and only the receiver hears', async () => {
    const desk = await given();
    const { consulate, handOver, toldConsulates } = desk.current().alert;
    expect(consulate?.id).toBe('los-angeles');
    expect(handOver).toMatchObject({ to: { id: 'el-paso', basis: 'great-circle' }, at: '2026-11-22T20:10:00.000Z' });
    expect(handOver?.to.distanceMeters).toBeGreaterThan(1_000_000);
    expect(toldConsulates).toEqual(['los-angeles', 'santa-ana', 'el-paso']);
    expect(toldOf(desk)).toEqual([['alert.hand-over-asked.v1', 'consulate:el-paso']]);
    expect((await desk.act({ action: 'note', text: 'sigo' })).kind).toBe('done');
    expect((await desk.act({ action: 'state', to: 'located' })).kind).toBe('done');
    expect(desk.current().alert.handOver).toBeDefined();
  });

  it('by the ministry is told to the giver as well', async () => {
    const desk = setUp({ state: 'acknowledged' });
    await desk.act({ action: 'hand-over', consulateId: 'el-paso' }, ministry);
    expect(toldOf(desk)).toEqual([['alert.hand-over-asked.v1', 'consulate:los-angeles', 'consulate:el-paso']]);
  });

  it('is taken by an acknowledgement at the receiver, and everybody hears once', async () => {
    const desk = await given();
    expect((await desk.act({ action: 'acknowledge', officer: 'Luis' }, elPaso)).kind).toBe('done');
    expect(desk.current().alert).toMatchObject({
      state: 'locating',
      consulate: { id: 'el-paso' },
      handedOver: true,
      acknowledgedAt: '2026-11-22T20:05:00.000Z',
      acknowledgedBy: 'Luis',
      acknowledgedOfficeId: 'el-paso',
    });
    expect(desk.current().alert.handOver).toBeUndefined();
    expect(toldOf(desk).slice(1)).toEqual([
      ['alert.located.v1', 'family', 'consulate:los-angeles', 'consulate:santa-ana', 'ministry'],
      ['alert.acknowledged.v1'],
    ]);
    expect(desk.current().events[1]).toMatchObject({ cause: 'hand-over', previous: 'los-angeles' });
  });

  it('is taken by a state at the receiver, of which the family hears too', async () => {
    const desk = await given();
    expect((await desk.act({ action: 'state', to: 'located' }, elPaso)).kind).toBe('done');
    expect(desk.current().alert).toMatchObject({ state: 'located', consulate: { id: 'el-paso' } });
    expect(toldOf(desk).slice(1)).toEqual([
      ['alert.located.v1', 'family', 'consulate:los-angeles', 'consulate:santa-ana', 'ministry'],
      ['alert.state-changed.v1', 'family', 'ministry'],
    ]);
  });

  it('is taken in a list by the receiver, and the family reads that somebody there saw it', async () => {
    const desk = await given();
    expect((await desk.act({ action: 'take' }, elPaso)).kind).toBe('done');
    expect(desk.current().alert).toMatchObject({
      consulate: { id: 'el-paso' },
      seenOnly: true,
      acknowledgedAt: '2026-11-22T20:10:00.000Z',
    });
    expect(toldOf(desk).slice(1)).toEqual([
      ['alert.located.v1', 'consulate:los-angeles', 'consulate:santa-ana', 'ministry'],
      ['alert.acknowledged.v1', 'family'],
    ]);
  });

  it('is not taken by a note or a refused action of the receiver', async () => {
    const desk = await given();
    expect((await desk.act({ action: 'note', text: 'lo veo' }, elPaso)).kind).toBe('done');
    expect(await desk.act({ action: 'close', disposition: 'safe' }, elPaso)).toMatchObject({ reason: 'not-in-charge' });
    expect(await desk.act({ action: 'state', to: 'locating' }, elPaso)).toMatchObject({
      reason: 'state-not-reachable',
    });
    expect(desk.current().alert).toMatchObject({
      consulate: { id: 'los-angeles' },
      handOver: { to: { id: 'el-paso' } },
    });
  });

  it('is taken back until the receiver has acted', async () => {
    const desk = await given();
    expect(await desk.act({ action: 'take-back' }, elPaso)).toMatchObject({ reason: 'not-in-charge' });
    expect((await desk.act({ action: 'take-back' })).kind).toBe('done');
    expect(desk.current().alert.handOver).toBeUndefined();
    expect(toldOf(desk).slice(1)).toEqual([['alert.hand-over-ended.v1', 'consulate:el-paso']]);
    expect(await desk.act({ action: 'take-back' })).toMatchObject({ reason: 'no-hand-over' });
    const taken = await given();
    await taken.act({ action: 'acknowledge' }, elPaso);
    expect(await taken.act({ action: 'take-back' })).toMatchObject({ kind: 'refused', reason: 'receiver-has-acted' });
  });

  it('is taken back before the ministry too, once it has heard', async () => {
    const to = { id: 'el-paso', distanceMeters: 9, basis: 'great-circle' } as const;
    const askedAt = (at: string) => setUp({ state: 'acknowledged', handOver: { to, at } });
    const desks = [askedAt('2026-11-22T19:55:00.001Z'), askedAt('2026-11-22T19:55:00.000Z')];
    for (const desk of desks) await desk.act({ action: 'take-back' });
    expect(desks.map(toldOf)).toEqual([
      [['alert.hand-over-ended.v1', 'consulate:el-paso']],
      [['alert.hand-over-ended.v1', 'consulate:el-paso', 'ministry']],
    ]);
  });

  it('to another office takes the first one back; to the same one is refused', async () => {
    const desk = await given();
    expect(await desk.act({ action: 'hand-over', consulateId: 'el-paso' })).toMatchObject({
      reason: 'already-handed-over',
    });
    expect((await desk.act({ action: 'hand-over', consulateId: 'fresno' })).kind).toBe('done');
    expect(desk.current().alert.handOver?.to.id).toBe('fresno');
    expect(toldOf(desk).slice(1)).toEqual([
      ['alert.hand-over-asked.v1', 'consulate:fresno'],
      ['alert.hand-over-ended.v1', 'consulate:el-paso'],
    ]);
    expect(await desk.act({ action: 'acknowledge' }, elPaso)).toMatchObject({ kind: 'refused' });
  });

  it('of a case that nobody took ends when somebody else takes it, also the giver', async () => {
    for (const recipient of [losAngeles, santaAna]) {
      const desk = await given({ state: 'raised' });
      expect((await desk.act({ action: 'acknowledge' }, recipient)).kind).toBe('done');
      expect(desk.current().alert).toMatchObject({
        state: 'acknowledged',
        consulate: { id: (recipient as { id: string }).id },
      });
      expect(desk.current().alert.handOver).toBeUndefined();
      expect(lastEvent(desk)?.deliveries).toHaveProperty('consulate:el-paso');
    }
  });

  it('ends with the case', async () => {
    const desk = await given();
    await desk.act({ action: 'close', disposition: 'safe' });
    expect(desk.current().alert.handOver).toBeUndefined();
    expect(desk.changes.at(-1)?.listing?.closed).toContain('el-paso');
  });

  it('under duress is told to no family, whoever acts', async () => {
    const desk = await given({ duress: true });
    await desk.act({ action: 'acknowledge' }, elPaso);
    expect(toldOf(desk).flat()).not.toContain('family');
  });

  it('is measured from nowhere when no place is known', async () => {
    const desk = await given({ position: { latitude: 0, longitude: 0 } });
    expect(desk.current().alert.handOver?.to).toEqual({ id: 'el-paso', distanceMeters: null, basis: 'great-circle' });
  });

  it('goes to open offices only, and not to the one that has it', async () => {
    const desk = setUp({ state: 'acknowledged' });
    expect((await desk.act({ action: 'hand-over', consulateId: 'atlantis' })).kind).toBe('unknown-consulate');
    expect(await desk.act({ action: 'hand-over', consulateId: 'los-angeles' })).toMatchObject({
      reason: 'already-in-charge',
    });
  });

  it('that races a close is decided on the closed case', async () => {
    const desk = setUp({ state: 'acknowledged' });
    desk.interrupt({ state: 'closed' });
    expect(await desk.act({ action: 'hand-over', consulateId: 'fresno' })).toMatchObject({
      kind: 'refused',
      state: 'closed',
    });
  });
});

describe('who may act', () => {
  it('is the office in charge and the ministry; one that handed over goes on reading and may add notes', async () => {
    const desk = setUp({ state: 'acknowledged' });
    await desk.act({ action: 'hand-over', consulateId: 'fresno' });
    await desk.act({ action: 'acknowledge' }, { kind: 'consulate', id: 'fresno' });
    expect(await desk.act({ action: 'close', disposition: 'safe' })).toMatchObject({
      kind: 'refused',
      reason: 'not-in-charge',
    });
    expect((await desk.act({ action: 'note', text: 'x' })).kind).toBe('done');
    expect((await desk.act({ action: 'close', disposition: 'safe' }, { kind: 'consulate', id: 'fresno' })).kind).toBe(
      'done',
    );
    expect((await desk.act({ action: 'reopen' })).kind).toBe('done');
  });

  it('is any office that was told while nobody has taken the case, which it takes by that', async () => {
    const desk = setUp({
      consulate: { id: 'santa-ana', distanceMeters: 1, basis: 'location' },
      toldConsulates: ['los-angeles', 'santa-ana'],
    });
    expect((await desk.act({ action: 'acknowledge', officer: 'Lic. Rosa Díaz' })).kind).toBe('done');
    expect(desk.current().alert.consulate?.id).toBe('los-angeles');
    expect(lastEvent(desk)?.deliveries).toHaveProperty('consulate:santa-ana');
    expect((await desk.act({ action: 'state', to: 'locating' })).kind).toBe('done');
  });

  it('is nobody of the state when the person did not authorise it', async () => {
    const desk = setUp({ consularNotification: false });
    expect((await desk.act({ action: 'note', text: 'x' }, ministry)).kind).toBe('not-found');
  });

  it('is every office that was told, and the ministry', async () => {
    expect((await setUp().act({ action: 'note', text: 'x' }, ministry)).kind).toBe('done');
    expect(
      (await setUp({ toldConsulates: ['los-angeles', 'santa-ana'] }).act({ action: 'note', text: 'x' }, santaAna)).kind,
    ).toBe('done');
  });

  it('is no other office, and no family', async () => {
    expect((await setUp().act({ action: 'note', text: 'x' }, santaAna)).kind).toBe('not-found');
    expect((await setUp().act({ action: 'acknowledge', officer: 'x' }, { kind: 'family' })).kind).toBe('not-found');
  });
});

describe('a form that is sent twice', () => {
  it.each<[string, OfficerDeed, OfficerDeed]>([
    [
      'a place',
      { action: 'state', to: 'located', facility: 'Adelanto' },
      { action: 'state', to: 'located', facility: 'Mesa Verde' },
    ],
    [
      'a representative',
      { action: 'representative', name: 'Lic. Vega', phone: '+12135550177' },
      { action: 'representative', name: 'Lic. Vega', phone: '+12135550178' },
    ],
  ])('tells %s once, and another one again', async (_, deed, other) => {
    const desk = setUp({ state: 'locating' });
    const told: string[][] = [];
    for (const each of [deed, deed, other]) {
      await desk.act(each);
      told.push(Object.keys(lastEvent(desk)?.deliveries ?? {}));
    }
    expect(told).toEqual([['family', 'ministry'], [], ['family', 'ministry']]);
  });

  it('tells the ministry alone of a note that comes with the same place', async () => {
    const desk = setUp({ state: 'locating' });
    const deed = { action: 'state', to: 'located', facility: 'Adelanto' } as const;
    await desk.act(deed);
    await desk.act({ ...deed, note: 'Pabellón B' });
    expect(lastEvent(desk)).toMatchObject({ note: 'Pabellón B' });
    expect(Object.keys(lastEvent(desk)?.deliveries ?? {})).toEqual(['ministry']);
  });
});

describe('a representative of no roster', () => {
  it('is named with whom they follow, unless it is the same', async () => {
    const desk = setUp({ state: 'acknowledged' });
    for (const name of ['Lic. Vega', 'Lic. Mora', 'Lic. Mora'])
      await desk.act({ action: 'representative', name, phone: '+12135550177' });
    expect(desk.current().events.map((event) => 'former' in event && event.former)).toEqual([
      false,
      'Lic. Vega',
      false,
    ]);
  });
});

describe('a case that is erased while somebody acts on it', () => {
  it('is not found', async () => {
    const desk = setUp();
    const { read } = desk.deps.cases;
    desk.deps.cases.read = async (...key) => (desk.changes.length === 0 ? read(...key) : undefined);
    expect(await desk.act({ action: 'note', text: 'x' })).toEqual({ kind: 'not-found' });
  });
});

describe('under duress', () => {
  it('nothing more is told to the family', async () => {
    const desk = setUp({ state: 'acknowledged', duress: true });
    for (const action of [
      { action: 'state', to: 'located', facility: 'Adelanto' },
      { action: 'representative', name: 'Lic. Vega', phone: '+12135550177' },
      { action: 'close', disposition: 'safe' },
    ] satisfies OfficerDeed[]) {
      await desk.act(action);
      expect(lastEvent(desk)?.deliveries).not.toHaveProperty('family');
      expect(lastEvent(desk)?.deliveries).toHaveProperty('ministry');
    }
  });
});

describe('closing', () => {
  it('takes the case from the list of each office that was told, and reopening brings it back', async () => {
    const desk = setUp({ state: 'acknowledged', toldConsulates: ['fresno', 'los-angeles'] });
    const everybody = ['fresno', 'los-angeles', 'ministry'];
    await desk.act({ action: 'close', disposition: 'safe' });
    await desk.act({ action: 'reopen' });
    expect(desk.changes.map(({ listing }) => listing)).toEqual([
      { open: [], closed: everybody },
      { open: everybody, closed: [] },
    ]);
  });

  it('sets when and why, and reopening takes both away', async () => {
    const desk = setUp({ state: 'located' });
    await desk.act({ action: 'close', disposition: 'released', note: 'fianza' });
    expect(desk.current().alert).toMatchObject({
      state: 'closed',
      disposition: 'released',
      closedAt: expect.any(String),
    });
    await desk.act({ action: 'reopen' });
    expect(desk.current().alert.state).toBe('acknowledged');
    expect(desk.current().alert).not.toHaveProperty('disposition');
    expect(desk.current().alert).not.toHaveProperty('closedAt');
  });
});

describe('a case that is opened again', () => {
  const closedAt = '2026-11-22T20:05:00.000Z';
  const cancelled = { state: 'closed', disposition: 'cancelled', closedAt } as const;
  const deviceView = { state: 'closed', status: '{}', until: '2026-12-22T20:05:00.000Z' } as const;

  it('has no hand-over and nobody who has only seen it, as it may have had when the person cancelled it', async () => {
    const desk = setUp({
      ...cancelled,
      toldConsulates: ['los-angeles', 'santa-ana'],
      seenOnly: true,
      handOver: { to: { id: 'fresno', distanceMeters: 1, basis: 'great-circle' }, at: closedAt },
    });
    expect((await desk.act({ action: 'reopen' }, santaAna)).kind).toBe('done');
    expect(desk.current().alert.state).toBe('acknowledged');
    expect(desk.current().alert).not.toHaveProperty('seenOnly');
    expect(desk.current().alert).not.toHaveProperty('handOver');
  });

  it.each<[string, Partial<Alert>, boolean]>([
    ['that the person cancelled shows itself to the family again', { deviceView }, true],
    ['that the person was forced to cancel stays closed to them', { deviceView, duress: true }, false],
    ['that officers closed was never closed to them', {}, false],
  ])('%s', async (_, alert, ends) => {
    const desk = setUp({ ...cancelled, ...alert });
    await desk.act({ action: 'reopen' });
    expect(desk.changes[0]?.endsFamilyView).toBe(ends);
  });

  it('is kept as long as an open one, with its timeline', async () => {
    const desk = setUp(cancelled);
    await desk.act({ action: 'note', text: 'x' });
    await desk.act({ action: 'reopen' });
    const [noted, reopened] = desk.changes.map(({ forget }) => forget);
    expect(noted).toEqual({ at: new Date('2026-11-22T20:05:01.000Z'), timeline: [] });
    expect(reopened?.at.getTime()).toBe(Date.parse('2026-11-22T20:10:00.000Z') + 180 * 24 * 60 * 60_000);
    expect(reopened?.timeline).toHaveLength(1);
  });
});

describe('the time of a change', () => {
  /** As any clock it goes on between two looks. */
  const clock = () => {
    let ms = Date.parse('2026-11-22T20:10:00.000Z');
    return () => new Date((ms += 1));
  };

  it.each<[string, OfficerDeed, (alert: Alert) => string | undefined]>([
    ['taking a case', { action: 'take' }, ({ acknowledgedAt }) => acknowledgedAt],
    ['handing it over', { action: 'hand-over', consulateId: 'el-paso' }, ({ handOver }) => handOver?.at],
    ['closing it', { action: 'close', disposition: 'safe' }, ({ closedAt }) => closedAt],
    ['an entry', { action: 'note', text: 'x' }, ({ lastEntryAt }) => lastEntryAt],
  ])('of %s is that of its event', async (_, deed, writtenIn) => {
    const desk = setUp({}, clock());
    expect((await desk.act(deed)).kind).toBe('done');
    expect(writtenIn(desk.current().alert)).toBe(lastEvent(desk)?.at);
  });

  it('tells by which event a hand-over began: it ends where nobody listens', async () => {
    const desk = setUp({}, clock());
    await desk.act({ action: 'hand-over', consulateId: 'el-paso' });
    const asked = lastEvent(desk) as CaseEventOf<'alert.hand-over-asked.v1'>;
    expect(handOverUnreachable(desk.current().alert, asked, new Date())).toMatchObject({ why: 'unreachable' });
  });
});

describe('how long a case is kept', () => {
  it('does not change by what is done while it is open, and is the usual time once it is closed', async () => {
    const desk = setUp();
    await desk.act({ action: 'note', text: 'x' });
    await desk.act({ action: 'close', disposition: 'safe' });
    const [noted, closed] = desk.changes.map(({ forget }) => forget);
    expect(noted).toBeUndefined();
    expect(closed?.at).toEqual(new Date('2026-11-22T20:10:01.000Z'));
    expect(closed?.timeline).toHaveLength(1);
  });
});

describe('a case that was pressed again', () => {
  const again = {
    untakenSince: '2026-11-22T20:04:00.000Z',
    pressedAgain: [{ alertId: 'again', at: '2026-11-22T20:04:00.000Z' }],
  };

  it('goes on counting since when nobody has it, after a note on a case that nobody took', async () => {
    const desk = setUp(again);
    await desk.act({ action: 'note', text: 'x' });
    expect(desk.current().alert.untakenSince).toBe(again.untakenSince);
    expect(desk.changes[0]?.presses).toEqual([{ alertId: 'again', set: { state: 'raised' } }]);
  });

  it('is answered by the next entry of an officer, each press with the state of the case', async () => {
    const desk = setUp({ ...again, state: 'acknowledged' });
    await desk.act({ action: 'state', to: 'located' });
    expect(desk.current().alert).not.toHaveProperty('untakenSince');
    expect(desk.changes[0]?.presses).toEqual([{ alertId: 'again', set: { state: 'located' } }]);
  });

  it('is not answered by a relative', async () => {
    const desk = setUp({ ...again, state: 'acknowledged' });
    await actAsFamily(desk.deps, desk.link, { action: 'seen', name: 'José' });
    expect(desk.current().alert.untakenSince).toBe(again.untakenSince);
    expect(desk.current().alert).not.toHaveProperty('lastEntryAt');
    expect(desk.changes[0]).not.toHaveProperty('presses');
  });
});

describe('relatives', () => {
  it('can say that they have seen it and what they do, without changing the state or silencing each other', async () => {
    const desk = setUp();
    await actAsFamily(desk.deps, desk.link, { action: 'seen', name: 'José' });
    await actAsFamily(desk.deps, desk.link, { action: 'on-it', name: 'Lupita', task: 'llamo al abogado' });
    await actAsFamily(desk.deps, desk.link, { action: 'on-it', name: 'José', task: 'voy al consulado' });
    expect(desk.current().alert.state).toBe('raised');
    expect(desk.current().events.map(({ type }) => type)).toEqual([
      'family.seen.v1',
      'family.on-it.v1',
      'family.on-it.v1',
    ]);
    expect(desk.current().events.every(({ deliveries }) => Object.keys(deliveries).length === 0)).toBe(true);
  });
});
