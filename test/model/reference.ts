import { everyone } from './people.ts';

import type { Destination, OfficeId, Place, Scenario } from './scenario.ts';
import type { Moment, Search } from './search.ts';

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

export const atOnce = (at: Exclude<Place, 'nowhere'> | undefined): AtOnce => {
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

export const minutes = 60_000;

export const placeOf = (place: Place | null): Exclude<Place, 'nowhere'> | undefined =>
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
export const fromWhere = ({ home }: Rules, { place }: State) => place ?? (home ? ('harbour' as const) : undefined);

/** Offices by distance from there. */
const ranking = (rules: Rules, state: State): readonly OfficeId[] => {
  const from = fromWhere(rules, state);
  return from ? nearest[from] : [];
};

export const next = (rules: Rules, state: State, without: ReadonlySet<Authority>): Authority =>
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
export const leadTwo = (
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
export const lead = (state: State, to: Authority): Pick<State, 'inCharge' | 'told' | 'quietly'> => ({
  inCharge: to,
  told: new Set([...state.told, to]),
  quietly: new Set([...state.quietly].filter((id) => id !== to)),
});

export const offices = (ids: Iterable<Authority>): OfficeId[] => [...ids].filter((id) => id !== 'ministry');

export const refuse = (state: State, status: number): Verdict => ({ status, events: [], after: state });

export const familyUnless = ({ silenced }: State): Destination[] => [silenced ? 'family:trusted' : 'family'];

export const othersTold = (state: State, acting: Authority): OfficeId[] =>
  offices(state.told).filter((id) => id !== acting);

/** Nobody has it: nobody took it, or the person pressed again since. */
export const isNobodys = ({ state, untakenAt }: State): boolean =>
  state === 'raised' || (state !== 'closed' && untakenAt !== undefined);

/** An officer's entry answers whatever was pressed before it. */
export const entered = (state: State): State => {
  if (state.state === 'raised') return state;
  const { untakenAt: _untakenAt, ...others } = state;
  return others;
};

export const notGiven = ({ handOver: _handOver, ...state }: State): State => state;

/** Who waits with a hand-over. */
export const both = ({ inCharge }: State, to: OfficeId): Destination[] => [...(inCharge ? [inCharge] : []), to];

export const unseen = ({ seenAt: _seenAt, ...state }: State): State => state;

export const momentOf = ({ raisedAt }: Rules, { inCharge = 'ministry' }: State, now: number): Moment => ({
  now,
  raisedAt,
  lead: inCharge,
});
