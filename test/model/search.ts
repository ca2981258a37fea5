import { type Person, hours, people, turnsAt } from './people.ts';
import type { Expected } from './reference.ts';
import type { Destination } from './scenario.ts';

/*
 * What design and ADR 038 say of the search for a representative, written down a second time and without a line of the
 * code under test. Pure, as `reference.ts`, which says when a case may be offered at all.
 */

export type OfferState = 'offered' | 'lapsed' | 'declined' | 'accepted' | 'contacted' | 'done' | 'ended';

export type Offer = { readonly to: Person; readonly at: number; readonly state: OfferState };

type Looking = {
  /** When the case first began to look, and since when it does so now. */
  readonly startedAt: number;
  readonly since: number;
  readonly urgent: boolean;
  /** An officer chose somebody whose hours had not begun. */
  readonly chosen?: Person;
  readonly waitsUntil?: number;
  /** Officers were told that they have to phone; the ministry that it has gone on for hours. */
  readonly unanswered: boolean;
  readonly late: boolean;
  /** Nothing waits any more. */
  readonly over: boolean;
};

export type Search = {
  /** Whoever is on a roster. */
  readonly roster: ReadonlyMap<Person, 'active' | 'paused'>;
  /** Each person once. */
  readonly offers: readonly Offer[];
  readonly looking?: Looking;
  /** Who the family reads has the case: their name. */
  readonly representative?: string;
  /** Everybody who has had it. */
  readonly known: readonly string[];
  /** Each time somebody wrote something on their page. */
  readonly notes: readonly Person[];
};

/** @param lead the office in charge, or the ministry */
export type Moment = { readonly now: number; readonly raisedAt: number; readonly lead: Destination };

/** What becomes of the search, and which events say so. */
export type Found = { readonly events: readonly Expected[]; readonly after: Search };

const minutes = 60_000;
const [lapsesAfter, lateAfter, rounds] = [15 * minutes, 240 * minutes, 3];
const nobody: ReadonlySet<Destination> = new Set();

/** Whom somebody reached may still mean something to: they are busy with the case. */
export const isBusy = (state: OfferState | undefined): boolean =>
  state === 'offered' || state === 'accepted' || state === 'contacted';

export const offerTo = ({ offers }: Search, person: Person): Offer | undefined =>
  offers.find(({ to }) => to === person);

const isAsked = ({ state }: Offer): boolean => state === 'offered';

/** When a person's hours allow to ask them: now, or once they begin. */
const askableAt = (person: Person, urgent: boolean, { now, raisedAt }: Moment): number => {
  const open = hours[person];
  if (urgent || !open) return now;
  const week = 7 * 1440;
  const minute = (now - raisedAt) / minutes;
  const from = [open.from, open.from + week].find((begins) => minute < begins + open.until - open.from) ?? Infinity;
  return Math.max(now, raisedAt + from * minutes);
};

/** When the next step is due by the clock. */
const clock = ({ offers, looking }: Search): number => {
  if (!looking || looking.over) return Infinity;
  const lapses = offers.filter(isAsked).map(({ at }) => at + lapsesAfter);
  return Math.min(...lapses, looking.waitsUntil ?? Infinity, looking.late ? Infinity : looking.startedAt + lateAfter);
};

const scheduled = (search: Search): Search =>
  search.looking && clock(search) === Infinity ? { ...search, looking: { ...search.looking, over: true } } : search;

const withoutWait = ({ chosen: _chosen, waitsUntil: _until, ...looking }: Looking): Looking => looking;

const asks = (search: Search, looking: Looking, person: Person, { now }: Moment): Found => {
  const offers: Offer[] = [
    ...search.offers.filter(({ to }) => to !== person),
    { to: person, at: now, state: 'offered' },
  ];
  return {
    events: [{ type: 'representative.offered.v1', audience: new Set([person]), says: [people[person].name] }],
    after: scheduled({ ...search, offers, looking: withoutWait(looking) }),
  };
};

const waits = (search: Search, looking: Looking, until: number, chosen: Person | undefined): Found => ({
  events: [{ type: 'representative.waiting.v1', audience: nobody, says: chosen ? [people[chosen].name] : [] }],
  after: scheduled({ ...search, looking: { ...withoutWait(looking), ...(chosen && { chosen }), waitsUntil: until } }),
});

/** Asks whose turn it is, or waits for their hours; `undefined`: nobody is left. */
const asksNext = (search: Search, looking: Looking, moment: Moment): Found | undefined => {
  const { chosen, urgent } = looking;
  if (chosen && search.roster.has(chosen)) {
    const at = askableAt(chosen, urgent, moment);
    return at > moment.now ? waits(search, looking, at, chosen) : asks(search, looking, chosen, moment);
  }
  const left = turnsAt(moment.lead).filter((one) => search.roster.get(one) === 'active' && !offerTo(search, one));
  const times = left.map((one) => askableAt(one, urgent, moment));
  const next = left[times.findIndex((at) => at === moment.now)];
  if (next) return asks(search, looking, next, moment);
  return left.length === 0 ? undefined : waits(search, looking, Math.min(...times), undefined);
};

/** What an officer asks for: somebody, or whose turn it is. */
export type Wish = { readonly to?: Person; readonly urgent?: true };

/** An officer offers the case. @returns the status of a refusal instead */
export const officerOffers = (search: Search, wish: Wish, moment: Moment): Found | 400 | 409 => {
  const { to } = wish;
  const urgent = wish.urgent === true;
  const { now, lead } = moment;
  const before = search.looking?.over === false ? search.looking : undefined;
  const looking: Looking = {
    // Who looks on looks for as long as before, and the ministry hears of it once.
    startedAt: before?.startedAt ?? now,
    since: now,
    urgent,
    unanswered: false,
    late: before?.late ?? false,
    over: false,
  };
  if (to === undefined) return asksNext(search, looking, moment) ?? 409;
  if (!turnsAt(lead).includes(to) || !search.roster.has(to)) return 400;
  if (isBusy(offerTo(search, to)?.state)) return 409;
  const at = askableAt(to, urgent, moment);
  return at > now ? waits(search, looking, at, to) : asks(search, looking, to, moment);
};

const unfinished: ReadonlySet<OfferState> = new Set(['offered', 'lapsed', 'accepted', 'contacted']);

/** Whoever is asked, or has it, is asked no more. */
const ended = (search: Search, except?: Person): Search => ({
  ...search,
  offers: search.offers.map((one) =>
    one.to !== except && unfinished.has(one.state) ? { ...one, state: 'ended' } : one,
  ),
  ...(search.looking && { looking: { ...withoutWait(search.looking), unanswered: false, over: true } }),
});

/** Somebody represents the person: of the roster, or whom an officer named. */
export const represents = (search: Search, name: string, who?: Person): Search => ({
  ...ended(search, who),
  representative: name,
  known: [...search.known, name],
});

export const representativeSteps = ['accept', 'decline', 'contacted', 'note', 'done'] as const;
export type RepresentativeStep = (typeof representativeSteps)[number];

/** What each state of an offer allows. */
export const allowed: Readonly<Record<OfferState, Readonly<Partial<Record<RepresentativeStep, OfferState>>>>> = {
  offered: { accept: 'accepted', decline: 'declined' },
  lapsed: { accept: 'accepted', decline: 'declined' },
  accepted: { contacted: 'contacted', note: 'accepted', done: 'done' },
  contacted: { contacted: 'contacted', note: 'contacted', done: 'done' },
  declined: {},
  done: {},
  ended: {},
};

/** What is sent twice. */
const repeats: Readonly<Partial<Record<RepresentativeStep, readonly OfferState[]>>> = {
  accept: ['accepted', 'contacted'],
  decline: ['declined'],
  done: ['done'],
};

/** Somebody answers through their link. @returns the status of what changes nothing instead */
export const answers = (
  search: Search,
  who: Person,
  step: RepresentativeStep,
  { isClosed, lead, relatives }: { isClosed: boolean; lead: Destination; relatives: Destination },
): Found | 200 | 404 | 409 => {
  const offer = offerTo(search, who);
  if (!offer || !search.roster.has(who)) return 404;
  if (repeats[step]?.includes(offer.state)) return 200;
  const next = isClosed ? undefined : allowed[offer.state][step];
  if (next === undefined) return 409;
  const { name, phone } = people[who];
  const changed: Search = {
    ...search,
    offers: search.offers.map((one) => (one.to === who ? { ...one, state: next } : one)),
    ...((step === 'note' || step === 'contacted') && { notes: [...search.notes, who] }),
  };
  const done = (type: string, to: readonly Destination[], after = changed): Found => ({
    events: [{ type, audience: new Set(to) }],
    after,
  });
  switch (step) {
    case 'accept': {
      const former = search.representative === name ? undefined : search.representative;
      const { events, after } = done(
        'alert.representative-assigned.v1',
        [relatives, lead, 'ministry'],
        represents(changed, name, who),
      );
      return { events: events.map((one) => ({ ...one, says: [name, phone, ...(former ? [former] : [])] })), after };
    }
    case 'decline':
      return done('representative.declined.v1', []);
    case 'contacted':
      return done('representative.contacted.v1', []);
    case 'note':
      return done('alert.noted.v1', []);
    case 'done':
      return done('representative.done.v1', [lead]);
  }
};

/**
 * Whether something is to be done of a search that goes on.
 * @param unheard whose message reached nobody
 */
export const isDue = (search: Search, unheard: ReadonlySet<Person>, { now }: Moment): boolean => {
  const { looking, offers } = search;
  if (!looking || looking.over) return false;
  if (clock(search) <= now) return true;
  const asked = offers.filter(isAsked);
  if (asked.length === 0) return looking.waitsUntil === undefined && !looking.unanswered;
  return asked.some(({ to }) => unheard.has(to));
};

/** Whether a look that comes for another reason may find something to do: whoever was removed has not answered. */
export const mayBeDue = (search: Search): boolean =>
  search.looking?.over === false && search.offers.some((one) => isAsked(one) && !search.roster.has(one.to));

/** A search that begins because the person asked for a lawyer. */
export const begun = (search: Search, { now }: Moment): Search => ({
  ...search,
  looking: { startedAt: now, since: now, urgent: false, unanswered: false, late: false, over: false },
});

/** One look of the watchman at a search that is due. */
export const look = (search: Search, unheard: ReadonlySet<Person>, moment: Moment): Found => {
  const { now, lead } = moment;
  const { looking } = search;
  if (!looking) return { events: [], after: search };
  const isOver = ({ to, at, ...offer }: Offer): boolean =>
    isAsked({ to, at, ...offer }) && (at + lapsesAfter <= now || !search.roster.has(to) || unheard.has(to));
  const lapsed: Expected[] = search.offers
    .filter(isOver)
    .map(({ to }) => ({ type: 'representative.lapsed.v1', audience: nobody, says: [people[to].name] }));
  const offers = search.offers.map((one): Offer => (isOver(one) ? { ...one, state: 'lapsed' } : one));
  const silent = offers.filter(({ state, at }) => state === 'lapsed' && at >= looking.since).length;
  const isAsking = offers.some(isAsked);
  const isWaitOver = looking.waitsUntil !== undefined && looking.waitsUntil <= now;
  const mayAsk = (!isAsking || isWaitOver) && !looking.unanswered && silent < rounds;
  const after: Search = { ...search, offers };
  const asked = mayAsk ? asksNext(after, looking, moment) : undefined;
  const isStuck = !isAsking && asked === undefined;
  const isLate = !looking.late && looking.startedAt + lateAfter <= now;
  const isNew = isStuck && !looking.unanswered;
  const told: Expected[] =
    isNew || isLate
      ? [{ type: 'representative.unanswered.v1', audience: new Set(isLate ? [lead, 'ministry'] : [lead]) }]
      : [];
  // One more look while it waits is nothing that happened.
  const waitsOn = asked !== undefined && asked.after.looking?.waitsUntil === (looking.waitsUntil ?? NaN);
  const left = asked?.after ?? { ...after, looking: isStuck || isWaitOver ? withoutWait(looking) : looking };
  return {
    events: [...lapsed, ...(asked && !waitsOn ? asked.events : []), ...told],
    after: scheduled({
      ...left,
      ...(left.looking && {
        looking: {
          ...left.looking,
          over: false,
          unanswered: looking.unanswered || isNew,
          late: looking.late || isLate,
        },
      }),
    }),
  };
};
