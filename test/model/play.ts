import assert from 'node:assert/strict';
import type { CaseEvent } from '../../shared/domain/case/case-event.ts';
import type { Authority, Expected, Rules, State, Verdict } from './reference.ts';
import { deliveryCheck } from './check-deliveries.ts';
import { type Seen, viewChecks } from './check-views.ts';
import { officerFields } from './officer-fields.ts';
import type { Person } from './people.ts';
import { checkLoads, differenceOf, lookOf, areNext, unheardIn } from './play-search.ts';
import { chosen, pressed, rulesOf } from './reference.ts';
import { officerActs, relativeActs, representativeActs } from './reference-officers.ts';
import { cancelled, joinsCase, positioned, pressedMore } from './reference-person.ts';
import {
  familyUnreachable,
  handOverUnreachable,
  mindingDueAt,
  minds,
  searchGoesOn,
  searchIsDue,
  unreachablePassesOn,
} from './reference-watchman.ts';
import type { Deed, Place, Scenario, Step } from './scenario.ts';
import { type Answer, type Stage, pins, setStage } from './stage.ts';
import { isPerson } from './trouble.ts';
import { type Told, type Trouble, deliveriesOf, isBroken, isMinding, refOf, troubleOf } from './told.ts';

/*
 * Plays a scenario in the world and in the reference model, and compares the two after each step. What the model does not
 * decide (which delivery is made when, while something is broken) is read from the world and checked for being allowed.
 */

/** Through when everything that was due of the case, or of its hand-over, has been told. */
const mindedOf = ({ minded, handOver, untakenAt }: State): number =>
  Math.max(minded, handOver?.minded ?? 0, untakenAt ?? 0);

/** Of two presses that were both still to be handled, the other came to be the one that began the case. */
class BegunByAnother extends Error {}

/** Everything is mended: the case is told whole, whichever of the presses began it. */
const checkOther = async (world: Stage, rules: Rules): Promise<void> => {
  world.mend();
  for (let minute = 0; minute < 36; minute += 1) {
    world.pass(1);
    await world.round();
    await world.drain();
  }
  const head = world.alert()?.joined?.headAlertId;
  const ofHead = world.published.filter(
    ({ alertId, type, accepted }) => accepted && alertId === head && type === 'alert.raised.v1',
  );
  const told = new Set(ofHead.map(({ to }) => to));
  const mustHear = rules.authorised ? (['family', 'ministry'] as const) : (['family'] as const);
  for (const to of mustHear)
    assert.ok(told.has(to) || world.absent.has(to), `${to} did not hear of the press that began the case`);
  assert.deepEqual(world.pending(), [], 'still pending long after the last fault');
};

export const play = async (scenario: Scenario, createTable?: Parameters<typeof setStage>[1]): Promise<Seen> => {
  const world = await setStage(scenario, createTable);
  const rules: Rules = rulesOf(scenario, world.now().getTime());
  let state: State = pressed(scenario);
  const expected: Expected[] = [];
  const seen: Seen = { phone: [], family: [] };
  const passedOn = new Set<string>();
  /** The ministry has heard that the family cannot be told, or need not. */
  let familyGapTold = false;
  let stepNumber = 0;
  /** Further presses: when they were made, and once they are part of the case, the state that their phone sees. */
  const more = new Map<string, { readonly pressedAt: number; state?: string }>();
  const made = new Set<string>();
  /** A further press has begun a case of its own: later ones are part of that one, also if this case is opened again. */
  let hasNewerCase = false;
  /** A press may be a case of its own, as others change this one all the time. */
  const doubtful = [...scenario.before, ...scenario.steps].some(
    (step) => step.do === 'conflicts' || step.do === 'writes-fail',
  );
  /** The stream has lost something that the watchman has not seen yet. */
  let disturbing = false;
  let acted = false;
  /** Who was not reached by the offer that they have, as of the last step; how often the watchman looked for others. */
  let unheard: ReadonlySet<Person> = new Set();
  let looks = 0;
  /** So long was the timeline when there was a roster again: only the next event makes the watchman see it. */
  let rosteredAt = -1;

  const game = {
    world,
    rules,
    scenario,
    expected,
    more,
    seen,
    get state() {
      return state;
    },
    get acted() {
      return acted;
    },
    get stepNumber() {
      return stepNumber;
    },
  };
  const checkDeliveries = deliveryCheck(game);
  const { checkCase, checkViews } = viewChecks(game);

  /** Further presses have the state of the case from each entry on, and when it lapses. */
  const allPressesAre = (now: string): void => {
    for (const press of more.values()) if (press.state !== undefined) press.state = now;
  };

  /** The first office was chosen in this step: what came of a further press meanwhile may know nothing of it. */
  let firstIsNew = false;

  /** Without the first office and the one beside it, where the event was written before there was one. */
  const asWritten = (verdict: Verdict, event: CaseEvent): Verdict => {
    // The ministry is told of everything.
    if (!firstIsNew || state.first === 'ministry' || `consulate:${state.first}` in event.deliveries) return verdict;
    const events = verdict.events.map((one) => ({
      ...one,
      audience: new Set([...one.audience].filter((to) => to !== state.first && to !== state.beside)),
    }));
    return { ...verdict, events };
  };

  const noticeBegun = (): void => {
    const { joined } = world.alert() ?? {};
    if (!joined) return;
    assert.ok(made.has(joined.headAlertId), 'joined a press that nobody made');
    throw new BegunByAnother();
  };

  /** The office of the press as soon as the world has recorded it. */
  const noticeChoice = (): void => {
    noticeBegun();
    const { raisedTo } = world.alert() ?? {};
    if (state.first !== undefined || !raisedTo) return;
    state = chosen(rules, state);
    firstIsNew = true;
    assert.equal(raisedTo.id, state.first, 'the office that the press is brought to');
  };

  const matches = (event: CaseEvent, one: Expected): void => {
    assert.equal(differenceOf(event, one), undefined);
    if (one.newlyInCharge !== undefined && 'consulate' in event) {
      assert.equal(event.consulate.id, one.newlyInCharge, `who has the case after ${one.type}`);
    }
  };

  const take = (verdict: Verdict): void => {
    for (const event of verdict.events) {
      const stands = world.events()[expected.length];
      assert.ok(stands, `${event.type} does not stand on the timeline`);
      matches(stands, event);
      expected.push(event);
    }
    state = verdict.after;
  };

  /** The chain of the cause at whose end this delivery stands, if its failing passes the case on. */
  const chainOf = ({ event, to }: Told): readonly Authority[] | undefined => {
    if (event === 'raised') return state.first !== undefined && to === state.first ? [state.first] : undefined;
    const index = world.events().findIndex(({ eventId }) => eventId === event);
    const cause = expected[index];
    return cause?.newlyInCharge !== undefined && cause.newlyInCharge === to ? cause.chain : undefined;
  };

  /** The end of the hand-over that this delivery asked an office to take, if its failing ends it. */
  const endOf = ({ event, to }: Told): Verdict | undefined => {
    const asks = expected[world.events().findIndex(({ eventId }) => eventId === event)]?.asks;
    return asks?.to === to ? asks && handOverUnreachable(state, asks) : undefined;
  };

  const unreachables = (): Told[] =>
    deliveriesOf(world).filter(
      (one) =>
        one.status === 'unreachable' &&
        one.to !== 'family' &&
        one.to !== 'ministry' &&
        !isPerson(one.to) &&
        !passedOn.has(refOf(one)),
    );

  const isFamilyUnreachable = (): boolean =>
    deliveriesOf(world).some(
      ({ event, to, status }) => event === 'raised' && to === 'family' && status === 'unreachable',
    );

  /** Explains every event that nobody's step accounts for: silence, or an office where nobody listens. */
  const explainSystem = (): void => {
    explainEvents();
    for (const [id, { pressedAt }] of [...more].filter(([, { state: known }]) => known === undefined)) {
      const placed = world.placed(id);
      assert.notEqual(placed, 'joined', 'a press is part of the case, and nothing says so');
      if (placed === 'own') {
        // Whichever is handled first begins the case: the first press may still wait for somebody.
        const isForced = doubtful || isBroken(world) || world.placed(world.alertId) === 'undecided';
        const isElsewhere = isForced || hasNewerCase;
        assert.ok(isElsewhere || !joinsCase(rules, state, pressedAt), 'a press is no part of the case that is open');
        hasNewerCase = true;
        more.delete(id);
      } else assert.ok(isBroken(world) || disturbing, 'nobody has handled a press');
    }
  };

  const explainEvents = (): void => {
    for (let event = world.events()[expected.length]; event; event = world.events()[expected.length]) {
      noticeChoice();
      if (event.type === 'alert.family-unreachable.v1') {
        const verdict = isFamilyUnreachable() ? familyUnreachable(rules, state) : undefined;
        assert.ok(verdict && !familyGapTold, 'told of a gap that is none, or twice');
        familyGapTold = true;
        take(verdict);
        continue;
      }
      if (event.type === 'alert.pressed-again.v1') {
        const press = more.get(event.pressId);
        assert.ok(press && press.state === undefined, 'pressed again by a press that nobody made, or twice');
        assert.ok(joinsCase(rules, state, press.pressedAt), 'a press joined a case that it is no part of');
        take(asWritten(pressedMore(rules, state, press.pressedAt, Date.parse(event.at)), event));
        press.state = 'raised';
        continue;
      }
      if (event.type === 'alert.hand-over-ended.v1' && event.why === 'unreachable') {
        const cause = unreachables().find((one) => endOf(one) !== undefined);
        const verdict = cause && endOf(cause);
        assert.ok(verdict, 'a hand-over ended although somebody listens, or it had ended');
        passedOn.add(refOf(cause));
        take(verdict);
        continue;
      }
      if (event.by.kind === 'system' && event.type.startsWith('representative.')) {
        const now = world.now().getTime();
        take(
          lookOf(
            { world, rules, state, now },
            { unheard, isOfficeNew: firstIsNew },
            world.events().slice(expected.length),
          ),
        );
        looks += 1;
        continue;
      }
      if ((rules.drill && event.type === 'alert.closed.v1') || isMinding(event)) {
        assert.ok(mindingDueAt(rules, state) <= world.now().getTime(), 'told too early or although answered');
        take(minds(rules, state, world.now().getTime()));
        if (event.type === 'alert.lapsed.v1') allPressesAre(state.state);
      } else if (event.type !== 'alert.escalated.v1') {
        assert.fail(`nothing explains ${event.type}`);
      } else {
        const cause = unreachables().find((one) => {
          const chain = chainOf(one);
          return chain !== undefined && unreachablePassesOn(rules, state, chain) !== undefined;
        });
        assert.ok(cause, 'passed on although nobody was unreachable, or the case is elsewhere');
        const verdict = unreachablePassesOn(rules, state, chainOf(cause) ?? []);
        passedOn.add(refOf(cause));
        if (verdict) take(verdict);
      }
    }
    if (isFamilyUnreachable() && !familyGapTold) {
      assert.equal(familyUnreachable(rules, state), undefined, 'the ministry did not hear that the family cannot');
      familyGapTold = true;
    }
    for (const one of unreachables()) {
      assert.equal(endOf(one), undefined, `${refOf(one)} is unreachable and the hand-over waits on`);
      const chain = chainOf(one);
      if (chain && unreachablePassesOn(rules, state, chain) && !passedOn.has(refOf(one))) {
        assert.fail(`${refOf(one)} is unreachable and the case was not passed on`);
      }
      passedOn.add(refOf(one));
    }
  };

  const afterStep = async (before: Trouble): Promise<void> => {
    await world.drain();
    noticeChoice();
    explainSystem();
    firstIsNew = false;
    unheard = unheardIn(world, state);
    checkCase();
    checkDeliveries(before);
    await checkViews();
  };

  /** A request of somebody: the verdict, or, while writes fail, all of it or nothing. */
  const request = async (verdict: Verdict, ask: () => Promise<Answer>, seenBy?: Answer[]): Promise<Answer> => {
    const mayFail = world.faults.writes > 0 || world.faults.conflicts >= 5;
    const answer = await ask();
    seenBy?.push(answer);
    judge(verdict, answer, mayFail);
    return answer;
  };

  const judge = (verdict: Verdict, answer: Answer, mayFail: boolean): void => {
    // What the phone asks of a press that nobody has handled decides it first.
    noticeBegun();
    if (mayFail && (answer.status === 500 || (answer.status === 409 && verdict.status !== 409))) {
      const isDone = verdict.events.length > 0 && world.events().length > expected.length;
      if (isDone) take(verdict);
      const { tries, lastTry } = world.pinTries();
      const newest = world.newest();
      state = { ...state, tries, lastTry, ...(newest && { newest }) };
    } else {
      assert.equal(answer.status, verdict.status, `answer: ${JSON.stringify(answer.body).slice(0, 300)}`);
      take(verdict);
    }
  };

  /** What one deed comes to, by the case as it is when it is done, and how it is done. */
  const deedOf = (deed: Deed) => {
    const now = world.now().getTime();
    switch (deed.do) {
      case 'cancel': {
        const id = deed.by === 'newest' ? newestPress() : undefined;
        return {
          by: (current: State) => cancelled(rules, current, deed.pin, now),
          ask: async () => world.phone.cancel(pins[deed.pin], id),
          seenBy: seen.phone,
        };
      }
      case 'officer': {
        const { office, action } = deed;
        return {
          by: (current: State) => officerActs(rules, current, office, action, now),
          ask: async () => world.act(office, action.name, officerFields(world, action)),
        };
      }
      case 'representative': {
        const { who, action } = deed;
        const fields = action === 'note' ? { text: 'Audiencia el lunes.' } : { note: 'Hablé con su hermana.' };
        return {
          by: (current: State) => representativeActs(rules, current, who, action),
          ask: async () => world.act(who, action, action === 'note' || action === 'contacted' ? fields : {}),
        };
      }
    }
  };

  /** What follows from an officer's entry: presses have the state of the case. It may be done although its answer was lost. */
  const entered = (deed: Deed, wasFrozen: boolean, isDone: boolean): void => {
    if (deed.do !== 'officer' || !isDone) return;
    acted ||= wasFrozen;
    allPressesAre(state.state);
  };

  const does = async (deed: Deed): Promise<void> => {
    const { by, ask, seenBy } = deedOf(deed);
    const wasFrozen = state.frozen;
    const eventsBefore = expected.length;
    const { status } = await request(by(state), ask, seenBy);
    entered(deed, wasFrozen, status === 200 || expected.length > eventsBefore);
  };

  /** Two deeds in one instant: each is decided on what the other did, in whichever order. */
  const doAtOnce = async (deeds: readonly [Deed, Deed]): Promise<void> => {
    if (world.faults.writes > 0 || world.faults.conflicts >= 4) {
      for (const deed of deeds) await does(deed);
      return;
    }
    const both = deeds.map((deed) => ({ deed, ...deedOf(deed) }));
    const done = await Promise.all(both.map(async (one) => ({ ...one, answer: await one.ask() })));
    for (const { seenBy, answer } of done) seenBy?.push(answer);
    noticeBegun();
    const comesTo = (order: typeof done): boolean => {
      let [current, events]: [State, readonly Expected[]] = [state, []];
      for (const { by, answer } of order) {
        const verdict = by(current);
        if (verdict.status !== answer.status) return false;
        [current, events] = [verdict.after, [...events, ...verdict.events]];
      }
      return areNext(world.events().slice(expected.length), events);
    };
    for (const { deed, by, answer } of [done, done.toReversed()].find(comesTo) ?? done) {
      const wasFrozen = state.frozen;
      judge(by(state), answer, false);
      entered(deed, wasFrozen, answer.status === 200);
    }
  };

  /** What comes of a position. Of a cancelled case the phone never hears that others change it all the time (G7). */
  const sent = (place: Place, now: number): Verdict => {
    const verdict = positioned(rules, state, place, now);
    const isGivenUp = state.frozen && world.faults.conflicts >= 5 && verdict.events.length > 0;
    if (!isGivenUp) return verdict;
    const { newest } = verdict.after;
    return { ...verdict, events: [], after: { ...state, ...(newest && { newest }) } };
  };

  /** Whether the watchman has to look for a representative now. */
  const isDueOf = (known: ReadonlySet<Person>): boolean => {
    const isUnseen = state.search.looking === undefined && expected.length === rosteredAt;
    return !isUnseen && searchIsDue(rules, state, known, world.now().getTime()) === true;
  };

  /** A look that was due, and of which nothing stands on the timeline. */
  const noticeQuietLook = (known: ReadonlySet<Person>): void => {
    const verdict = searchGoesOn(rules, state, known, world.now().getTime());
    assert.deepEqual(verdict.events, [], 'what was due of the search for a representative was not done');
    state = verdict.after;
  };

  const round = async (): Promise<void> => {
    const { conflicts } = world.faults;
    const mayFail = isBroken(world) || conflicts >= 5;
    const due = mindingDueAt(rules, state) <= world.now().getTime();
    const before = mindedOf(state);
    const { handOver } = state;
    const known = unheard;
    const looksBefore = looks;
    const isSearchDue = isDueOf(known);
    await world.round();
    await world.drain();
    noticeChoice();
    explainSystem();
    firstIsNew = false;
    // A hand-over ends before it is due where the same round finds nobody listening at its receiver.
    const isOver = handOver !== undefined && state.handOver === undefined;
    if (!mayFail) disturbing = false;
    if (due && !mayFail) assert.ok(isOver || mindedOf(state) > before, 'what was due was not told');
    if (isSearchDue && !mayFail && conflicts === 0 && looks === looksBefore && isDueOf(known)) noticeQuietLook(known);
    unheard = unheardIn(world, state);
  };

  const newestPress = (): string | undefined => [...more].findLast(([, { state: known }]) => known !== undefined)?.[0];

  const run = async (step: Step): Promise<void> => {
    const { faults, phone } = world;
    const now = world.now().getTime();
    switch (step.do) {
      case 'press-again': {
        const answer = await phone.press();
        seen.phone.push(answer);
        assert.equal(answer.status === 200 || (answer.status === 500 && faults.writes >= 0), true);
        if (answer.status === 200) assert.equal(answer.body['state'], state.frozen ? 'closed' : state.state);
        return;
      }
      case 'press-more': {
        const id = `32222222-2222-4222-8222-${String(more.size).padStart(6, '0')}${String(stepNumber).padStart(6, '0')}`;
        if (!rules.drill) more.set(id, { pressedAt: now });
        made.add(id);
        const answer = await phone.pressMore(id);
        // The press is written or it is not; a phone would send it again.
        if (answer.status === 500 && world.placed(id) === 'undecided' && !world.isStored(id)) more.delete(id);
        disturbing ||= !faults.stream || faults.writes > 0;
        return;
      }
      case 'positions':
        await request(sent(step.place, now), async () => phone.positions(step.place), seen.phone);
        return;
      case 'cancel':
      case 'officer':
      case 'representative':
        await does(step);
        return;
      case 'at-once':
        await doAtOnce(step.deeds);
        return;
      case 'roster': {
        await world.rosters.change(step);
        const roster = new Map(state.search.roster);
        if (roster.size === 0) rosteredAt = expected.length;
        if (step.becomes === 'removed') roster.delete(step.who);
        else if (step.becomes === 'active' || roster.has(step.who)) roster.set(step.who, step.becomes);
        state = { ...state, search: { ...state.search, roster } };
        return;
      }
      case 'wrong-pins':
        for (let tries = 0; tries < 5; tries += 1) {
          await request(cancelled(rules, state, 'wrong', now), async () => phone.cancel(pins.wrong), seen.phone);
        }
        return;
      case 'relative':
        await request(relativeActs(state, step.action), async () =>
          world.act('family', step.action, { name: step.name }),
        );
        return;
      case 'wait':
        for (let minute = 0; minute < step.minutes; minute += 1) {
          world.pass(1);
          if (step.watched) await round();
        }
        return;
      case 'subscribers':
        await world.subscribe(step.of, step.present);
        return;
      case 'publishing':
        if (step.mode === 'works') faults.publishing.delete(step.to);
        else faults.publishing.set(step.to, step.mode);
        return;
      case 'counting':
        faults.counting = step.works;
        return;
      case 'stream':
        faults.stream = step.works;
        return;
      case 'location':
        faults.location = step.works;
        return;
      case 'writes-fail':
        faults.writes = step.count;
        faults.writeMode = step.mode;
        return;
      case 'conflicts':
        faults.conflicts = step.count;
    }
  };

  const playOut = async (): Promise<void> => {
    for (const step of scenario.before) await run(step);
    const trouble = troubleOf(world);
    let pressing = await world.phone.press();
    // The phone presses on until it is answered; what was stored and not answered is a repeated press then.
    for (; pressing.status === 500; pressing = await world.phone.press()) assert.ok(trouble.broken, 'the press');
    assert.ok(pressing.status === 202 || (pressing.status === 200 && trouble.broken), 'the press');
    await afterStep(trouble);
    for (const step of scenario.steps) {
      stepNumber += 1;
      const before = troubleOf(world);
      await run(step);
      await afterStep(before);
    }

    // Whatever was broken is mended: then everything that is still to be told is told.
    world.mend();
    for (let minute = 0; minute < 36; minute += 1) {
      world.pass(1);
      await round();
    }
    checkCase();
    checkDeliveries({ broken: false, repeatable: new Set() });
    await checkViews();
    const pending = (): Told[] => deliveriesOf(world).filter(({ status }) => status === 'pending');
    // What the last of these minutes told ends, where nobody is trusted, with the next; so does who was asked in it.
    if (pending().length > 0 || isDueOf(unheardIn(world, state))) {
      world.pass(1);
      await round();
    }
    assert.deepEqual(pending(), [], 'still pending long after the last fault');
    assert.ok(!isDueOf(unheardIn(world, state)), 'a representative is still to be asked');
    await checkLoads(world, state);
  };
  try {
    await playOut();
  } catch (end) {
    if (!(end instanceof BegunByAnother)) throw end;
    await checkOther(world, rules);
  }
  return seen;
};
