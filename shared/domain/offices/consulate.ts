import * as v from 'valibot';
import type { ReadOnly } from '../read-only.ts';
import { type OfficeKind, type OfficePrecision, officeBases } from '../vocabulary.ts';

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

/** Whom people call at any hour: the ministry's CIAM, or who does it in this deployment. `phone` is E.164. */
export type Desk = { readonly name: string; readonly phone: string };

/** The ministry by its own name, and the desk whose phone is given for it. */
export type MinistryDesk = Desk & { readonly id: 'ministry'; readonly ministry: string };

/** The offices as the functions are bundled with them. `closed`: ids of those that are not open any more. */
export type SlimOffices = {
  readonly desk: MinistryDesk;
  readonly closed: readonly string[];
  readonly offices: readonly Consulate[];
};

/** `distanceMeters` is `null` where there is no place to measure from: an officer handed the case over. */
export const assignedConsulateSchema = v.union([
  v.object({ id: v.literal('ministry'), distanceMeters: v.null(), basis: v.literal('ministry') }),
  v.object({ id: v.string(), distanceMeters: v.nullable(v.number()), basis: v.picklist(officeBases) }),
]);
export type AssignedConsulate = ReadOnly<v.InferOutput<typeof assignedConsulateSchema>>;

export const ministryOwns: AssignedConsulate = { id: 'ministry', distanceMeters: null, basis: 'ministry' };
