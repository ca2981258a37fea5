import assert from 'node:assert/strict';
import type { CaseEvent } from '../../shared/domain/case/case-event.ts';
import { type Person, everyone, people, personOf } from './people.ts';
import type { Expected, Rules, State, Verdict } from './reference.ts';
import { searchGoesOn, searchIsDue } from './reference-watchman.ts';
import { allowed, isBusy, offerTo, representativeSteps } from './search.ts';
import type { Answer, Stage } from './stage.ts';
import { isPerson } from './trouble.ts';

/* What the world did about a representative, beside what the reference says that it must. */

/** Whom a delivery is for: a representative by name, the family whichever language its contact chose. */
export const nameOf = (key: string): string =>
  personOf(key.replace('representative:', '')) ?? key.replace('consulate:', '').replace('family:en', 'family');

/** In what an event is not what was expected. */
export const differenceOf = (event: CaseEvent | undefined, one: Expected): string | undefined => {
  if (event?.type !== one.type) return `${event?.type ?? 'nothing'} instead of ${one.type}`;
  const told = Object.keys(event.deliveries).map(nameOf).toSorted().join();
  const expected = [...one.audience].toSorted().join();
  if (told !== expected) return `audience of ${one.type}: ${told} instead of ${expected}`;
  const text = JSON.stringify(event);
  const missing = one.says?.find((each) => !text.includes(each));
  return missing === undefined ? undefined : `${one.type} does not name ${missing}`;
};

/** Whether that is what stands on the timeline next. */
export const areNext = (events: readonly CaseEvent[], expected: readonly Expected[]): boolean =>
  expected.every((one, index) => differenceOf(events[index], one) === undefined);

type Offered = Extract<CaseEvent, { readonly type: 'representative.offered.v1' }>;
const offersIn = (world: Stage): readonly Offered[] =>
  world.events().filter((event) => event.type === 'representative.offered.v1');

/** Whose message about the offer that they have now reached nobody. */
export const unheardIn = (world: Stage, { search }: State): ReadonlySet<Person> =>
  new Set(
    offersIn(world).flatMap(({ representativeId, at, deliveries }) => {
      const person = personOf(representativeId);
      const offer = person && offerTo(search, person);
      const isUnheard = deliveries[`representative:${representativeId}`]?.status === 'unreachable';
      return offer?.state === 'offered' && offer.at === Date.parse(at) && isUnheard ? [offer.to] : [];
    }),
  );

const subsets = (of: readonly Person[]): readonly (readonly Person[])[] => {
  const [first, ...rest] = of;
  return first === undefined ? [[]] : subsets(rest).flatMap((each) => [[first, ...each], each]);
};

/** Who was known not to hear before the round: of the others a look may have known. Whether it may have known the office. */
type Before = { readonly unheard: ReadonlySet<Person>; readonly isOfficeNew: boolean };

/** What the watchman's look came to, that begins with the next event of the timeline. */
export const lookOf = (
  { world, rules, state, now }: { world: Stage; rules: Rules; state: State; now: number },
  { unheard: before, isOfficeNew }: Before,
  next: readonly CaseEvent[],
): Verdict => {
  const unheard = unheardIn(world, state);
  const since = [...unheard].filter((one) => !before.has(one));
  const known = [...unheard].filter((one) => before.has(one));
  const { inCharge: _new, ...officeless } = state;
  const looks = (isOfficeNew ? [state, officeless] : [state]).flatMap((seen) =>
    subsets(since)
      .map((some) => new Set([...known, ...some]))
      .filter((each) => searchIsDue(rules, seen, each, now) !== false)
      .map((each) => searchGoesOn(rules, seen, each, now))
      .map((verdict): Verdict => ({ ...verdict, after: { ...state, search: verdict.after.search } })),
  );
  const found = looks.find(({ events }) => events.length > 0 && areNext(next, events));
  const expected = looks.map(({ events }) => events.map((one) => `${one.type} ${one.says?.join() ?? ''}`).join(' + '));
  assert.ok(found, `${next.map(({ type }) => type).join(' + ')} instead of ${expected.join(' or ') || 'nothing'}`);
  return found;
};

/** Whether an offer is one no more, so that nobody has to hear of it. */
export const isOfferOver = (event: CaseEvent | undefined, { state, search }: State): boolean => {
  if (event?.type !== 'representative.offered.v1') return false;
  const person = personOf(event.representativeId);
  const offer = person && offerTo(search, person);
  return state === 'closed' || offer?.state !== 'offered' || offer.at !== Date.parse(event.at);
};

/** The search as the case has it. */
export const checkSearch = (world: Stage, { search }: State): void => {
  const alert = world.alert();
  const { looking } = search;
  assert.deepEqual(
    {
      offers: (alert?.offers ?? []).map(({ representativeId, state }) => [personOf(representativeId), state]),
      representative: alert?.representative?.name,
      waitsUntil: alert?.offering?.waitsUntil,
    },
    {
      offers: search.offers.map(({ to, state }) => [to, state]),
      representative: search.representative,
      waitsUntil: looking?.waitsUntil === undefined ? undefined : new Date(looking.waitsUntil).toISOString(),
    },
    'the search for a representative',
  );
};

/** Nobody hears of a representative who has not the case; who has it is told by name and phone. */
export const checkFamily = (page: Answer, { search }: State, isOver: boolean): void => {
  const shown = page.body['representative'] as { name: string } | null;
  assert.equal(shown?.name, isOver ? undefined : search.representative, 'representative on the family’s page');
  const text = JSON.stringify(page.body);
  for (const one of everyone) {
    const { name, phone } = people[one];
    if (search.known.includes(name)) continue;
    assert.ok(!text.includes(name) && !text.includes(phone), `the family reads of ${name}, who has not accepted`);
  }
};

/** What an officer reads of it. */
export const checkOffice = (page: Answer, { search, state }: State): void => {
  const { looking } = search;
  const { representative, offers, offering } = page.body as {
    representative: { name: string } | null;
    offers: readonly { name: string; state: string }[];
    offering: { searching: boolean; unanswered: boolean; waitsUntil: string | null } | null;
  };
  assert.equal(representative?.name, search.representative, 'representative on the officers’ page');
  assert.deepEqual(
    offers.map((one) => [one.name, one.state]),
    search.offers.map((one) => [people[one.to].name, one.state]),
    'offers on the officers’ page',
  );
  assert.equal(offering !== null, looking !== undefined, 'whether officers read of a search');
  if (!offering || !looking || state === 'closed') return;
  assert.equal(offering.searching, !looking.over, 'whether officers read that a search goes on');
  assert.equal(offering.unanswered, looking.unanswered, 'whether officers read that they have to phone');
};

/** What somebody finds behind their link. */
export const checkRepresentative = (page: Answer, state: State, who: Person): void => {
  const { search } = state;
  const offer = offerTo(search, who);
  if (!offer || !search.roster.has(who)) {
    assert.equal(page.status, 404, `the page of ${who}, who is not asked`);
    return;
  }
  const isOpen = state.state !== 'closed';
  const isTheirs = offer.state === 'accepted' || offer.state === 'contacted' || offer.state === 'done';
  const steps = isOpen ? representativeSteps.filter((step) => allowed[offer.state][step] !== undefined) : [];
  const forced = state.silenced && isOpen;
  const shown = page.body['case'] as Record<string, unknown> | null;
  assert.deepEqual(
    [page.status, page.body['offer'], page.body['actions'], page.body['state'], shown !== null],
    [200, offer.state, steps, state.state, isTheirs],
    `the page of ${who}`,
  );
  if (shown === null) {
    const text = JSON.stringify(page.body);
    assert.ok(!/María|Ruiz|José|\+1213555|folio/.test(text), `${who} reads whose case it is: ${text}`);
    return;
  }
  const contact = shown['contact'] as { name: string } | null;
  const notes = shown['notes'] as readonly unknown[];
  assert.deepEqual(
    [shown['forced'], contact?.name, notes.length],
    [forced, state.shared && !forced ? 'José Ruiz' : undefined, search.notes.filter((by) => by === who).length],
    `the case of ${who}`,
  );
};

/** Messages about the search: who has the case is in those of family and office, and nothing but a link in an offer. */
export const checkTexts = (messages: Stage['published'], expectedOf: (event: string) => Expected | undefined): void => {
  for (const { event, to, text, type, mail } of messages) {
    if (isPerson(to)) assert.ok(!/María|Ruiz|\+1213555|Lic\./.test(text), `an offer says more than a link: ${text}`);
    if (type !== 'alert.representative-assigned.v1') continue;
    const says = expectedOf(event)?.says ?? [];
    const [name = '', phone = ''] = says;
    // A digest is a line about each case.
    const needed = to === 'family' ? says : mail === 'digest' ? [name] : [name, phone];
    for (const each of needed) assert.ok(text.includes(each), `${to} is not told ${each}: ${text}`);
  }
};

/** Each person of a roster has as much to do as the case says, as of a minute after each event. */
export const checkLoads = async (world: Stage, { search, state }: State): Promise<void> => {
  const last = Date.parse(world.events().at(-1)?.at ?? '');
  if (world.now().getTime() - last <= 60_000) return;
  for (const [who, open] of await world.rosters.loads()) {
    const isOpen = state !== 'closed' && isBusy(offerTo(search, who)?.state);
    assert.equal(open, isOpen ? 1 : 0, `open cases of ${who}`);
  }
};
