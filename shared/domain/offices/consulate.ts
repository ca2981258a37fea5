import * as z from 'zod';
import type { ReadOnly } from '../read-only.ts';
import type { OfficeKind, OfficePrecision } from '../vocabulary.ts';
import { officeBases } from '../vocabulary.ts';

export type { Basis } from '../vocabulary.ts';

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
  /** E.164. The office's own if it is verified, else the ministry desk's. */
  readonly emergencyPhone: string;
  readonly timeZone: string;
};

/** The ministry's national desk (CIAM), for alerts without an office. */
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

export const ministryOwns: AssignedConsulate = { id: 'ministry', distanceMeters: null, basis: 'ministry' };
