import * as z from 'zod';
import { officeKinds, officePrecisions } from '../domain/vocabulary.ts';
import type { Consulate, MinistryDesk } from '../domain/offices/consulate.ts';
import slim from './consulates-slim.json' with { type: 'json' };

const consulateSchema = z.object({
  id: z.string(),
  kind: z.enum(officeKinds),
  name: z.string(),
  city: z.string(),
  state: z.string(),
  latitude: z.number(),
  longitude: z.number(),
  precision: z.enum(officePrecisions),
  website: z.string().nullable(),
  mainPhone: z.string().nullable(),
  emergencyPhone: z.string(),
  timeZone: z.string(),
});

/**
 * Every office, closed ones too, sorted by id: for names and topics. `slim-consulates.ts` writes
 * `consulates-slim.json`.
 */
export const consulates: readonly Consulate[] = z.array(consulateSchema).parse(slim.offices);

const closed = new Set<string>(slim.closed);

/** The offices that may be chosen. */
export const openConsulates: readonly Consulate[] = consulates.filter((office) => !closed.has(office.id));

/** The national desk. It has the alerts for which there is no office. */
export const ministryDesk: MinistryDesk = { id: 'ministry', name: slim.desk.name, phone: slim.desk.phone };

const byId = new Map(consulates.map((office) => [office.id, office]));

/** Any office by its id, closed or not. */
export const consulateById = (id: string): Consulate | undefined => byId.get(id);
