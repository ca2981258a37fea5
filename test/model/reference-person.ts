import type { Authority, Expected, Rules, Seen, State, Verdict } from './reference.ts';
import {
  atOnce,
  familyUnless,
  fromWhere,
  isNobodys,
  leadTwo,
  minutes,
  next,
  offices,
  placeOf,
  refuse,
} from './reference.ts';
import type { Destination, Place } from './scenario.ts';

/* What the person and their phone do to a case: a part of `reference.ts`. */

/** Whether one more press is part of the case. */
export const joinsCase = ({ drill, raisedAt }: Rules, { state, frozen }: State, pressedAt: number): boolean =>
  !drill && !frozen && ['raised', 'acknowledged', 'locating'].includes(state) && pressedAt - raisedAt < 360 * minutes;

/** One more press of the case: told at most once in ten minutes. A clock that runs already runs on. */
export const pressedMore = (rules: Rules, state: State, pressedAt: number, now: number): Verdict => {
  const isTold = state.againAt === undefined || now - state.againAt >= 10 * minutes;
  const audience: Destination[] = [
    ...familyUnless(state),
    ...(rules.authorised ? [...offices(state.told), 'ministry' as const] : []),
  ];
  return {
    status: 202,
    events: [{ type: 'alert.pressed-again.v1', audience: new Set(isTold ? audience : []) }],
    after: { ...state, ...(isTold && { againAt: now }), ...(!isNobodys(state) && { untakenAt: pressedAt }) },
  };
};

/**
 * Officers hear of a phone that has gone on, at most every ten minutes, until its alert is closed. One that was cancelled
 * with the PIN looks to the phone as one that was cancelled by force: it is written down and told to nobody (G7).
 */
const moved = (rules: Rules, state: State, newest: Seen, now: number): Verdict => {
  const before = state.toldPlace?.place ?? state.place;
  const tooSoon = state.toldPlace !== undefined && now - state.toldPlace.toldAt < 10 * minutes;
  const isOver = state.state === 'closed' && !state.frozen;
  const isOld = newest.at <= (state.toldPlace?.at ?? state.placeAt ?? 0);
  if (!rules.authorised || isOver || isOld || tooSoon || newest.place === before) return refuse(state, 202);
  const audience: Destination[] = state.state === 'closed' ? [] : [...offices(state.told), 'ministry'];
  return {
    status: 202,
    events: [{ type: 'alert.position-moved.v1', audience: new Set(audience) }],
    after: { ...state, toldPlace: { ...newest, toldAt: now } },
  };
};

/**
 * The first usable position decides the office again, until an officer has taken the case or somebody cancels (G5);
 * later ones are moves.
 */
export const positioned = (rules: Rules, before: State, place: Place, now: number): Verdict => {
  const at = placeOf(place);
  if (!at) return refuse(before, 202);
  const isNewer = before.newest === undefined || before.newest.at < now;
  const newest = isNewer ? { place: at, at: now } : before.newest;
  const state: State = { ...before, newest };
  const decides =
    !state.place && rules.authorised && state.state === 'raised' && !state.frozen && state.handOver === undefined;
  if (!decides) return moved(rules, state, newest, now);
  const found = atOnce(newest.place);
  const { first: office, beside } = found;
  const pair: Authority[] = [office, ...(beside ? [beside] : [])];
  const stays = office === state.inCharge;
  const heard = pair.every((id) => state.told.has(id));
  const audience: Destination[] = stays
    ? heard
      ? []
      : [...pair, 'ministry']
    : ['family', ...offices(state.told), ...pair, 'ministry'];
  return {
    status: 202,
    events: [{ type: 'alert.located.v1', audience: new Set(audience), newlyInCharge: office, chain: [office] }],
    after: { ...state, place: newest.place, placeAt: newest.at, ...leadTwo(state, found) },
  };
};

const without = (state: State): Omit<State, 'disposition'> => {
  const { disposition: _, ...others } = state;
  return others;
};

/** Either PIN ends a drill, and nobody hears of it; what the duress PIN raises is another case. */
const drillCancelled = (state: State): Verdict => ({
  status: 200,
  events: [{ type: 'alert.cancelled.v1', audience: new Set() }],
  after: { ...state, frozen: true, state: 'closed', disposition: state.disposition ?? 'cancelled' },
});

/** Cancelling (G7): both PINs look alike to the phone and, the first time, to the family. */
export const cancelled = (rules: Rules, before: State, pin: 'ordinary' | 'duress' | 'wrong', now: number): Verdict => {
  const isLocked = before.tries >= 5 && before.lastTry > now - 15 * minutes;
  const counted = before.lastTry <= now - 15 * minutes ? 1 : before.tries + 1;
  const tried: State = isLocked ? before : { ...before, tries: pin === 'wrong' ? counted : 0, lastTry: now };
  const status = isLocked || pin === 'wrong' ? 403 : 200;
  if (pin === 'wrong' || (isLocked && pin === 'ordinary')) return refuse(tried, status);

  const isFirst = !tried.frozen;
  const freezes = isFirst && !isLocked;
  if (rules.drill) return isLocked ? refuse(tried, status) : drillCancelled(tried);
  // Whom the press will be brought to any moment.
  const { first, beside } = atOnce(fromWhere(rules, tried));
  const present = tried.inCharge === undefined ? [first, ...(beside ? [beside] : [])] : [];
  const told = new Set([...offices(tried.told), ...offices(present)]);
  const toFamily: Expected[] = freezes ? [{ type: 'alert.cancelled.v1', audience: new Set(['family']) }] : [];

  if (pin === 'ordinary' && !(isFirst && tried.signalled)) {
    const audience: Destination[] = isFirst && rules.authorised ? [...told, 'ministry'] : [];
    return {
      status,
      events: [...toFamily, { type: 'alert.cancelled.v1', audience: new Set(audience) }],
      after: isFirst ? { ...tried, frozen: true, state: 'closed', disposition: 'cancelled' } : tried,
    };
  }

  // Of a case that officers opened again before the first signal they are told each time: rather once too often.
  const known = tried.frozen ? tried.silenced : tried.signalled;
  const officersKnow = known && tried.state !== 'closed' && !freezes;
  const nextOffice = next(rules, tried, told);
  const more = nextOffice === 'ministry' ? [] : [nextOffice];
  const officers: Destination[] = rules.authorised ? [...told, ...more, 'ministry'] : [];
  const audience: Destination[] = officersKnow ? [] : ['family:trusted', ...officers];
  // What the family heard last is that it is cancelled: from now on, or since a first cancellation with the PIN.
  const believed = freezes || (!isFirst && tried.state === 'closed');
  const reopened: State =
    believed && tried.state === 'closed'
      ? { ...without(tried), state: tried.acknowledged ? 'acknowledged' : 'raised' }
      : tried;
  return {
    status,
    events: [...toFamily, { type: 'alert.cancelled-under-duress.v1', audience: new Set(audience) }],
    after: {
      ...reopened,
      signalled: true,
      frozen: reopened.frozen || freezes,
      silenced: reopened.silenced || believed,
      told: new Set([...tried.told, ...(officersKnow || !rules.authorised ? [] : [...told, ...more])]),
      quietly: new Set(freezes || tried.frozen ? [] : [...tried.quietly, ...present, ...more]),
    },
  };
};
