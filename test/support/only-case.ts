import type { CaseHeads } from '../../shared/domain/case/join-case.ts';

/** For a family of one press: it begins a case. */
export const onlyCase: CaseHeads = {
  read: async () => ({}),
  begin: async () => 'applied',
  beginAlone: async () => undefined,
};
