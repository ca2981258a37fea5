import * as z from 'zod';
import { officeKinds, officePrecisions } from '../domain/vocabulary.ts';
import raw from './consulates.json' with { type: 'json' };
import { boxOf, fipsOf, timeZoneOf } from './states.ts';

const e164 = z.string().regex(/^\+[1-9]\d{7,14}$/, 'must be an E.164 phone such as +15206237874');
const day = z.iso.date('must be a date such as 2026-11-30');
const https = z.url({ protocol: /^https$/, error: 'must be an https:// address' });

const officeSchema = z.strictObject({
  /** The ministry's own name of the office; part of topic names, so it never changes. */
  id: z.string().regex(/^[a-z]+(-[a-z]+)*$/, 'must be lower-case words joined by hyphens'),
  kind: z.enum(officeKinds),
  /** A closed office leaves the search and keeps its topic. */
  status: z.enum(['open', 'closed']),
  name: z.string().min(1),
  city: z.string().min(1),
  state: z.string().refine((state) => boxOf(state) !== undefined, 'must be the USPS code of a state, DC or PR'),
  streetAddress: z.string().min(1).nullable(),
  postalCode: z.string().min(1).nullable(),
  latitude: z.number().min(-90).max(90),
  longitude: z.number().min(-180).max(180),
  precision: z.enum(officePrecisions),
  mainPhone: e164.nullable(),
  emergencyPhone: e164.nullable(),
  emergencyPhoneAsOf: z.string().nullable(),
  email: z.email().nullable(),
  website: https.nullable(),
  directoryUrl: https.nullable(),
  jurisdiction: z.strictObject({
    status: z.enum(['complete', 'partial', 'unknown']),
    wholeStates: z.array(z.string()),
    counties: z.array(z.strictObject({ state: z.string(), name: z.string(), fips: z.string() })),
    text: z.string().nullable(),
    asOf: z.string().nullable(),
  }),
  /** Values of one weak or old source, for the operator alone: never shown to a person or dialled. */
  unverified: z.record(z.string(), z.string()),
  conflicts: z.array(z.string()),
  asOf: z.string(),
  sources: z.array(
    z.strictObject({ field: z.string(), ref: z.string(), asOf: z.string().nullable(), note: z.string().optional() }),
  ),
  /** The person who dialled the emergency phone or read it on `directoryUrl`; null: nobody has. */
  verifiedBy: z.string().min(1).nullable(),
  verifiedOn: day.nullable(),
});

const dataSchema = z.strictObject({
  notes: z.array(z.string()),
  /** The ministry's own number of offices: a check that none is missing. */
  officialCount: z.int(),
  desk: z.strictObject({
    id: z.literal('ministry'),
    ministry: z.string().min(1),
    name: z.string().min(1),
    phone: e164,
    asOf: z.string(),
  }),
  offices: z.array(officeSchema),
});

export type ConsulateData = z.infer<typeof dataSchema>;
export type Office = ConsulateData['offices'][number];

const placeProblems = ({ state, latitude, longitude }: Office): string[] => {
  const box = boxOf(state);
  if (!box) return [];
  const [west, south, east, north] = box;
  const isInside = longitude >= west && latitude >= south && longitude <= east && latitude <= north;
  return isInside ? [] : [`${latitude}, ${longitude} is not in ${state} (west, south, east, north: ${box.join(', ')})`];
};

const countyProblems = ({ state, fips, name }: Office['jurisdiction']['counties'][number]): string[] => {
  const prefix = fipsOf(state);
  const isCounty = prefix !== undefined && /^\d{5}$/.test(fips) && fips.startsWith(prefix);
  return isCounty ? [] : [`jurisdiction: ${name} has the FIPS number ${fips}, which is no county of ${state}`];
};

const phoneProblems = ({ verifiedOn, verifiedBy, emergencyPhone }: Office): string[] =>
  verifiedOn === null
    ? []
    : [
        ...(verifiedBy === null ? ['verifiedOn is set, so verifiedBy must say who checked the number'] : []),
        ...(emergencyPhone === null
          ? ['verifiedOn is set, but there is no emergencyPhone that could have been checked']
          : []),
      ];

const officeProblems = (office: Office): string[] =>
  [
    ...placeProblems(office),
    ...(timeZoneOf(office) === undefined ? [`no time zone is known for the state ${office.state}`] : []),
    ...office.jurisdiction.counties.flatMap(countyProblems),
    ...office.jurisdiction.wholeStates
      .filter((state) => fipsOf(state) === undefined)
      .map((state) => `jurisdiction: ${state} is not the USPS code of a state, DC or PR`),
    ...phoneProblems(office),
  ].map((problem) => `${office.id}: ${problem}`);

const problemsBetween = ({ offices, officialCount }: ConsulateData): string[] => {
  const ids = offices.map((office) => office.id);
  const repeated = new Set(ids.filter((id, index) => ids.indexOf(id) !== index));
  return [
    ...[...repeated].map((id) => `${id}: the id stands more than once`),
    ...(ids.includes('ministry') ? ['ministry: this id is the national desk, not an office'] : []),
    ...(ids.length === officialCount
      ? []
      : [`officialCount is ${officialCount}, but ${ids.length} offices are listed`]),
  ];
};

const idsOnly = z.object({ offices: z.array(z.object({ id: z.string() }).partial().catch({})) });

/** For the operator, `offices[3].mainPhone` is `boise: mainPhone`. */
const placeOf = (path: readonly PropertyKey[], value: unknown): string => {
  const [list, index, ...field] = path;
  if (list !== 'offices' || typeof index !== 'number') return path.map(String).join('.') || 'the file';
  const id = idsOnly.safeParse(value).data?.offices[index]?.id ?? `office number ${index + 1}`;
  return field.length > 0 ? `${id}: ${field.map(String).join('.')}` : id;
};

/**
 * Checks the consulate data as read from `consulates.json`.
 * @throws one Error that lists every problem, each with the id of its office
 */
export const checkConsulateData = (value: unknown): ConsulateData => {
  const parsed = dataSchema.safeParse(value);
  const problems = parsed.success
    ? [...problemsBetween(parsed.data), ...parsed.data.offices.flatMap(officeProblems)]
    : parsed.error.issues.map((issue) => `${placeOf(issue.path, value)}: ${issue.message}`);
  if (!parsed.success || problems.length > 0) {
    throw new Error(
      `consulates.json has ${problems.length} problem(s):\n${problems.map((line) => `- ${line}`).join('\n')}`,
    );
  }
  return parsed.data;
};

/** All of the data, checked, for synth and the operator. Functions use `consulates.ts`. */
export const loadConsulateData = (): ConsulateData => checkConsulateData(raw);
