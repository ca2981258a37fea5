import * as fc from 'fast-check';
import { everyone } from './people.ts';
import type { Deed, OfficerStep, Step } from './scenario.ts';
import { representativeSteps } from './search.ts';

/* What is done about a representative, at random. */

const who = fc.constantFrom('bruno' as const, 'bruno' as const, 'fabio' as const, ...everyone);

/** An officer offers the case, names somebody of no roster, or gives the phone of a contact. */
export const searchingStep: fc.Arbitrary<OfficerStep> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.constantFrom({ name: 'offer' } as const, { name: 'offer', urgent: true } as const),
  },
  { weight: 3, arbitrary: fc.record({ name: fc.constant('offer' as const), to: who }) },
  {
    weight: 1,
    arbitrary: fc.record({ name: fc.constant('offer' as const), to: who, urgent: fc.constant(true as const) }),
  },
  { weight: 1, arbitrary: fc.constantFrom({ name: 'representative' } as const, { name: 'share-contact' } as const) },
);

export const representativeDeed: fc.Arbitrary<Deed> = fc.record({
  do: fc.constant('representative' as const),
  who,
  action: fc.constantFrom('accept' as const, 'accept' as const, 'decline' as const, ...representativeSteps),
});

const accepting: fc.Arbitrary<Deed> = fc.record({
  do: fc.constant('representative' as const),
  who,
  action: fc.constant('accept' as const),
});

/** Somebody accepts while somebody else does something. @param other an officer, or the person */
export const atOnce = (other: fc.Arbitrary<Deed>): fc.Arbitrary<Step> =>
  fc.record({
    do: fc.constant('at-once' as const),
    deeds: fc.oneof(
      fc.tuple(accepting, accepting),
      fc.tuple(accepting, representativeDeed),
      fc.tuple(other, accepting),
      fc.tuple(representativeDeed, other),
    ),
  });

export const rosterStep: fc.Arbitrary<Step> = fc.record({
  do: fc.constant('roster' as const),
  who,
  becomes: fc.constantFrom('active' as const, 'paused' as const, 'removed' as const, 'removed' as const),
});

/** An officer takes the case: at once, or when the watchman has looked at the press and comes back only for what is due of it. */
export const takesIt = fc.constantFrom<readonly Step[]>(
  [{ do: 'officer', office: 'los-angeles', action: { name: 'acknowledge' } }],
  [
    { do: 'wait', minutes: 2, watched: true },
    { do: 'officer', office: 'los-angeles', action: { name: 'acknowledge' } },
    { do: 'wait', minutes: 5, watched: true },
  ],
  // Seen in a list, and attended to later.
  [
    { do: 'officer', office: 'los-angeles', action: { name: 'take' } },
    { do: 'wait', minutes: 5, watched: true },
    { do: 'officer', office: 'los-angeles', action: { name: 'note' } },
  ],
);
