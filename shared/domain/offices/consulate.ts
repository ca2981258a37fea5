import * as z from 'zod';
import type { ReadOnly } from '../read-only.ts';
import type { OfficeKind, OfficePrecision } from '../vocabulary.ts';
import { officeBases } from '../vocabulary.ts';

export type { Basis } from '../vocabulary.ts';

/** A Mexican consular office in the USA, as the domain needs it; `shared/data` holds the whole record with sources. */
export type Consulate = {
  readonly id: string;
  readonly kind: OfficeKind;
  readonly name: string;
  readonly city: string;
  readonly state: string;
  readonly latitude: number;
  readonly longitude: number;
  /** `city` is the point of the city: good for ranking by distance, never for directions. */
  readonly precision: OfficePrecision;
  readonly website: string | null;
  readonly mainPhone: string | null;
  /** The phone people are given in an emergency: the office's own only if verified, else the ministry desk's. E.164. */
  readonly emergencyPhone: string;
  /** IANA time zone of the office. */
  readonly timeZone: string;
};

/** The ministry's national desk (CIAM), which owns alerts that no office can. */
export type MinistryDesk = { readonly id: 'ministry'; readonly name: string; readonly phone: string };

/**
 * The office of an alert as it was chosen and recorded; the ministry desk where no office can. `distanceMeters` is
 * `null` where there is no place to measure from: an officer handed the case over.
 */
export const assignedConsulateSchema = z.union([
  z.object({ id: z.literal('ministry'), distanceMeters: z.null(), basis: z.literal('ministry') }),
  z.object({ id: z.string(), distanceMeters: z.number().nullable(), basis: z.enum(officeBases) }),
]);
export type AssignedConsulate = ReadOnly<z.infer<typeof assignedConsulateSchema>>;

/** The ministry desk as the owner of an alert. */
export const ministryOwns: AssignedConsulate = { id: 'ministry', distanceMeters: null, basis: 'ministry' };
