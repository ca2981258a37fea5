import * as z from 'zod';
import { readNumber } from '../domain/sent-values.ts';
import { officeKinds, officePrecisions } from '../domain/vocabulary.ts';

/** Read as all numbers that phones send. In many languages they write a decimal comma. */
const asDecimal = (text: string): string => readNumber(text, 'degrees')?.toFixed(9) ?? text;

const decimal = (minimum: number, maximum: number) =>
  z
    .string()
    .overwrite(asDecimal)
    .regex(/^[+-]?(\d+(\.\d*)?|\.\d+)$/, 'must be a decimal number')
    .transform(Number)
    .pipe(z.number().min(minimum).max(maximum));

/** Query of `GET /v1/consulates`; degrees on WGS 84. */
export const consulatesQuery = z
  .object({
    latitude: decimal(-90, 90),
    longitude: decimal(-180, 180),
    limit: z
      .string()
      .regex(/^\d+$/, 'must be a whole number')
      .transform(Number)
      .pipe(z.int().min(1).max(10))
      .default(3),
  })
  .meta({ id: 'ConsulatesQuery' });

/** `GET /v1/consulates`: the nearest offices, nearest first. */
export const consulatesResponse = z
  .object({
    consulates: z.array(
      z.object({
        id: z.string(),
        name: z.string(),
        kind: z.enum(officeKinds),
        city: z.string(),
        state: z.string(),
        website: z.string().nullable(),
        latitude: z.number(),
        longitude: z.number(),
        precision: z.enum(officePrecisions).describe('`city`: the point of the city, never for directions.'),
        mainPhone: z.string().nullable(),
        emergencyPhone: z.string().describe('The office’s own if it is verified, else the ministry desk’s.'),
        distanceMeters: z.number(),
      }),
    ),
  })
  .meta({ id: 'ConsulatesResponse' });

export type ConsulatesResponse = z.infer<typeof consulatesResponse>;
