import type { Consulate } from '../domain/offices/consulate.ts';

/** An office or the ministry, as somebody who is written to. */
export type AuthorityRecipient =
  | { readonly kind: 'consulate'; readonly consulate: Consulate }
  | { readonly kind: 'ministry' };
