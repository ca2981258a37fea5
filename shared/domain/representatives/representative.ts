import * as z from '../schema.ts';
import { dayMs } from '../limits.ts';
import type { ReadOnly } from '../read-only.ts';
import { matters, rosterStates } from '../vocabulary.ts';

/** A lawyer of an office's roster, or of the ministry's. */
export const representativeSchema = z.object({
  representativeId: z.string(),
  /** Id of the office whose roster it is, or `ministry`. */
  officeId: z.string(),
  name: z.string(),
  firm: z.string().exactOptional(),
  /** E.164, with an extension `+12135550101;ext=12`: the family calls it. */
  phone: z.string(),
  email: z.string().exactOptional(),
  /** ISO 639, the one that they are written to in first. */
  languages: z.array(z.string()),
  matters: z.array(z.enum(matters)),
  /** So many open cases at once. */
  capacity: z.number(),
  /** As typed, such as `Mo-Fr 09:00-18:00`; absent: always. */
  hours: z.string().exactOptional(),
  state: z.enum(rosterStates),
  addedAt: z.string(),
  /** When somebody last said that all of this still holds. ISO 8601 UTC. */
  confirmedAt: z.string(),
  /** When they were last asked to take a case; absent: never. */
  lastOfferedAt: z.string().exactOptional(),
});
export type Representative = ReadOnly<z.infer<typeof representativeSchema>>;

/** How much a representative has to do by now. */
export type Load = { readonly openCases: number };

/** Somebody of a roster. */
export type RosterRef = Pick<Representative, 'officeId' | 'representativeId'>;

export type RosterEntry = { readonly representative: Representative; readonly load: Load };

/** After so long without {@link Representative.confirmedAt} an entry may have gone out of date. */
const staleAfterMs = 30 * dayMs;

export const isStale = ({ confirmedAt }: Pick<Representative, 'confirmedAt'>, now: Date): boolean =>
  now.getTime() - Date.parse(confirmedAt) > staleAfterMs;

/** Whether SMS reach a phone: not one behind an extension. */
export const takesSms = ({ phone }: Pick<Representative, 'phone'>): boolean => !phone.includes(';');

/** Reads rosters. */
export type RosterReader = {
  /** Everybody of an office's roster with what they have to do, in no order. Strongly consistent. */
  ofOffice(officeId: string): Promise<readonly RosterEntry[]>;
  /** @returns `undefined` if they were removed */
  get(officeId: string, representativeId: string): Promise<Representative | undefined>;
};

/** Who still has to do something for a case, by what became of their offers. */
export type RosterLoads = {
  record(
    ref: { readonly familyId: string; readonly alertId: string },
    offers: readonly (RosterRef & { readonly open: boolean })[],
  ): Promise<void>;
};

/** Keeps rosters: the operator's command. */
export type RosterBook = {
  /** Adds people, or replaces what is there of them. */
  putAll(representatives: readonly Representative[]): Promise<void>;
  /** @returns `false` if they were removed */
  change(representative: RosterRef, set: Partial<Pick<Representative, 'state' | 'confirmedAt'>>): Promise<boolean>;
  /** Erases somebody, with the ids of the cases that they were asked about. */
  remove(representative: RosterRef): Promise<void>;
};
