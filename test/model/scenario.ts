import * as fc from 'fast-check';
import { atOnce, representativeDeed, rosterStep, searchingStep, takesIt } from './any-search.ts';
import { type Person, everyone } from './people.ts';
import type { RepresentativeStep } from './search.ts';

/** Offices of the model's world; four, so that sequences run out of them. */
export const officeIds = ['los-angeles', 'santa-ana', 'san-diego', 'oxnard'] as const;
export type OfficeId = (typeof officeIds)[number];
/** An office, the ministry's desk, the family, the trusted contact, of whom the model's family has none, or a representative. */
export type Destination = OfficeId | 'ministry' | 'family' | 'family:trusted' | Person;

/** Where somebody can be, with the offices by distance as a map shows it. */
export const places = {
  downtown: { latitude: 34.05, longitude: -118.24 },
  border: { latitude: 32.72, longitude: -117.16 },
  harbour: { latitude: 34.2, longitude: -119.1 },
  /** Of Los Angeles County, and nearer to Santa Ana. */
  island: { latitude: 33.3428, longitude: -118.3278 },
  nowhere: { latitude: 0, longitude: 0 },
} as const;
export type Place = keyof typeof places;

export const followingStates = ['locating', 'located', 'in-contact', 'transferred'] as const;

export type Step =
  | { readonly do: 'press-again' }
  /** Presses once more: another alert of the same person. */
  | { readonly do: 'press-more' }
  | { readonly do: 'positions'; readonly place: Place }
  | { readonly do: 'wrong-pins' }
  | Deed
  /** In one instant. */
  | { readonly do: 'at-once'; readonly deeds: readonly [Deed, Deed] }
  /** The operator's command. */
  | { readonly do: 'roster'; readonly who: Person; readonly becomes: 'active' | 'paused' | 'removed' }
  | { readonly do: 'relative'; readonly action: 'seen' | 'on-it'; readonly name: 'Ana' | 'Beto' }
  | { readonly do: 'wait'; readonly minutes: number; readonly watched: boolean }
  | { readonly do: 'subscribers'; readonly of: Destination; readonly present: boolean }
  | { readonly do: 'publishing'; readonly to: Destination; readonly mode: 'works' | 'fails' | 'answer-lost' }
  | { readonly do: 'counting'; readonly works: boolean }
  | { readonly do: 'stream'; readonly works: boolean }
  | { readonly do: 'location'; readonly works: boolean }
  | { readonly do: 'writes-fail'; readonly count: number; readonly mode: 'fails' | 'answer-lost' }
  | { readonly do: 'conflicts'; readonly count: number };

/** What somebody does to the case. */
export type Deed =
  /** `by`: which of the presses; the newest that is part of the case. */
  | { readonly do: 'cancel'; readonly pin: 'ordinary' | 'duress' | 'wrong'; readonly by: 'first' | 'newest' }
  | { readonly do: 'officer'; readonly office: OfficeId | 'ministry'; readonly action: OfficerStep }
  | { readonly do: 'representative'; readonly who: Person; readonly action: RepresentativeStep };

export type OfficerStep =
  /** By the officer who does everything else unless it says so. */
  | { readonly name: 'acknowledge'; readonly by?: 'Lic. Rosa Vega' }
  | { readonly name: 'take' | 'take-back' | 'note' | 'representative' | 'share-contact' | 'reopen' }
  /** To whose turn it is, unless to somebody. */
  | { readonly name: 'offer'; readonly to?: Person; readonly urgent?: true }
  | { readonly name: 'state'; readonly to: (typeof followingStates)[number] }
  | { readonly name: 'hand-over'; readonly to: OfficeId }
  | { readonly name: 'close'; readonly disposition: 'safe' | 'released' };

export type Scenario = {
  readonly authorised: boolean;
  /** Whether the contact chose another language than the person's, and so has another topic. */
  readonly english?: boolean;
  readonly home: boolean;
  readonly drill: boolean;
  readonly place: Place | null;
  /** The person asked for a lawyer. */
  readonly wish?: boolean;
  /** No office has a roster at first. */
  readonly unrostered?: boolean;
  /** What is broken already when the button is pressed. */
  readonly before: readonly Step[];
  readonly steps: readonly Step[];
};

const office = fc.constantFrom(...officeIds);
const destination: fc.Arbitrary<Destination> = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom<Destination>('family', 'ministry', ...officeIds) },
  { weight: 2, arbitrary: fc.constantFrom<Destination>(...everyone) },
);

const officerStep: fc.Arbitrary<OfficerStep> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.constantFrom(
      { name: 'acknowledge' } as const,
      { name: 'acknowledge', by: 'Lic. Rosa Vega' } as const,
    ),
  },
  {
    weight: 3,
    arbitrary: fc.constantFrom({ name: 'take' } as const, { name: 'take' } as const, { name: 'take-back' } as const),
  },
  { weight: 1, arbitrary: fc.constant({ name: 'note' } as const) },
  { weight: 4, arbitrary: searchingStep },
  { weight: 3, arbitrary: fc.constant({ name: 'reopen' } as const) },
  { weight: 2, arbitrary: fc.record({ name: fc.constant('state' as const), to: fc.constantFrom(...followingStates) }) },
  { weight: 4, arbitrary: fc.record({ name: fc.constant('hand-over' as const), to: office }) },
  {
    weight: 3,
    arbitrary: fc.record({
      name: fc.constant('close' as const),
      disposition: fc.constantFrom('safe' as const, 'released' as const),
    }),
  },
);

/** What breaks, and is mended. */
const faults: fc.WeightedArbitrary<Step>[] = [
  {
    weight: 4,
    arbitrary: fc.record({ do: fc.constant('subscribers' as const), of: destination, present: fc.boolean() }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('publishing' as const),
      to: destination,
      mode: fc.constantFrom('works' as const, 'fails' as const, 'answer-lost' as const),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('counting' as const), works: fc.boolean() }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('stream' as const), works: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('location' as const), works: fc.boolean() }) },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('writes-fail' as const),
      count: fc.integer({ min: 1, max: 4 }),
      mode: fc.constantFrom('fails' as const, 'answer-lost' as const),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('conflicts' as const), count: fc.integer({ min: 1, max: 6 }) }) },
];

/** Whoever has the case, most often. */
const officerDeed: fc.Arbitrary<Deed> = fc.record({
  do: fc.constant('officer' as const),
  office: fc.constantFrom('los-angeles' as const, 'los-angeles' as const, 'ministry' as const, ...officeIds),
  action: officerStep,
});

const cancelling: fc.Arbitrary<Deed> = fc.record({
  do: fc.constant('cancel' as const),
  pin: fc.constantFrom('ordinary' as const, 'duress' as const, 'wrong' as const),
  by: fc.constantFrom('first' as const, 'newest' as const),
});

const watch: fc.WeightedArbitrary<Step> = {
  weight: 7,
  arbitrary: fc.record({
    do: fc.constant('wait' as const),
    minutes: fc.constantFrom(1, 2, 5, 10, 16, 31),
    watched: fc.constantFrom(true, true, true, false),
  }),
};

/** What people do, and time. */
const deeds: fc.WeightedArbitrary<Step>[] = [
  { weight: 1, arbitrary: fc.constant({ do: 'press-again' } as const) },
  { weight: 4, arbitrary: fc.constant({ do: 'press-more' } as const) },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('positions' as const),
      place: fc.constantFrom(
        'downtown' as const,
        'border' as const,
        'harbour' as const,
        'island' as const,
        'nowhere' as const,
      ),
    }),
  },
  { weight: 5, arbitrary: cancelling },
  { weight: 1, arbitrary: fc.constant({ do: 'wrong-pins' } as const) },
  { weight: 14, arbitrary: officerDeed },
  { weight: 5, arbitrary: representativeDeed },
  { weight: 2, arbitrary: atOnce(fc.oneof(officerDeed, cancelling)) },
  { weight: 1, arbitrary: rosterStep },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('relative' as const),
      action: fc.constantFrom('seen' as const, 'on-it' as const),
      name: fc.constantFrom('Ana' as const, 'Beto' as const),
    }),
  },
  watch,
];

/** The same of a case that looks for a representative. */
const searchingDeeds: fc.WeightedArbitrary<Step>[] = [
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('officer' as const),
      office: fc.constantFrom('los-angeles' as const, 'los-angeles' as const, 'ministry' as const),
      action: searchingStep,
    }),
  },
  { weight: 3, arbitrary: officerDeed },
  { weight: 7, arbitrary: representativeDeed },
  { weight: 3, arbitrary: atOnce(fc.oneof(officerDeed, cancelling)) },
  { weight: 2, arbitrary: rosterStep },
  { weight: 1, arbitrary: cancelling },
  watch,
  // As of a watchman who was away.
  { weight: 1, arbitrary: fc.constant({ do: 'wait', minutes: 240, watched: false } as const) },
];

const mostly = (value: boolean): fc.Arbitrary<boolean> => fc.constantFrom(value, value, value, value, value, !value);

/** A press and what follows it. */
export const scenarios = (maximumSteps: number): fc.Arbitrary<Scenario> =>
  fc.record({
    authorised: mostly(true),
    english: fc.boolean(),
    home: fc.boolean(),
    drill: mostly(false),
    place: fc.constantFrom(
      'downtown' as const,
      'downtown' as const,
      'island' as const,
      'island' as const,
      'border' as const,
      'nowhere' as const,
      null,
    ),
    wish: fc.boolean(),
    unrostered: mostly(false),
    before: fc.array(fc.oneof(...faults), { maxLength: 2 }),
    steps: fc.array(fc.oneof(...deeds, ...faults), { maxLength: maximumSteps, size: 'max' }),
  });

const anySearching = fc.oneof(
  { weight: 6, arbitrary: fc.oneof(...searchingDeeds) },
  { weight: 1, arbitrary: fc.oneof(...faults) },
);

/** A case that an officer has taken, and which looks for a representative. */
export const searches = (maximumSteps: number): fc.Arbitrary<Scenario> =>
  fc.record({
    authorised: fc.constant(true),
    english: fc.boolean(),
    home: fc.boolean(),
    drill: fc.constant(false),
    place: fc.constantFrom('downtown' as const, 'island' as const),
    wish: mostly(true),
    unrostered: mostly(false),
    before: fc.constant([]),
    steps: fc
      .tuple(takesIt, fc.array(anySearching, { maxLength: maximumSteps, size: 'max' }))
      .map(([first, steps]) => [...first, ...steps]),
  });

/** The same scenario with the other PIN wherever a right one is typed. */
export const swapped = (scenario: Scenario): Scenario => ({
  ...scenario,
  steps: scenario.steps.map((each) => {
    if (each.do !== 'cancel' || each.pin === 'wrong') return each;
    return { ...each, pin: each.pin === 'ordinary' ? 'duress' : 'ordinary' };
  }),
});

// While publishing to the family fails, escalation makes the watchman try more often.
const isSameInBoth = (each: Step): boolean =>
  each.do !== 'writes-fail' &&
  each.do !== 'conflicts' &&
  !(each.do === 'publishing' && each.to === 'family') &&
  !(each.do === 'at-once' && each.deeds.some((deed) => deed.do === 'cancel'));

const byMinistry = (each: Deed): Deed => (each.do === 'officer' ? { ...each, office: 'ministry' } : each);

/**
 * Scenarios that are to look alike with the PINs swapped: faults hit the same calls in both, and who acts for the
 * authorities knows of the case in both.
 */
export const forTwins = (maximumSteps: number): fc.Arbitrary<Scenario> =>
  scenarios(maximumSteps)
    .map((scenario) => ({
      ...scenario,
      before: scenario.before.filter(isSameInBoth),
      steps: scenario.steps.filter(isSameInBoth).map((each): Step => {
        if (each.do === 'officer') return byMinistry(each);
        return each.do === 'at-once'
          ? { ...each, deeds: [byMinistry(each.deeds[0]), byMinistry(each.deeds[1])] }
          : each;
      }),
    }))
    .filter(({ steps }) => steps.some((each) => each.do === 'cancel' && each.pin !== 'wrong'));
