import * as v from 'valibot';
import type { Clock } from '../clock.ts';
import type { Alert } from './alert.ts';
import { alertRetentionMs, dayMs, representativeAccessMs } from '../limits.ts';
import type { ReadOnly } from '../read-only.ts';
import { languages } from '../vocabulary.ts';

/** Whom a link was made for. `language`: chosen by the contacts who get it. */
export const linkRecipientSchema = v.variant('kind', [
  v.object({ kind: v.literal('consulate'), id: v.string() }),
  v.object({ kind: v.literal('ministry') }),
  v.object({ kind: v.literal('family'), language: v.exactOptional(v.picklist(languages)) }),
  /**
   * The trusted contact, of a case or, with {@link noCase}, of none. `endpoints`: all whom its message went to; absent: of
   * before. No contact ids: one who was changed under duress comes back with another.
   */
  v.object({ kind: v.literal('trusted'), endpoints: v.exactOptional(v.array(v.string())) }),
  /** Somebody of a roster, by the office whose roster it is; see their offer of the case. */
  v.object({ kind: v.literal('representative'), id: v.string(), officeId: v.string() }),
]);
export type LinkRecipient = ReadOnly<v.InferOutput<typeof linkRecipientSchema>>;

/** Officers: of an office, or of the ministry. */
export type OfficeRecipient = Exclude<LinkRecipient, { readonly kind: 'family' | 'trusted' | 'representative' }>;

/** Whether officers read behind it. */
export const isOfficers = (recipient: LinkRecipient): recipient is OfficeRecipient =>
  recipient.kind === 'consulate' || recipient.kind === 'ministry';

/** Id of the office that a link is for, `ministry`, `family`, or `trusted`. */
export const officeIdOf = (recipient: LinkRecipient): string =>
  recipient.kind === 'consulate' ? recipient.id : recipient.kind;

/** The other way: whom a link is for, by id of the office, or `ministry`. */
export const officeWithId = (id: string): OfficeRecipient =>
  id === 'ministry' ? { kind: 'ministry' } : { kind: 'consulate', id };

/** What a link opens. Its token is stored only as a hash. */
export type Link = {
  readonly familyId: string;
  readonly alertId: string;
  readonly recipient: LinkRecipient;
  /** ISO 8601 UTC. */
  readonly expiresAt: string;
  /** It is of a drill, and opens that drill alone: no other case of the office, no list, no numbers. */
  readonly drill?: true;
  /** Who last signed an action through it. */
  readonly officer?: string;
};

/** Makes and finds links. */
export type LinkStore = {
  /** Stores what a new token of 128 random bits opens, and not the token. @returns the token */
  mint(link: Link): Promise<string>;
  /** @returns `undefined` for a token that is unknown, has expired, or was ended with the others of its office */
  find(token: string): Promise<Link | undefined>;
  /**
   * Remembers when a recipient first opened a link to its case: of drills, whose person asks. Never rejects: a page is shown
   * whatever becomes of it. @returns `false` when the table failed
   */
  noteOpened(link: Link): Promise<boolean>;
  /**
   * Remembers who signs the actions through this link, so that nobody types their name twice. Never rejects: what was
   * done is done. @returns `false` when the table failed
   */
  rememberOfficer(token: string, officer: string): Promise<boolean>;
};

/** Ends links when people leave an office. */
export type OfficeLinks = {
  /** Every link that was made for the office, or the `ministry`, until now opens nothing from now on. */
  end(officeId: string, at: Date): Promise<void>;
};

/** Makes the link that a message to one recipient carries. @returns its absolute URL */
export type LinkMaker = (
  recipient: LinkRecipient,
  alert: Pick<Alert, 'familyId' | 'alertId' | 'drill'>,
) => Promise<string>;

/** A link that was opened, by whom it was made for. */
export type LinkOpening = {
  readonly recipient: LinkRecipient;
  /** The first time, ISO 8601 UTC. */
  readonly openedAt: string;
};

/** Knows which links of a case were opened. */
export type LinkOpenings = {
  /** Strongly consistent, in no particular order. */
  of(familyId: string, alertId: string): Promise<readonly LinkOpening[]>;
};

/** How long a link opens its case. */
export const linkLifetimeMs = 30 * dayMs;

/**
 * Whether a link was made before the links of its office, or of its family's relatives, were ended. Its end is kept in
 * whole seconds: one of the same second ends too, as nobody who left may keep one.
 */
export const isEnded = ({ expiresAt }: Pick<Link, 'expiresAt'>, endedAt: string): boolean =>
  Math.floor((Date.parse(expiresAt) - linkLifetimeMs) / 1000) <= Math.floor(Date.parse(endedAt) / 1000);

/** The case of a trusted contact's link before anything happened. */
export const noCase = 'none';

/** A trusted contact may need theirs years after the first message, when somebody was taken before they could press. */
const trustedLinkLifetimeMs = 5 * 365 * dayMs;

/** As long as the case may be open, and be seen after that; the page itself ends earlier, by the case's closing. */
const representativeLinkLifetimeMs = alertRetentionMs + representativeAccessMs;

const lifetimeOf = ({ kind }: LinkRecipient): number => {
  if (kind === 'trusted') return trustedLinkLifetimeMs;
  return kind === 'representative' ? representativeLinkLifetimeMs : linkLifetimeMs;
};

/** Whether a link was made in that second or later. Its end is kept in whole seconds, so no finer answer is known. */
export const isMadeSince = ({ recipient, expiresAt }: Pick<Link, 'recipient' | 'expiresAt'>, at: string): boolean =>
  Math.floor((Date.parse(expiresAt) - lifetimeOf(recipient)) / 1000) >= Math.floor(Date.parse(at) / 1000);

const pages = {
  family: 'f',
  trusted: 't',
  representative: 'l',
  consulate: 'c',
  ministry: 'c',
} as const satisfies Record<LinkRecipient['kind'], string>;

/** Path of the page that a recipient's link opens. */
const linkPath = ({ kind }: LinkRecipient, token: string): string => `/${pages[kind]}/${token}`;

/** A link that begins to be valid now. */
export const newLink = (
  recipient: LinkRecipient,
  { familyId, alertId, drill }: Pick<Alert, 'familyId' | 'alertId' | 'drill'>,
  now: Date,
): Link => {
  const expiresAt = new Date(now.getTime() + lifetimeOf(recipient)).toISOString();
  return { familyId, alertId, recipient, expiresAt, ...(drill && { drill }) };
};

/** Absolute, since it is opened from a text. */
export const linkUrl = (publicUrl: string, recipient: LinkRecipient, token: string): string =>
  `${publicUrl}${linkPath(recipient, token)}`;

/** Mints a link for each message. */
export const linkMaker =
  (links: Pick<LinkStore, 'mint'>, publicUrl: string, now: Clock): LinkMaker =>
  async (recipient, alert) =>
    linkUrl(publicUrl, recipient, await links.mint(newLink(recipient, alert, now())));

/** The list of the office for which a link to a case was made: the same token opens it. */
export const officeListOf = (caseLink: string): string => caseLink.replace(/\/c\/(?=[^/]+$)/, '/o/');
