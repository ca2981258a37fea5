import { describe, expect, it } from 'vitest';
import { actOnCase } from '../../shared/domain/case/act-on-case.ts';
import type { OfficerAction } from '../../shared/domain/case/act-on-case.ts';
import type { Alert } from '../../shared/domain/case/alert.ts';
import type { CaseChange } from '../../shared/domain/case/case.ts';
import type { Family } from '../../shared/domain/family/family.ts';
import { openConsulates } from '../../shared/data/consulates.ts';
import type { OfferAnswer } from '../../shared/domain/representatives/answer-offer.ts';
import { answerOffer, offerOf } from '../../shared/domain/representatives/answer-offer.ts';
import { isOfferMade, nextOfferAt } from '../../shared/domain/representatives/ask.ts';
import { mindOffers } from '../../shared/domain/representatives/mind-offers.ts';
import { offerSteps } from '../../shared/domain/representatives/offer.ts';
import type { Representative } from '../../shared/domain/representatives/representative.ts';
import { offerStates } from '../../shared/domain/vocabulary.ts';
import { fakeCaseStore } from '../support/fake-case-store.ts';
import { aFamily, anAlert } from '../support/fixtures.ts';
import { aRepresentative } from '../support/representatives.ts';

// A Sunday, 12:00 in Los Angeles.
const start = Date.parse('2026-11-22T20:00:00.000Z');
const losAngeles = { id: 'los-angeles', distanceMeters: 3000, basis: 'location' } as const;
const link = { kind: 'consulate', id: 'los-angeles' } as const;

type SetUp = {
  readonly alert?: Partial<Alert>;
  readonly person?: Partial<Family['person']>;
  readonly roster?: readonly Partial<Representative>[];
};

const threePeople: readonly Partial<Representative>[] = ['a', 'b', 'c', 'd'].map((id) => ({
  representativeId: id,
  name: `Lic. ${id}`,
  addedAt: id,
}));

/** A case that Los Angeles has, and its roster. */
const setUp = ({ alert, person, roster = threePeople }: SetUp = {}) => {
  const family = aFamily();
  const taken = { state: 'acknowledged', acknowledgedAt: '2026-11-22T20:00:00.000Z' } as const;
  const fake = fakeCaseStore(
    anAlert({ consulate: losAngeles, toldConsulates: ['los-angeles'], ...taken, ...alert }),
    aFamily({ person: { ...family.person, ...person } }),
  );
  let people = roster.map(aRepresentative);
  let nowMs = start;
  const changes: CaseChange[] = [];
  const now = () => new Date(nowMs);
  let ids = 0;
  const deps = {
    cases: {
      ...fake.store,
      apply: async (change: CaseChange) => {
        const refs = [...(change.roster?.asked ?? []), ...(change.roster?.accepted ? [change.roster.accepted] : [])];
        const isThere = refs.every((ref) => people.some((one) => one.representativeId === ref.representativeId));
        if (!isThere) return 'conflict' as const;
        changes.push(change);
        return fake.store.apply(change);
      },
    },
    now,
    newId: () => String((ids += 1)),
    retentionMs: 1000,
    openConsulateById: (id: string) => openConsulates.find((office) => office.id === id),
    openConsulates,
    rosters: {
      ofOffice: async (officeId: string) =>
        people
          .filter((one) => one.officeId === officeId)
          .map((one) => ({ representative: one, load: { openCases: 0 } })),
      get: async (_officeId: string, id: string) => people.find((one) => one.representativeId === id),
    },
    zoneOf: () => 'America/Los_Angeles',
  };
  const ref = { familyId: fake.current().alert.familyId, alertId: fake.current().alert.alertId };
  return {
    ...fake,
    changes,
    act: async (deed: Partial<OfficerAction> & { readonly action: OfficerAction['action'] }) =>
      actOnCase(deps, { ...ref, recipient: link }, { officer: 'Ana', ...deed } as OfficerAction),
    answer: async (id: string, answer: OfferAnswer) =>
      answerOffer(deps, { ...ref, recipient: { kind: 'representative', id, officeId: 'los-angeles' } }, answer),
    /** One look of the watchman. */
    look: async (minutes = 0) => {
      nowMs += minutes * 60_000;
      const change = await mindOffers(deps, fake.current(), now());
      if (change) expect(await deps.cases.apply(change)).toBe('applied');
      return change;
    },
    later: (minutes: number) => {
      nowMs += minutes * 60_000;
    },
    remove: (id: string) => {
      people = people.filter(({ representativeId }) => representativeId !== id);
    },
    states: () => Object.fromEntries((fake.current().alert.offers ?? []).map((one) => [one.name.at(-1), one.state])),
    events: () => fake.current().events.map(({ type }) => type.replace('representative.', '').replace('.v1', '')),
    nextMinutes: () => {
      const at = nextOfferAt(fake.current().alert);
      return at === undefined ? undefined : (at - nowMs) / 60_000;
    },
  };
};

describe('the search for a representative', () => {
  it('begins by itself when the person asked for a lawyer and an officer has taken the case', async () => {
    const there = setUp({ person: { wantsRepresentative: true } });
    await there.look();
    expect(there.states()).toEqual({ a: 'offered' });
    expect(there.current().events.at(-1)).toMatchObject({
      type: 'representative.offered.v1',
      name: 'Lic. a',
      by: { kind: 'system' },
      deliveries: { 'representative:a': { status: 'pending' } },
    });
    expect(there.nextMinutes()).toBe(15);
    expect(there.current().alert.offering).toMatchObject({ by: 'person', matter: 'immigration' });
  });

  it.each([
    ['nobody asked for a lawyer', { person: {} }],
    ['they said no', { person: { wantsRepresentative: false } }],
    ['nobody has taken the case', { person: { wantsRepresentative: true }, alert: { state: 'raised' } }],
    ['somebody has only seen it', { person: { wantsRepresentative: true }, alert: { seenOnly: true } }],
    [
      'it was pressed again since',
      { person: { wantsRepresentative: true }, alert: { untakenSince: '2026-11-22T20:05:00.000Z' } },
    ],
    ['there is no roster', { person: { wantsRepresentative: true }, roster: [] }],
    ['no office may know of it', { person: { wantsRepresentative: true }, alert: { consularNotification: false } }],
    [
      'it is one more press of another case',
      { person: { wantsRepresentative: true }, alert: { joined: { headAlertId: 'head' } } },
    ],
    ['it is a drill', { person: { wantsRepresentative: true }, alert: { drill: true } }],
    [
      'a lawyer is named',
      { person: { wantsRepresentative: true }, alert: { representative: { name: 'X', phone: '+1', assignedAt: '' } } },
    ],
  ] as const)('does not begin while %s', async (_why, given) => {
    const there = setUp(given);
    expect(await there.look()).toBeUndefined();
    expect([there.states(), there.nextMinutes()]).toEqual([{}, undefined]);
  });

  it('asks the next as well after 15 minutes without an answer, three times, and then has the officer phone', async () => {
    const there = setUp({ person: { wantsRepresentative: true } });
    await there.look();
    expect(await there.look(14)).toBeUndefined();
    await there.look(1);
    expect(there.states()).toEqual({ a: 'lapsed', b: 'offered' });
    await there.look(15);
    expect(there.states()).toEqual({ a: 'lapsed', b: 'lapsed', c: 'offered' });
    await there.look(15);
    expect(there.states()).toEqual({ a: 'lapsed', b: 'lapsed', c: 'lapsed' });
    expect(there.events()).toEqual(['offered', 'lapsed', 'offered', 'lapsed', 'offered', 'lapsed', 'unanswered']);
    expect(there.current().events.at(-1)).toMatchObject({ asked: 3 });
    expect(there.current().events.at(-1)?.deliveries).toEqual({ 'consulate:los-angeles': { status: 'pending' } });
    expect(new Set(there.current().events.map(({ eventId }) => eventId)).size).toBe(7);
    expect(await there.look(15)).toBeUndefined();
  });

  it('tells the ministry too, once, when it has gone on for 4 hours', async () => {
    const there = setUp({ person: { wantsRepresentative: true } });
    await there.look();
    for (const minutes of [15, 15, 15]) await there.look(minutes);
    expect(there.nextMinutes()).toBe(195);
    await there.look(195);
    expect(there.current().events.at(-1)).toMatchObject({
      type: 'representative.unanswered.v1',
      late: true,
      deliveries: { 'consulate:los-angeles': { status: 'pending' }, ministry: { status: 'pending' } },
    });
    expect(there.nextMinutes()).toBeUndefined();
  });

  it('tells the ministry of it once, also when an officer offers it again meanwhile', async () => {
    const there = setUp({ person: { wantsRepresentative: true } });
    await there.look();
    for (const minutes of [15, 15, 15, 190]) await there.look(minutes);
    await there.act({ action: 'offer' });
    await there.look(5);
    expect(there.events().slice(-2)).toEqual(['offered', 'unanswered']);
    await there.act({ action: 'offer', representativeId: 'a' });
    expect(await there.look(1)).toBeUndefined();
    expect(there.nextMinutes()).toBe(9);
  });

  it('asks whom an officer chose when their hours begin, also while somebody else is asked', async () => {
    const there = setUp({
      roster: threePeople.map((one, index) => (index === 1 ? { ...one, hours: 'Su 12:10-18:00' } : one)),
    });
    await there.act({ action: 'offer' });
    await there.act({ action: 'offer', representativeId: 'c' });
    await there.act({ action: 'offer', representativeId: 'b' });
    await there.answer('a', { action: 'decline' });
    await there.look(9);
    expect(there.events()).toEqual(['offered', 'offered', 'waiting', 'declined']);
    await there.look(1);
    expect(there.states()).toEqual({ a: 'declined', b: 'offered', c: 'offered' });
  });

  it('does not ask whom an officer chose before their hours begin, although nobody else answers', async () => {
    const there = setUp({
      roster: threePeople.map((one, index) => (index === 1 ? { ...one, hours: 'Su 12:20-18:00' } : one)),
    });
    await there.act({ action: 'offer' });
    await there.act({ action: 'offer', representativeId: 'b' });
    await there.look(15);
    expect([there.states(), there.nextMinutes()]).toEqual([{ a: 'lapsed' }, 5]);
    await there.look(5);
    expect(there.states()).toEqual({ a: 'lapsed', b: 'offered' });
  });

  it('asks the next at once when somebody declines, does not hear, or was removed', async () => {
    const there = setUp({ person: { wantsRepresentative: true } });
    await there.look();
    await there.answer('a', { action: 'decline', reason: 'de viaje' });
    await there.look(1);
    expect(there.states()).toEqual({ a: 'declined', b: 'offered' });
    const event = there.current().events.at(-1)!;
    Object.assign(event.deliveries, { 'representative:b': { status: 'unreachable' } });
    await there.look(1);
    expect(there.states()).toEqual({ a: 'declined', b: 'lapsed', c: 'offered' });
    there.remove('c');
    await there.look(15);
    expect(there.states()).toEqual({ a: 'declined', b: 'lapsed', c: 'lapsed', d: 'offered' });
  });

  it('looks at the other one’s time when one of two has declined, and asks nobody before it', async () => {
    const there = setUp();
    await there.act({ action: 'offer', representativeId: 'a' });
    there.later(5);
    await there.act({ action: 'offer', representativeId: 'b' });
    await there.answer('a', { action: 'decline' });
    await there.look(10);
    expect([there.states(), there.nextMinutes()]).toEqual([{ a: 'declined', b: 'offered' }, 5]);
    await there.look(5);
    expect(there.states()).toEqual({ a: 'declined', b: 'lapsed', c: 'offered' });
  });

  it('rests while nobody has the case any more', async () => {
    const there = setUp();
    await there.act({ action: 'offer' });
    Object.assign(there.current().alert, { state: 'raised' });
    expect(there.nextMinutes()).toBeUndefined();
    expect(await there.look(15)).toBeUndefined();
  });

  it('has the ministry phone where no office has the case', async () => {
    const there = setUp({
      person: { wantsRepresentative: true },
      alert: { consulate: undefined, toldConsulates: ['ministry'] } as unknown as Partial<Alert>,
      roster: [{ ...threePeople[0], officeId: 'ministry' }],
    });
    await there.look();
    await there.look(15);
    expect(there.current().events.at(-1)).toMatchObject({
      type: 'representative.unanswered.v1',
      deliveries: { ministry: { status: 'pending' } },
    });
    await there.answer('a', { action: 'accept' });
    expect(Object.keys(there.current().events.at(-1)!.deliveries)).toEqual(['family', 'ministry']);
    await there.answer('a', { action: 'done' });
    expect(Object.keys(there.current().events.at(-1)!.deliveries)).toEqual(['ministry']);
  });

  it('asks somebody of the ministry where the office has nobody', async () => {
    const there = setUp({
      person: { wantsRepresentative: true },
      roster: [{ ...threePeople[0], officeId: 'ministry' }],
    });
    await there.look();
    expect(there.states()).toEqual({ a: 'offered' });
  });

  it('goes on with those who were asked, also of an office that has the case no more', async () => {
    const there = setUp({
      roster: threePeople.map((one, index) => (index === 2 ? { ...one, hours: 'Su 12:14-18:00' } : one)),
    });
    for (const representativeId of ['a', 'b', 'c']) await there.act({ action: 'offer', representativeId });
    Object.assign(there.current().alert, { consulate: { ...losAngeles, id: 'fresno' } });
    Object.assign(there.current().events[1]!.deliveries, { 'representative:b': { status: 'unreachable' } });
    await there.look(1);
    expect(there.states()).toEqual({ a: 'offered', b: 'lapsed' });
    await there.look(13);
    expect(there.states()).toEqual({ a: 'offered', b: 'lapsed', c: 'offered' });
  });

  it('waits no more for somebody who was removed', async () => {
    const there = setUp({ roster: [{ ...threePeople[0], hours: 'Su 12:10-18:00' }] });
    await there.act({ action: 'offer', representativeId: 'a' });
    there.remove('a');
    await there.look(10);
    expect(there.events()).toEqual(['waiting', 'unanswered']);
    expect(there.nextMinutes()).toBe(230);
  });

  it('has the officer phone when nobody is left to be asked', async () => {
    const there = setUp({ person: { wantsRepresentative: true }, roster: threePeople.slice(0, 1) });
    await there.look();
    await there.answer('a', { action: 'decline' });
    await there.look(1);
    expect(there.events()).toEqual(['offered', 'declined', 'unanswered']);
    expect(there.current().events.at(-1)).toMatchObject({ asked: 1 });
  });

  it('asks nobody of the roster of an office that has the case no more', async () => {
    const there = setUp({ person: { wantsRepresentative: true } });
    await there.look();
    Object.assign(there.current().alert, { consulate: { ...losAngeles, id: 'fresno' } });
    await there.look(15);
    expect(there.states()).toEqual({ a: 'lapsed' });
    expect(there.events()).toEqual(['offered', 'lapsed', 'unanswered']);
  });

  it('waits for hours unless it is urgent, says so once, and asks when they begin', async () => {
    const roster = threePeople.map((one) => ({ ...one, hours: 'Mo-Fr 09:00-18:00' }));
    const there = setUp({ roster });
    await there.act({ action: 'offer' });
    expect(there.current().events.at(-1)).toMatchObject({
      type: 'representative.waiting.v1',
      until: '2026-11-23T17:00:00.000Z',
      deliveries: {},
    });
    // The 4 hours ring all the same.
    expect(there.nextMinutes()).toBe(240);
    await there.look(240);
    expect(there.events()).toEqual(['waiting', 'unanswered']);
    expect(await there.look(60)).toBeUndefined();
    await there.look(16 * 60);
    expect(there.states()).toEqual({ a: 'offered' });
    const urgent = setUp({ roster });
    await urgent.act({ action: 'offer', urgent: true });
    expect(urgent.states()).toEqual({ a: 'offered' });
  });

  it('is over when an officer names somebody else, when somebody accepts, and when the case is closed', async () => {
    const named = setUp();
    await named.act({ action: 'offer' });
    await named.act({ action: 'representative', name: 'Otra', phone: '+12135550111' });
    expect(named.states()).toEqual({ a: 'ended' });
    expect(named.nextMinutes()).toBeUndefined();
    const closed = setUp();
    await closed.act({ action: 'offer' });
    await closed.act({ action: 'close', disposition: 'safe' });
    expect(closed.nextMinutes()).toBeUndefined();
    expect(await closed.look(60)).toBeUndefined();
    expect(await closed.answer('a', { action: 'accept' })).toMatchObject({ reason: 'action-not-allowed' });
  });
});

describe('an officer’s offer', () => {
  it('goes to whoever is chosen, or to whose turn it is', async () => {
    const there = setUp();
    await there.act({ action: 'offer', representativeId: 'c' });
    expect(there.states()).toEqual({ c: 'offered' });
    await there.act({ action: 'offer' });
    expect(there.states()).toEqual({ c: 'offered', a: 'offered' });
    expect(there.changes.at(-1)!.roster).toEqual({ asked: [{ officeId: 'los-angeles', representativeId: 'a' }] });
  });

  it('is refused to somebody who has been asked, is on no roster, or where nobody is', async () => {
    const there = setUp();
    await there.act({ action: 'offer', representativeId: 'c' });
    expect(await there.act({ action: 'offer', representativeId: 'c' })).toMatchObject({ reason: 'already-asked' });
    expect(await there.act({ action: 'offer', representativeId: 'x' })).toEqual({ kind: 'unknown-representative' });
    expect(await setUp({ roster: [] }).act({ action: 'offer' })).toMatchObject({ reason: 'nobody-to-ask' });
    expect(await setUp({ alert: { state: 'raised' } }).act({ action: 'offer' })).toMatchObject({
      reason: 'action-not-allowed',
    });
  });

  it('goes again to somebody who did not take it, and not to one who has it', async () => {
    const there = setUp();
    const offer = async (id: string) => (await there.act({ action: 'offer', representativeId: id })).kind;
    await offer('a');
    await there.answer('a', { action: 'decline' });
    expect(await offer('a')).toBe('done');
    await there.answer('a', { action: 'accept' });
    expect(await offer('a')).toBe('refused');
    await there.answer('a', { action: 'contacted' });
    expect(await offer('a')).toBe('refused');
    await there.answer('a', { action: 'done' });
    expect(await offer('a')).toBe('done');
    expect(there.states()).toEqual({ a: 'offered' });
  });

  it('is told from one to somebody else in the same instant', async () => {
    const there = setUp();
    for (const representativeId of ['a', 'b']) await there.act({ action: 'offer', representativeId });
    const { alert, events } = there.current();
    const madeOf = (event: (typeof events)[number]) =>
      alert.offers?.filter((offer) => isOfferMade(event, offer)).map(({ representativeId }) => representativeId);
    expect(events.map(madeOf)).toEqual([['a'], ['b']]);
  });

  it('begins three rounds anew, and asks nobody twice who has answered', async () => {
    const there = setUp({ person: { wantsRepresentative: true } });
    await there.look();
    for (const minutes of [15, 15, 15]) await there.look(minutes);
    await there.act({ action: 'offer' });
    expect(there.states()).toEqual({ a: 'lapsed', b: 'lapsed', c: 'lapsed', d: 'offered' });
    expect(there.nextMinutes()).toBe(15);
  });
});

describe('an answer', () => {
  const withTwo = async () => {
    const there = setUp();
    await there.act({ action: 'offer', representativeId: 'a' });
    await there.act({ action: 'offer', representativeId: 'b' });
    return there;
  };

  it('that accepts gives the case to the first alone, and tells family, office and ministry who it is', async () => {
    const there = await withTwo();
    const both = await Promise.all([there.answer('a', { action: 'accept' }), there.answer('b', { action: 'accept' })]);
    expect(both.map((outcome) => (outcome.kind === 'refused' ? outcome.reason : outcome.kind)).toSorted()).toEqual([
      'already-taken',
      'done',
    ]);
    expect(Object.values(there.states()).map(String).toSorted()).toEqual(['accepted', 'ended']);
    const assigned = there.current().events.filter(({ type }) => type === 'alert.representative-assigned.v1');
    expect(assigned).toMatchObject([{ by: { kind: 'representative' } }]);
    // Counts among the cases that they have.
    expect(there.changes.at(-1)!.roster).toMatchObject({ accepted: { officeId: 'los-angeles' } });
    expect(Object.keys(assigned[0]!.deliveries).toSorted()).toEqual(['consulate:los-angeles', 'family', 'ministry']);
    expect(there.current().alert.representative).toMatchObject({ phone: '+12135550177' });
    const at = new Date(start).toISOString();
    expect(there.current().alert.offering).toEqual({
      by: 'officer',
      startedAt: at,
      since: at,
      matter: 'immigration',
    });
    expect(there.nextMinutes()).toBeUndefined();
    expect(await there.look(15)).toBeUndefined();
  });

  it('may come after 15 minutes, with either answer, until somebody has the case', async () => {
    const there = await withTwo();
    await there.look(15);
    expect(there.states()).toEqual({ a: 'lapsed', b: 'lapsed', c: 'offered' });
    expect((await there.answer('a', { action: 'decline' })).kind).toBe('done');
    expect((await there.answer('b', { action: 'accept' })).kind).toBe('done');
    expect(await there.answer('a', { action: 'accept' })).toMatchObject({ reason: 'action-not-allowed' });
    expect(await there.answer('c', { action: 'accept' })).toMatchObject({ reason: 'already-taken' });
  });

  it('changes nothing when it is sent twice', async () => {
    const there = await withTwo();
    await there.answer('a', { action: 'accept' });
    const before = there.current();
    expect((await there.answer('a', { action: 'accept' })).kind).toBe('done');
    expect(there.current()).toEqual(before);
    const answers = [
      ['a', 'contacted'],
      ['a', 'accept'],
      ['a', 'done'],
      ['a', 'done'],
      ['c', 'decline'],
      ['c', 'decline'],
    ];
    await there.act({ action: 'offer', representativeId: 'c' });
    for (const [id, action] of answers) expect((await there.answer(id!, { action } as OfferAnswer)).kind).toBe('done');
    expect(there.events().slice(before.events.length)).toEqual(['offered', 'contacted', 'done', 'declined']);
  });

  it('of somebody who was removed, or was never asked, opens nothing', async () => {
    const there = await withTwo();
    expect((await there.answer('d', { action: 'accept' })).kind).toBe('not-found');
    there.remove('a');
    expect((await there.answer('a', { action: 'accept' })).kind).toBe('not-found');
    expect((await setUp().answer('a', { action: 'accept' })).kind).toBe('not-found');
  });

  it.each([
    ['belongs to another case by now', { joined: { headAlertId: 'head' } }],
    ['no office may know of any more', { consularNotification: false, toldConsulates: [], consulate: undefined }],
  ])('in a case that %s opens nothing', async (_why, change) => {
    const there = await withTwo();
    Object.assign(there.current().alert, change);
    expect((await there.answer('a', { action: 'accept' })).kind).toBe('not-found');
    expect(there.states()).toEqual({ a: 'offered', b: 'offered' });
  });

  it('is open for 30 days after the case was closed', async () => {
    const there = await withTwo();
    const closedAt = '2026-11-22T21:00:00.000Z';
    const alert = { ...there.current().alert, state: 'closed', closedAt } as const;
    const seenAfter = (ms: number) =>
      offerOf(
        alert,
        { ...link, kind: 'representative', id: 'a', officeId: 'los-angeles' },
        new Date(Date.parse(closedAt) + ms),
      );
    const days = 30 * 24 * 60 * 60 * 1000;
    expect([seenAfter(days - 1)?.name, seenAfter(days)]).toEqual(['Lic. a', undefined]);
  });

  it('that they reached the person may come again: the first time stays, the office reads both', async () => {
    const there = await withTwo();
    await there.answer('a', { action: 'accept' });
    await there.answer('a', { action: 'contacted' });
    there.later(60);
    expect((await there.answer('a', { action: 'contacted', note: 'otra vez' })).kind).toBe('done');
    expect(there.current().alert.offers![0]).toMatchObject({
      state: 'contacted',
      contactedAt: '2026-11-22T20:00:00.000Z',
    });
    expect(there.events().slice(-2)).toEqual(['contacted', 'contacted']);
  });

  it('goes on to contact, notes and the end; whoever follows hears no more of it', async () => {
    const there = await withTwo();
    await there.answer('a', { action: 'accept' });
    there.later(30);
    await there.answer('a', { action: 'contacted', note: 'hablé con su hermana' });
    expect(there.current().events.at(-1)).toMatchObject({ note: 'hablé con su hermana' });
    await there.answer('a', { action: 'note', text: 'audiencia el lunes' });
    expect(there.current().alert.offers![0]).toMatchObject({
      state: 'contacted',
      contactedAt: '2026-11-22T20:30:00.000Z',
    });
    await there.answer('a', { action: 'done' });
    expect(there.events().slice(-4)).toEqual(['alert.representative-assigned', 'contacted', 'alert.noted', 'done']);
    expect(there.current().events.at(-1)!.deliveries).toEqual({ 'consulate:los-angeles': { status: 'pending' } });
    expect(await there.answer('a', { action: 'note', text: 'más' })).toMatchObject({ reason: 'action-not-allowed' });
  });

  it('of another one later names the former, who opens the case no more', async () => {
    const there = await withTwo();
    await there.answer('a', { action: 'accept' });
    await there.act({ action: 'offer', representativeId: 'c' });
    await there.answer('c', { action: 'accept' });
    expect(there.states()).toEqual({ a: 'ended', b: 'ended', c: 'accepted' });
    expect(there.current().events.at(-1)).toMatchObject({ name: 'Lic. c', former: 'Lic. a' });
  });

  it('in a case that goes on in secret is told to the trusted contact in the place of the family', async () => {
    const there = setUp({ alert: { duress: true } });
    await there.act({ action: 'offer' });
    await there.answer('a', { action: 'accept' });
    expect(Object.keys(there.current().events.at(-1)!.deliveries).toSorted()).toEqual([
      'consulate:los-angeles',
      'family:trusted',
      'ministry',
    ]);
  });

  it('ends where the states say, and nowhere else', () => {
    for (const state of offerStates) {
      for (const next of Object.values(offerSteps[state])) expect(offerStates).toContain(next);
    }
    expect(offerStates.filter((state) => Object.keys(offerSteps[state]).length === 0)).toEqual([
      'declined',
      'done',
      'ended',
    ]);
  });
});
