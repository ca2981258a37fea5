import * as z from 'zod';
import { dispositions } from '../domain/vocabulary.ts';
import { office } from './timeline.ts';

const day = z.iso.date().describe('By the clock of the office.');
const cases = z.int().nonnegative();
const spread = z
  .object({ median: cases.nullable(), ninetieth: cases.nullable() })
  .describe('Seconds since the press: what half of the cases, and nine in ten, waited at most. null: there was none.');

const counted = {
  pressed: cases.describe('Cases that came to the office: taken, untaken, or closed untaken.'),
  taken: cases.describe('By an officer of any office.'),
  untaken: cases.describe('Nobody has taken it, and it is open.'),
  closedUntaken: cases.describe('Closed before anybody took it, as by the person.'),
};

/** `GET /o/{token}/numbers`: counts without anything about people. Drills are left out. */
export const numbersResponse = z
  .object({
    office: office.pick({ id: true, name: true }),
    since: day,
    until: day,
    speed: z
      .object({ ...counted, within5: cases, within15: cases, within60: cases })
      .describe('Of all cases of the office, of the ministry of all cases: taken within so many minutes.'),
    rows: z
      .array(
        z.object({
          office: office.pick({ id: true, name: true }),
          day,
          ...counted,
          takenHere: cases.describe('By an officer of this office.'),
          secondsUntilTaken: spread,
          secondsUntilRepresentative: spread,
          secondsUntilOffered: spread,
          secondsUntilAccepted: spread,
          secondsUntilContacted: spread,
          unansweredOffers: cases.describe('How often a representative who was asked did not answer in 15 minutes.'),
          dispositions: z.partialRecord(z.enum(dispositions), cases),
        }),
      )
      .describe('The newest day first. The ministry has those of all offices; its own hold every case.'),
  })
  .meta({ id: 'Numbers' });
export type Numbers = z.infer<typeof numbersResponse>;

const columns: readonly (readonly [string, (row: Numbers['rows'][number]) => string | number | null | undefined])[] = [
  ['day', ({ day: on }) => on],
  ['office', ({ office: { id } }) => id],
  ['pressed', ({ pressed }) => pressed],
  ['taken', ({ taken }) => taken],
  ['takenHere', ({ takenHere }) => takenHere],
  ['untaken', ({ untaken }) => untaken],
  ['closedUntaken', ({ closedUntaken }) => closedUntaken],
  ['medianSecondsUntilTaken', ({ secondsUntilTaken: { median } }) => median],
  ['ninetiethSecondsUntilTaken', ({ secondsUntilTaken: { ninetieth } }) => ninetieth],
  ['medianSecondsUntilRepresentative', ({ secondsUntilRepresentative: { median } }) => median],
  ['ninetiethSecondsUntilRepresentative', ({ secondsUntilRepresentative: { ninetieth } }) => ninetieth],
  ...(['Offered', 'Accepted', 'Contacted'] as const).flatMap((step) => {
    const of = (row: Numbers['rows'][number]) => row[`secondsUntil${step}`];
    return [
      [`medianSecondsUntil${step}`, (row: Numbers['rows'][number]) => of(row).median],
      [`ninetiethSecondsUntil${step}`, (row: Numbers['rows'][number]) => of(row).ninetieth],
    ] as const;
  }),
  ['unansweredOffers', ({ unansweredOffers }) => unansweredOffers],
  ...dispositions.map(
    (name) => [name, ({ dispositions: ended }: Numbers['rows'][number]) => ended[name] ?? 0] as const,
  ),
];

/** RFC 4180. Ids, days and numbers alone: nothing needs quotes, and no cell can be a formula. */
export const numbersCsv = ({ rows }: Numbers): string =>
  [columns.map(([name]) => name), ...rows.map((row) => columns.map(([, of]) => String(of(row) ?? '')))]
    .map((cells) => `${cells.join(',')}\r\n`)
    .join('');
