import type { Person } from './people.ts';
import { everyone, turnsAt } from './people.ts';
import type { Destination, OfficeId, OfficerStep, Place, Scenario } from './scenario.ts';
import type { Found, Moment, RepresentativeStep, Search } from './search.ts';
import { answers, begun, isDue, look, mayBeDue, officerOffers, represents } from './search.ts';

/*
 * What docs/guarantees.md (G2, G5 to G7) and docs/case-states.md say of a case, written down a second time and without a
 * line of the code under test. Pure: each rule takes a state and gives the next one with the events that the timeline
 * must have. Faults are not its business: `play.ts` knows when a step may fail.
 */

export type Authority = OfficeId | 'ministry';

/** Offices by distance, read off a map. */
const nearest: Readonly<Record<Exclude<Place, 'nowhere'>, readonly OfficeId[]>> = {
  downtown: ['los-angeles', 'santa-ana', 'oxnard', 'san-diego'],
  border: ['san-diego', 'santa-ana', 'los-angeles', 'oxnard'],
  harbour: ['oxnard', 'los-angeles', 'santa-ana', 'san-diego'],
  island: ['santa-ana', 'los-angeles', 'oxnard', 'san-diego'],
};

/** Offices responsible for a place that is nearer to another. */
const responsible: Readonly<Partial<Record<Place, OfficeId>>> = { island: 'los-angeles' };

/** The offices that are told of a place at once: the one in charge, and the nearest if that is another. */
type AtOnce = { readonly first: Authority; readonly beside?: OfficeId; readonly nearest?: OfficeId };

const atOnce = (at: Exclude<Place, 'nowhere'> | undefined): AtOnce => {
  const near = at && nearest[at][0];
  if (!near) return { first: 'ministry' };
  const first = responsible[at] ?? near;
  return { first, nearest: near, ...(first !== near && { beside: near }) };
};

/** An event of the timeline and who has to be told of it. */
export type Expected = {
  readonly type: string;
  readonly audience: ReadonlySet<Destination>;
  /** The authority that has the case from this event on. */
  readonly newlyInCharge?: Authority;
  /** Authorities that the same cause was brought to before, this event's own last. */
  readonly chain?: readonly Authority[];
  /** The hand-over that this event asks an office to take. */
  readonly asks?: { readonly to: OfficeId; readonly at: number };
  /** What the event names, and the family if it hears of it. */
  readonly says?: readonly string[];
};

export type State = {
  readonly state: string;
  readonly disposition?: string;
  readonly acknowledged: boolean;
  /** When somebody only saw it in a list with others; nobody attends to it yet. */
  readonly seenAt?: number;
  /** Who acknowledged it last, and their name. */
  readonly taker?: Authority;
  readonly takerName?: string;
  /** Given to another office, where nobody has acted yet; through when that was told again. */
  readonly handOver?: { readonly to: OfficeId; readonly at: number; readonly minded: number };
  /** When it was nobody's again, also while its state says that somebody took it. */
  readonly untakenAt?: number;
  /** When the others were last told that the person pressed again. */
  readonly againAt?: number;
  /** Absent until somebody was chosen. */
  readonly inCharge?: Authority;
  /** The office that the press itself was brought to. */
  readonly first?: Authority;
  /** The nearest office that the press is brought to beside it. */
  readonly beside?: OfficeId | undefined;
  /** The two offices of the place that decided last, where they differ. */
  readonly two?: { readonly responsible: Authority; readonly nearest: OfficeId } | undefined;
  /** The nearest office by that place. */
  readonly nearest?: OfficeId | undefined;
  /** Officers gave it to an office before the press was brought to any. */
  readonly given?: Authority;
  /** Offices, and the ministry where it had the case, that were told. */
  readonly told: ReadonlySet<Authority>;
  readonly place?: Exclude<Place, 'nowhere'>;
  /** When the phone measured that place, if it came after the press. */
  readonly placeAt?: number;
  /** The newest position after the press. */
  readonly newest?: Seen;
  /** Where officers were last told that the phone had moved to. */
  readonly toldPlace?: Seen & { readonly toldAt: number };
  /** Of these, the ones that know only because the person, with PINs locked, signalled that they are forced. */
  readonly quietly: ReadonlySet<Authority>;
  /** The person has signalled that they are forced. */
  readonly signalled: boolean;
  /** The family believes the case cancelled, and hears nothing more. */
  readonly silenced: boolean;
  /** The phone's view is frozen. */
  readonly frozen: boolean;
  readonly silenceSteps: number;
  /** Through when everything that was due has been told. */
  readonly minded: number;
  /** When an officer last did or wrote something. */
  readonly entryAt: number;
  readonly tries: number;
  readonly lastTry: number;
  readonly search: Search;
  /** An officer asked the contact, whom a representative may call from then on. */
  readonly shared: boolean;
};

/** Somewhere at some time. */
export type Seen = { readonly place: Exclude<Place, 'nowhere'>; readonly at: number };

export type Rules = {
  readonly authorised: boolean;
  readonly drill: boolean;
  readonly home: boolean;
  readonly raisedAt: number;
  /** The person asked for a lawyer. */
  readonly wish: boolean;
};

/** What must come of a step: the answer's status, the events in their order, and the case. */
export type Verdict = { readonly status: number; readonly events: readonly Expected[]; readonly after: State };

const minutes = 60_000;
const placeOf = (place: Place | null): Exclude<Place, 'nowhere'> | undefined =>
  place === null || place === 'nowhere' ? undefined : place;

export const rulesOf = ({ authorised, drill, home, wish = false }: Scenario, raisedAt: number): Rules => ({
  // A drill is the family's alone.
  authorised: authorised && !drill,
  drill,
  home,
  raisedAt,
  wish,
});

export const pressed = ({ place, unrostered = false }: Scenario): State => {
  const at = placeOf(place);
  return {
    state: 'raised',
    acknowledged: false,
    told: new Set(),
    quietly: new Set(),
    signalled: false,
    silenced: false,
    frozen: false,
    silenceSteps: 0,
    minded: 0,
    entryAt: 0,
    tries: 0,
    lastTry: 0,
    search: {
      roster: new Map(unrostered ? [] : everyone.map((one) => [one, 'active'])),
      offers: [],
      known: [],
      notes: [],
    },
    shared: false,
    ...(at && { place: at }),
  };
};

/** The office that would have had a drill: by its own position, or the home. */
export const rehearsed = ({ authorised, home, place }: Scenario): Authority | undefined => {
  if (!authorised) return undefined;
  return atOnce(placeOf(place) ?? (home ? 'harbour' : undefined)).first;
};

/** Where the person is, as far as is known: the position, else the registered home. */
const fromWhere = ({ home }: Rules, { place }: State) => place ?? (home ? ('harbour' as const) : undefined);

/** Offices by distance from there. */
const ranking = (rules: Rules, state: State): readonly OfficeId[] => {
  const from = fromWhere(rules, state);
  return from ? nearest[from] : [];
};

const next = (rules: Rules, state: State, without: ReadonlySet<Authority>): Authority =>
  ranking(rules, state).find((id) => !without.has(id)) ?? 'ministry';

/** Whom the press is brought to (G5). */
export const audienceOfPress = (rules: Rules, state: State): ReadonlySet<Destination> => {
  if (!rules.authorised) return new Set(['family']);
  const brought = [state.first, state.beside].filter((one) => one !== undefined);
  return new Set(['family', 'ministry', ...brought]);
};

/** An authority is chosen as soon as the press is brought to anybody. */
export const chosen = (rules: Rules, state: State): State => {
  // The ministry may have got the case by silence before any office could be told.
  const present = state.inCharge === 'ministry' ? undefined : state.inCharge;
  if (present !== undefined) {
    const near = present === state.given ? undefined : (state.nearest ?? present);
    return { ...state, first: present, ...lead(state, present), inCharge: present, nearest: near };
  }
  const found = atOnce(fromWhere(rules, state));
  return {
    ...state,
    first: found.first,
    beside: found.beside,
    ...leadTwo(state, found),
    inCharge: state.inCharge ?? found.first,
  };
};

/** The same of a place: the nearest hears beside the one in charge. */
const leadTwo = (
  state: State,
  { first, beside, nearest: near }: AtOnce,
): Pick<State, 'inCharge' | 'told' | 'quietly' | 'two' | 'nearest'> => {
  const { told, quietly } = lead(state, first);
  return {
    inCharge: first,
    told: new Set([...told, ...(beside ? [beside] : [])]),
    quietly: new Set([...quietly].filter((id) => id !== beside)),
    two: beside && { responsible: first, nearest: beside },
    nearest: near,
  };
};

/** An authority has the case, and the phone may see it. */
const lead = (state: State, to: Authority): Pick<State, 'inCharge' | 'told' | 'quietly'> => ({
  inCharge: to,
  told: new Set([...state.told, to]),
  quietly: new Set([...state.quietly].filter((id) => id !== to)),
});

const offices = (ids: Iterable<Authority>): OfficeId[] => [...ids].filter((id) => id !== 'ministry');

const refuse = (state: State, status: number): Verdict => ({ status, events: [], after: state });

const familyUnless = ({ silenced }: State): Destination[] => [silenced ? 'family:trusted' : 'family'];

const othersTold = (state: State, acting: Authority): OfficeId[] => offices(state.told).filter((id) => id !== acting);

/** Nobody has it: nobody took it, or the person pressed again since. */
const isNobodys = ({ state, untakenAt }: State): boolean =>
  state === 'raised' || (state !== 'closed' && untakenAt !== undefined);

/** An officer's entry answers whatever was pressed before it. */
const entered = (state: State): State => {
  if (state.state === 'raised') return state;
  const { untakenAt: _untakenAt, ...others } = state;
  return others;
};

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

const notGiven = ({ handOver: _handOver, ...state }: State): State => state;

/** Who waits with a hand-over. */
const both = ({ inCharge }: State, to: OfficeId): Destination[] => [...(inCharge ? [inCharge] : []), to];

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

const unseen = ({ seenAt: _seenAt, ...state }: State): State => state;

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
        { type: 'alert.representative-assigned.v1', audience: familyAndMinistry, says },
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

const momentOf = ({ raisedAt }: Rules, { inCharge = 'ministry' }: State, now: number): Moment => ({
  now,
  raisedAt,
  lead: inCharge,
});

const mayBeOffered = ({ authorised }: Rules, { state }: State): boolean =>
  authorised && state !== 'raised' && state !== 'closed';

/** A representative answers through their link: no entry of an officer. */
export const representativeActs = (rules: Rules, state: State, who: Person, step: RepresentativeStep): Verdict => {
  const { inCharge = 'ministry' } = state;
  const [relatives = 'family'] = familyUnless(state);
  const found = answers(state.search, who, step, { isClosed: state.state === 'closed', lead: inCharge, relatives });
  if (typeof found === 'number') return refuse(state, rules.authorised ? found : 404);
  return { status: 200, events: found.events, after: { ...state, search: found.after } };
};

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

export const relativeActs = (state: State, action: 'seen' | 'on-it'): Verdict => ({
  status: 200,
  events: [{ type: `family.${action}.v1`, audience: new Set() }],
  after: state,
});

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
