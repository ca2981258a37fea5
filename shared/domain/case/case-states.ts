import type { AlertState, CaseAction } from '../vocabulary.ts';

export type { CaseAction } from '../vocabulary.ts';

/**
 * The state machine of a case: for each state the actions that are allowed in it, and for `state` where it may go.
 * `docs/case-states.md` shows it as a diagram made from this.
 */
export const caseStates: Readonly<
  Record<AlertState, { readonly actions: readonly CaseAction[]; readonly next: readonly AlertState[] }>
> = {
  raised: { actions: ['acknowledge', 'note', 'hand-over', 'close'], next: [] },
  acknowledged: {
    actions: ['state', 'note', 'representative', 'hand-over', 'close'],
    next: ['locating', 'located', 'in-contact', 'transferred'],
  },
  locating: {
    actions: ['state', 'note', 'representative', 'hand-over', 'close'],
    next: ['located', 'in-contact', 'transferred'],
  },
  located: {
    actions: ['state', 'note', 'representative', 'hand-over', 'close'],
    next: ['locating', 'in-contact', 'transferred'],
  },
  'in-contact': {
    actions: ['state', 'note', 'representative', 'hand-over', 'close'],
    next: ['locating', 'located', 'transferred'],
  },
  transferred: {
    actions: ['state', 'note', 'representative', 'hand-over', 'close'],
    next: ['locating', 'located', 'in-contact'],
  },
  closed: { actions: ['note', 'reopen'], next: [] },
};
