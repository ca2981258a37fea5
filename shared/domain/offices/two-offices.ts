import * as v from 'valibot';
import type { ReadOnly } from '../read-only.ts';
import { type AssignedConsulate, assignedConsulateSchema } from './consulate.ts';

/** Both are told at once. `source` and `asOf` are those of the statement that the county is the responsible one's. */
export const twoOfficesSchema = v.object({
  responsible: assignedConsulateSchema,
  nearest: assignedConsulateSchema,
  source: v.string(),
  /** A year, month or day. null: the source has no date. */
  asOf: v.nullable(v.string()),
});
export type TwoOffices = ReadOnly<v.InferOutput<typeof twoOfficesSchema>>;

/** The two offices of a place, if this is the one of them that is in charge of it. */
export const sharedBy = ({ id }: AssignedConsulate, twoOffices: TwoOffices | undefined): TwoOffices | undefined =>
  twoOffices?.responsible.id === id ? twoOffices : undefined;
