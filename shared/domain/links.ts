/** Whom a link was made for. */
export type LinkRecipient =
  | { readonly kind: 'consulate'; readonly id: string }
  | { readonly kind: 'ministry' }
  | { readonly kind: 'family' };

/** What a link opens. Its token is stored only as a hash. */
export type Link = {
  readonly familyId: string;
  readonly alertId: string;
  readonly recipient: LinkRecipient;
  /** ISO 8601 UTC. */
  readonly expiresAt: string;
};

/** Makes and finds links. */
export type LinkStore = {
  /** Stores the hash of a new token of 256 random bits. @returns the token */
  mint(link: Link): Promise<string>;
  /** @returns `undefined` for a token that is unknown or has expired */
  find(token: string): Promise<Link | undefined>;
};

/** How long a link opens its case. */
export const linkLifetimeMs = 30 * 24 * 60 * 60 * 1000;

/** Path of the page that a recipient's link opens. */
export const linkPath = ({ kind }: LinkRecipient, token: string): string =>
  `/${kind === 'family' ? 'f' : 'c'}/${token}`;
