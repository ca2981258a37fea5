import * as v from 'valibot';
import { dayMs } from '../limits.ts';
import type { ReadOnly } from '../read-only.ts';
import { matters, rosterStates } from '../vocabulary.ts';

/** A lawyer of an office's roster, or of the ministry's. */
export const representativeSchema = v.object({
  representativeId: v.string(),
  /** Id of the office whose roster it is, or `ministry`. */
  officeId: v.string(),
  name: v.string(),
  firm: v.exactOptional(v.string()),
  /** E.164, with an extension `+12135550101;ext=12`: the family calls it. */
  phone: v.string(),
  email: v.exactOptional(v.string()),
  /** ISO 639, the one that they are written to in first. */
  languages: v.array(v.string()),
  matters: v.array(v.picklist(matters)),
  /** So many open cases at once. */
  capacity: v.number(),
  /** As typed, such as `Mo-Fr 09:00-18:00`; absent: always. */
  hours: v.exactOptional(v.string()),
  state: v.picklist(rosterStates),
  addedAt: v.string(),
  /** When somebody last said that all of this still holds. ISO 8601 UTC. */
  confirmedAt: v.string(),
  /** When they were last asked to take a case; absent: never. */
  lastOfferedAt: v.exactOptional(v.string()),
});
export type Representative = ReadOnly<v.InferOutput<typeof representativeSchema>>;

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
