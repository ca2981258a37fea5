import type { Person } from './people.ts';
import { turnsAt } from './people.ts';
import type { Authority, Expected, Rules, State, Verdict } from './reference.ts';
import {
  both,
  familyUnless,
  isNobodys,
  lead,
  minutes,
  momentOf,
  next,
  notGiven,
  offices,
  unseen,
} from './reference.ts';
import type { Destination, OfficeId } from './scenario.ts';
import type { Found } from './search.ts';
import { begun, isDue, look, mayBeDue } from './search.ts';

/* What time does to a case, and what follows where nobody listens: a part of `reference.ts`. */

const mayBeOffered = ({ authorised }: Rules, { state }: State): boolean =>
  authorised && state !== 'raised' && state !== 'closed';

/** An officer attends to the case of somebody who asked for a lawyer, and none is looked for. */
const beginsByWish = (rules: Rules, state: State): boolean =>
  rules.wish &&
  state.search.looking === undefined &&
  state.search.representative === undefined &&
  state.seenAt === undefined &&
  !isNobodys(state) &&
  turnsAt(state.inCharge ?? 'ministry').some((one) => state.search.roster.has(one));

/** Whether the watchman has something to do about a representative; `perhaps`: if another reason makes it look. */
export const searchIsDue = (
  rules: Rules,
  state: State,
  unheard: ReadonlySet<Person>,
  now: number,
): boolean | 'perhaps' => {
  if (!mayBeOffered(rules, state)) return false;
  if (beginsByWish(rules, state) || isDue(state.search, unheard, momentOf(rules, state, now))) return true;
  return mayBeDue(state.search) && 'perhaps';
};

/** What comes of that look. */
export const searchGoesOn = (rules: Rules, state: State, unheard: ReadonlySet<Person>, now: number): Verdict => {
  const moment = momentOf(rules, state, now);
  const search = beginsByWish(rules, state) ? begun(state.search, moment) : state.search;
  const { events, after: found }: Found = look(search, unheard, moment);
  return { status: 0, events, after: { ...state, search: found } };
};

/** Nobody of the family could be told of the press: the ministry hears of it, while the case is open (G2). */
export const familyUnreachable = (rules: Rules, state: State): Verdict | undefined =>
  rules.authorised && state.state !== 'closed'
    ? {
        status: 0,
        events: [{ type: 'alert.family-unreachable.v1', audience: new Set(['ministry']) }],
        after: state,
      }
    : undefined;

/** Minutes after the press, in Los Angeles at noon or so: the model's cases live for hours, not for days. */
const again = [5, 15, 30, 60, 180, 300, 420, 540, 660, 780, 900, 1020, 1140, 1260, 1380];

const after = (times: readonly number[], since: number, done: number): number =>
  times.map((minute) => since + minute * minutes).find((at) => at > done) ?? Infinity;

const attention: Readonly<Record<string, number>> = { acknowledged: 60, locating: 480 };

const untakenAt = ({ raisedAt }: Rules, { minded, untakenAt: since = raisedAt }: State) => {
  const done = Math.max(since, minded);
  return {
    offices: after(again, since, done),
    nextOffice: after([5], since, done),
    ministry: after([15], since, done),
    family: after([15, 120, 720], since, done),
  };
};

/** When somebody has to hear that a case waits: nobody took it, or it was taken and nobody writes anything. */
export const mindingDueAt = (rules: Rules, state: State): number => {
  if (state.state === 'closed') return Infinity;
  if (rules.drill) return rules.raisedAt + 60 * minutes;
  if (!rules.authorised) return after([1440, 4320, 10_080], rules.raisedAt, state.minded);
  if (state.handOver) return after([5, 15, 30], state.handOver.at, state.handOver.minded);
  if (isNobodys(state)) return Math.min(...Object.values(untakenAt(rules, state)));
  if (state.seenAt !== undefined) return state.seenAt + 30 * minutes;
  const allowed = (attention[state.state] ?? 1440) * minutes;
  const done = Math.max(state.entryAt, state.minded);
  const first = state.entryAt + allowed;
  if (first > done) return first;
  const second = state.entryAt + 2 * allowed;
  return second > done ? second : second + (Math.floor((done - second) / (1440 * minutes)) + 1) * 1440 * minutes;
};

const escalated = (state: State, to: Authority, chain: readonly Authority[], also: readonly OfficeId[]): Expected => ({
  type: 'alert.escalated.v1',
  audience: new Set<Destination>([...familyUnless(state), ...also, to, 'ministry']),
  newlyInCharge: to,
  chain: [...chain, to],
});

const neglected = (state: State, now: number): Verdict => {
  const allowed = (attention[state.state] ?? 1440) * minutes;
  const inCharge = state.inCharge ?? 'ministry';
  const everybody = now >= state.entryAt + 2 * allowed;
  const audience: Destination[] = everybody ? [...familyUnless(state), inCharge, 'ministry'] : [inCharge];
  return {
    status: 0,
    events: [{ type: 'alert.unattended.v1', audience: new Set(audience) }],
    after: { ...state, minded: now },
  };
};

/** Nobody at the receiver has acted: both hear again, the ministry after 15 minutes, and after 30 it has the case. */
const handOverWaits = (state: State, given: NonNullable<State['handOver']>, now: number): Verdict => {
  const audience = both(state, given.to);
  const ends = { ...notGiven(state), minded: now };
  if (now < given.at + 30 * minutes) {
    const ministrys = given.at + 15 * minutes;
    if (given.minded < ministrys && ministrys <= now) audience.push('ministry');
    return {
      status: 0,
      events: [{ type: 'alert.hand-over-unanswered.v1', audience: new Set(audience) }],
      after: { ...state, handOver: { ...given, minded: now } },
    };
  }
  if (state.inCharge === 'ministry') {
    return { status: 0, events: [{ type: 'alert.hand-over-ended.v1', audience: new Set(audience) }], after: ends };
  }
  return {
    status: 0,
    events: [
      {
        type: 'alert.escalated.v1',
        audience: new Set<Destination>([...familyUnless(state), ...audience, 'ministry']),
        newlyInCharge: 'ministry',
        chain: [...(state.inCharge ? [state.inCharge] : []), given.to, 'ministry'],
      },
    ],
    after: { ...ends, ...lead(ends, 'ministry') },
  };
};

/** Nobody listens at the receiver of a hand-over: it ends, and the giver and the ministry hear. */
export const handOverUnreachable = (state: State, asked: NonNullable<Expected['asks']>): Verdict | undefined =>
  state.state !== 'closed' && state.handOver?.at === asked.at && state.handOver.to === asked.to
    ? {
        status: 0,
        events: [
          {
            type: 'alert.hand-over-ended.v1',
            audience: new Set<Destination>([...(state.inCharge ? [state.inCharge] : []), 'ministry']),
          },
        ],
        after: notGiven(state),
      }
    : undefined;

/** Whoever saw the case let it lie: it is nobody's again, and its silence counts from now; nothing of it was told yet. */
const lapsed = (state: State, now: number): Verdict => {
  const { taker: _taker, takerName: _takerName, ...others } = unseen(state);
  return {
    status: 0,
    events: [{ type: 'alert.lapsed.v1', audience: new Set([...offices(state.told), 'ministry']) }],
    after: { ...others, state: 'raised', acknowledged: false, untakenAt: now },
  };
};

/** No office may know of it: the family hears again, and after a week it is over. */
const waitsAlone = (rules: Rules, state: State, now: number): Verdict => {
  const isOver = now >= rules.raisedAt + 10_080 * minutes;
  const minded = { ...state, minded: now };
  const told: Expected[] = state.silenced ? [] : [{ type: 'alert.silent.v1', audience: new Set(['family']) }];
  return isOver
    ? {
        status: 0,
        events: [{ type: 'alert.closed.v1', audience: new Set() }],
        after: { ...minded, state: 'closed', disposition: 'other' },
      }
    : { status: 0, events: told, after: minded };
};

/** The step that is due: nobody took the case, or nobody attends to it. */
export const minds = (rules: Rules, state: State, now: number): Verdict => {
  if (rules.drill) {
    return {
      status: 0,
      events: [{ type: 'alert.closed.v1', audience: new Set() }],
      after: { ...state, state: 'closed', disposition: 'drill', minded: now },
    };
  }
  if (!rules.authorised) return waitsAlone(rules, state, now);
  if (state.handOver) return handOverWaits(state, state.handOver, now);
  if (!isNobodys(state)) return state.seenAt === undefined ? neglected(state, now) : lapsed(state, now);
  const due = untakenAt(rules, state);
  const hasOffice = state.inCharge !== undefined && state.inCharge !== 'ministry';
  const goesOn = hasOffice && due.nextOffice <= now;
  // What is due after the next office was told waits for the next round, or the case would pass over that office.
  const through = goesOn ? due.nextOffice : now;
  const told = due.offices <= through ? offices(state.told) : [];
  const taken = { minded: through, silenceSteps: state.silenceSteps + 1 };
  if (state.inCharge !== 'ministry' && (due.nextOffice <= through || due.ministry <= through)) {
    // The phone still sees each step, and must not see one that leaves an office out.
    const passedOver = new Set([...state.told].filter((id) => !state.quietly.has(id)));
    const to = goesOn ? next(rules, state, passedOver) : 'ministry';
    const chain = [...state.told].filter((id) => id !== to);
    return {
      status: 0,
      events: [escalated(state, to, chain, told)],
      after: { ...state, ...lead(state, to), ...taken },
    };
  }
  const audience: Destination[] = [
    ...(due.family <= through ? familyUnless(state) : []),
    ...told,
    ...(due.offices <= through && state.inCharge === 'ministry' ? (['ministry'] as const) : []),
  ];
  return {
    status: 0,
    events: [{ type: 'alert.silent.v1', audience: new Set(audience) }],
    after: { ...state, ...taken },
  };
};

/** Most offices that one cause is brought to before the ministry has it. */
const mostTried = 3;

/**
 * Nobody listens where the case was brought to (G2): it goes on, if it is still there and still open.
 * @param chain where the same cause was brought to, the unreachable one last
 */
export const unreachablePassesOn = (rules: Rules, state: State, chain: readonly Authority[]): Verdict | undefined => {
  if (state.state === 'closed' || state.handOver || chain.at(-1) !== state.inCharge) return undefined;
  const { two } = state;
  // The nearest knows of it already.
  const knows = two && chain.at(-1) === two.responsible && !chain.includes(two.nearest) ? two.nearest : undefined;
  const to = knows ?? (chain.length < mostTried ? next(rules, state, new Set(chain)) : 'ministry');
  return {
    status: 0,
    events: [escalated(state, to, chain, [])],
    after: { ...state, ...lead(state, to) },
  };
};
