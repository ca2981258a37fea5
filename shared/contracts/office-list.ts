import * as z from 'zod';
import { alertStates, listSections } from '../domain/vocabulary.ts';
import { acknowledged, folio, handOver } from './cases.ts';
import { instant, uuid } from './common.ts';
import { district, office, originKind } from './timeline.ts';

const section = z
  .enum(listSections)
  .describe(
    'untaken: nobody has it, or it is handed over to the link’s office, which has not taken it; here: the link’s office has it; others: another office has; drill: a rehearsal.',
  );

const listedCase = z.object({
  familyId: uuid,
  alertId: uuid,
  folio,
  path: z.string().describe('Of the page of the case.'),
  section,
  incidentId: z.string().exactOptional().describe('The same on cases that were pressed near each other at one time.'),
  pressedAgain: z.array(uuid).describe('Ids of later presses of the same person that are part of this case.'),
  isNew: z.boolean().describe('It came into the list after `?since=`: pressed, or told to this office later.'),
  place: z.string().nullable().describe('A larger town near it: `Houston, TX`.'),
  placeOf: z
    .enum(['phone', 'home'])
    .nullable()
    .describe('Whose place that is: the phone’s where it is trusted, else the registered home’s.'),
  placeMeters: z.number().nullable().describe('How far from that town it is.'),
  state: z.enum(alertStates),
  drill: z.boolean(),
  duress: z.boolean().describe('The person was forced to cancel: call, never write.'),
  origin: originKind.nullable(),
  raisedAt: instant,
  lastEntryAt: instant.nullable().describe('When an officer last did or wrote something on the case.'),
  person: z.object({ name: z.string() }),
  consulate: office.nullable().describe('The office in charge.'),
  district: district.exactOptional(),
  nearest: office.exactOptional().describe('The nearest office, where another is responsible.'),
  acknowledged: acknowledged.nullable().describe('Who has taken it.'),
  handOver: handOver.nullable(),
});

/** `GET /o/{token}`: the open cases that the link's office was told of. */
export const officeCasesResponse = z
  .object({
    office,
    total: z.int().describe('Of all pages.'),
    counts: z
      .object({ untaken: z.int(), here: z.int(), others: z.int(), drill: z.int() })
      .describe('How many there are of each section, of all pages.'),
    from: z.int().describe('Number of cases before the first of `cases`: `?from=`.'),
    cases: z.array(listedCase),
  })
  .meta({ id: 'OfficeCases' });

/** `GET /o/{token}/news`. */
export const newCasesResponse = z
  .object({ since: instant, count: z.int().describe('Drills are not counted.') })
  .meta({ id: 'NewCases' });

/** More than a name has. */
export const maximumSearchedLength = 200;

/** `POST /o/{token}/search`. */
export const searchListRequest = z
  .object({
    text: z
      .string()
      .min(1)
      .max(maximumSearchedLength)
      .describe('Parts of a name, in any order, without regard to accents; or a folio.'),
    from: z.int().min(0).exactOptional().describe('How many of the cases found to leave out.'),
  })
  .meta({ id: 'SearchListRequest' });

export type OfficeCases = z.infer<typeof officeCasesResponse>;
