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

/**
 * The state machine of a case: the actions that each state allows, and the next states for the action `state`.
 * `docs/case-states.md` is a diagram made from this.
 */
export const caseStates: Readonly<
  Record<AlertState, { readonly actions: readonly CaseAction[]; readonly next: readonly AlertState[] }>
> = {
  raised: { actions: ['acknowledge', 'note', 'hand-over', 'take-back', 'close'], next: [] },
  acknowledged: { actions: ofTaken, next: ['locating', 'located', 'in-contact', 'transferred'] },
  locating: { actions: ofTaken, next: ['located', 'in-contact', 'transferred'] },
  located: { actions: ofTaken, next: ['locating', 'in-contact', 'transferred'] },
  'in-contact': { actions: ofTaken, next: ['locating', 'located', 'transferred'] },
  transferred: { actions: ofTaken, next: ['locating', 'located', 'in-contact'] },
  closed: { actions: ['note', 'reopen'], next: [] },
};

/** Endings that ask for words of the officer's own: the family would not know what they mean. */
export const explainedDispositions: readonly Disposition[] = ['repatriated', 'other'];
