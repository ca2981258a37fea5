import type { AlertState, CaseAction, Disposition } from '../vocabulary.ts';

export type { CaseAction } from '../vocabulary.ts';

/** What may be done while somebody has the case. */
const ofTaken: readonly CaseAction[] = [
  'state',
  'acknowledge',
  'note',
  'offer',
  'share-contact',
  'representative',
  'hand-over',
  'take-back',
  'close',
];

type Rules = {
  readonly actions: readonly CaseAction[];
  /** The next states for the action `state`. */
  readonly next: readonly AlertState[];
  /** Where the person was held until this state they are no more, or nobody knows: relatives would go there. */
  readonly leavesPlace: boolean;
};

/** The state machine of a case. `docs/case-states.md` is a diagram made from this. */
export const caseStates: Readonly<Record<AlertState, Rules>> = {
  raised: { actions: ['acknowledge', 'note', 'hand-over', 'take-back', 'close'], next: [], leavesPlace: false },
  acknowledged: { actions: ofTaken, next: ['locating', 'located', 'in-contact', 'transferred'], leavesPlace: false },
  locating: { actions: ofTaken, next: ['located', 'in-contact', 'transferred'], leavesPlace: true },
  located: { actions: ofTaken, next: ['locating', 'in-contact', 'transferred'], leavesPlace: false },
  'in-contact': { actions: ofTaken, next: ['locating', 'located', 'transferred'], leavesPlace: false },
  transferred: { actions: ofTaken, next: ['locating', 'located', 'in-contact'], leavesPlace: true },
  closed: { actions: ['note', 'reopen'], next: [], leavesPlace: false },
};

/** Endings that ask for words of the officer's own: the family would not know what they mean. */
export const explainedDispositions: readonly Disposition[] = ['repatriated', 'other'];
