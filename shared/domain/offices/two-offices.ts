import * as z from '../schema.ts';
import type { ReadOnly } from '../read-only.ts';
import type { AssignedConsulate } from './consulate.ts';
import { assignedConsulateSchema } from './consulate.ts';

/** Both are told at once. `source` and `asOf` are those of the statement that the county is the responsible one's. */
export const twoOfficesSchema = z.object({
  responsible: assignedConsulateSchema,
  nearest: assignedConsulateSchema,
  source: z.string(),
  /** A year, month or day. null: the source has no date. */
  asOf: z.string().nullable(),
});
export type TwoOffices = ReadOnly<z.infer<typeof twoOfficesSchema>>;

/** The two offices of a place, if this is the one of them that is in charge of it. */
export const sharedBy = ({ id }: AssignedConsulate, twoOffices: TwoOffices | undefined): TwoOffices | undefined =>
  twoOffices?.responsible.id === id ? twoOffices : undefined;
