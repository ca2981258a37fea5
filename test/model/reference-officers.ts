import type { Person } from './people.ts';
import type { Authority, Expected, Rules, State, Verdict } from './reference.ts';
import {
  both,
  entered,
  familyUnless,
  isNobodys,
  lead,
  minutes,
  momentOf,
  notGiven,
  othersTold,
  refuse,
  unseen,
} from './reference.ts';
import type { Destination, OfficerStep } from './scenario.ts';
import type { RepresentativeStep } from './search.ts';
import { answers, officerOffers, represents } from './search.ts';

/* What officers, relatives and representatives do to a case: a part of `reference.ts`. */

/** A person at the receiver acts: the office has the case, and everybody hears, the family of a list only that it was seen. */
const takesHandOver = (state: State, acting: Authority, step: OfficerStep, now: number): Verdict | undefined => {
  const isTaken = state.state !== 'raised';
  const isMove = step.name === 'state' && isTaken && step.to !== state.state;
  if (step.name !== 'acknowledge' && step.name !== 'take' && !isMove) return undefined;
  const told: Destination[] = [...othersTold(state, acting), 'ministry'];
  const seen = step.name === 'take';
  const ends: State = {
    ...notGiven(unseen(entered({ ...state, state: 'acknowledged' }))),
    ...lead(state, acting),
    ...(state.inCharge === undefined && { given: acting }),
    state: isMove ? step.to : isTaken ? state.state : 'acknowledged',
    acknowledged: true,
    taker: acting,
    takerName: officerOf(step),
    entryAt: now,
    ...(seen && { seenAt: now }),
  };
  const own: Expected = isMove
    ? { type: 'alert.state-changed.v1', audience: new Set([...familyUnless(state), 'ministry']) }
    : { type: 'alert.acknowledged.v1', audience: new Set(seen ? familyUnless(state) : []) };
  return {
    status: 200,
    events: [
      {
        type: 'alert.located.v1',
        audience: new Set([...(seen ? [] : familyUnless(state)), ...told]),
        newlyInCharge: acting,
        chain: [acting],
      },
      own,
    ],
    after: ends,
  };
};

/** Who signs what is done. */
export const officerOf = (step: OfficerStep): string =>
  (step.name === 'acknowledge' ? step.by : undefined) ?? 'Lic. Ana Pérez';

/** Officers may open what they were told of; the ministry everything that consuls may know of at all. */
export const mayOpen = ({ authorised }: Rules, { told }: State, office: Authority): boolean =>
  authorised && (office === 'ministry' || told.has(office));

export const officerActs = (rules: Rules, state: State, acting: Authority, step: OfficerStep, now: number): Verdict => {
  if (!mayOpen(rules, state, acting)) return refuse(state, 404);
  const isOpen = state.state !== 'closed';
  const isTaken = isOpen && state.state !== 'raised';
  // An office that handed over goes on reading; it may take a case that nobody took, add to it, and reopen it.
  const mayLead = acting === 'ministry' || acting === state.inCharge;
  const everybody = new Set<Destination>([...familyUnless(state), ...othersTold(state, acting), 'ministry']);
  const familyAndMinistry = new Set<Destination>([...familyUnless(state), 'ministry']);
  const done = (change: Partial<State>, event: Expected): Verdict => ({
    status: 200,
    events: [event],
    // Whoever has the case, or the ministry, attends to it with whatever they do.
    after: entered({ ...(mayLead ? unseen(state) : state), ...change, entryAt: now }),
  });
  const settled = (verdict: Verdict): Verdict => ({ ...verdict, after: notGiven(verdict.after) });
  const { handOver } = state;
  if (isOpen && handOver?.to === acting) {
    const taken = takesHandOver(state, acting, step, now);
    if (taken) return taken;
  }
  const isFree = isNobodys(state) || (isOpen && state.seenAt !== undefined);
  const signed = { taker: acting, takerName: officerOf(step) };
  const taken = { acknowledged: true, ...signed, ...(acting !== 'ministry' && lead(state, acting)) };
  switch (step.name) {
    case 'acknowledge': {
      const relieves = isOpen && !isFree && acting === (acting === 'ministry' ? state.taker : state.inCharge);
      // The answer to the first was lost.
      if (isTaken && !isFree && state.taker === acting && state.takerName === officerOf(step))
        return refuse(state, 200);
      if (relieves) return done(signed, { type: 'alert.acknowledged.v1', audience: new Set() });
      if (!isFree) return refuse(state, 409);
      const verdict = done(
        { ...taken, state: state.state === 'raised' ? 'acknowledged' : state.state },
        { type: 'alert.acknowledged.v1', audience: everybody },
      );
      return settled({ ...verdict, after: unseen(verdict.after) });
    }
    case 'take': {
      // A list is answered case by case; what it refuses is in the answer, and 409 here.
      const isSeen = isOpen && state.seenAt !== undefined && state.untakenAt === undefined;
      if (isSeen && state.taker === acting) return refuse(state, 200);
      if (!isNobodys(state)) return refuse(state, 409);
      const { after: attended, ...verdict } = done(
        { ...taken, state: state.state === 'raised' ? 'acknowledged' : state.state },
        { type: 'alert.acknowledged.v1', audience: everybody },
      );
      return settled({ ...verdict, after: { ...attended, seenAt: now } });
    }
    case 'state':
      if (!isTaken || !mayLead || step.to === state.state) return refuse(state, 409);
      return done({ state: step.to }, { type: 'alert.state-changed.v1', audience: familyAndMinistry });
    case 'note':
      return done({}, { type: 'alert.noted.v1', audience: new Set() });
    case 'representative': {
      if (!isTaken || !mayLead) return refuse(state, 409);
      const { representative: former } = state.search;
      const says = [lawyer.name, lawyer.phone, ...(former === undefined || former === lawyer.name ? [] : [former])];
      return done(
        { search: represents(state.search, lawyer.name) },
        {
          type: 'alert.representative-assigned.v1',
          audience: former === lawyer.name ? new Set() : familyAndMinistry,
          says,
        },
      );
    }
    case 'offer': {
      if (!isTaken || !mayLead) return refuse(state, 409);
      const found = officerOffers(state.search, step, momentOf(rules, state, now));
      if (typeof found === 'number') return refuse(state, found);
      const { status, after } = done({ search: found.after }, found.events[0]!);
      return { status, events: found.events, after };
    }
    case 'share-contact':
      if (!isTaken || !mayLead) return refuse(state, 409);
      // While the person is forced only the trusted contact may be called, and this family has none.
      if (state.silenced) return refuse(state, 400);
      return done({ shared: true }, { type: 'representative.contact-shared.v1', audience: new Set() });
    case 'hand-over': {
      if (!isOpen || !mayLead || state.inCharge === step.to || handOver?.to === step.to) return refuse(state, 409);
      const others = (ids: Destination[]) => new Set(ids.filter((id) => id !== acting));
      const asks = { to: step.to, at: now };
      const asked = done(
        {
          handOver: { ...asks, minded: now },
          told: new Set([...state.told, step.to]),
          // Asked by officers, it is left out whether or not a signal went to it before.
          quietly: new Set([...state.quietly].filter((id) => id !== step.to)),
        },
        { type: 'alert.hand-over-asked.v1', audience: others(both(state, step.to)), asks },
      );
      const ended: Expected[] = handOver ? [{ type: 'alert.hand-over-ended.v1', audience: others([handOver.to]) }] : [];
      return { ...asked, events: [...asked.events, ...ended] };
    }
    case 'take-back': {
      if (!isOpen || !handOver || !mayLead) return refuse(state, 409);
      const hasMinistryHeard = now >= handOver.at + 15 * minutes;
      const told = [...both(state, handOver.to), ...(hasMinistryHeard ? (['ministry'] as const) : [])];
      const audience = new Set(told.filter((id) => id !== acting));
      return settled(done({}, { type: 'alert.hand-over-ended.v1', audience }));
    }
    case 'close':
      if (!isOpen || !mayLead) return refuse(state, 409);
      return settled(
        done({ state: 'closed', disposition: step.disposition }, { type: 'alert.closed.v1', audience: everybody }),
      );
    case 'reopen': {
      if (isOpen) return refuse(state, 409);
      const { disposition: _, ...others } = notGiven(unseen(state));
      return {
        status: 200,
        events: [{ type: 'alert.reopened.v1', audience: everybody }],
        after: entered({ ...others, state: 'acknowledged', entryAt: now }),
      };
    }
  }
};

/** Whom an officer names who is on no roster. */
export const lawyer = { name: 'Lic. Rosa Íñiguez', phone: '+12135550177' };

/** A representative answers through their link: no entry of an officer. */
export const representativeActs = (rules: Rules, state: State, who: Person, step: RepresentativeStep): Verdict => {
  const { inCharge = 'ministry' } = state;
  const [relatives = 'family'] = familyUnless(state);
  const found = answers(state.search, who, step, { isClosed: state.state === 'closed', lead: inCharge, relatives });
  if (typeof found === 'number') return refuse(state, rules.authorised ? found : 404);
  return { status: 200, events: found.events, after: { ...state, search: found.after } };
};

export const relativeActs = (state: State, action: 'seen' | 'on-it'): Verdict => ({
  status: 200,
  events: [{ type: `family.${action}.v1`, audience: new Set() }],
  after: state,
});
