import { unmarshall } from '@aws-sdk/util-dynamodb';
import { numbersKey } from '../../shared/adapters/dynamo-keys.ts';
import { isDay } from '../../shared/domain/clock.ts';
import { dayMs } from '../../shared/domain/limits.ts';
import { type CaseNumbers, caseNumbersSchema, dayIn } from '../../shared/domain/numbers/case-numbers.ts';
import { type DayRow, type Range, type Spread, dayRows, monthsOf } from '../../shared/domain/numbers/summary.ts';
import { dispositions } from '../../shared/domain/vocabulary.ts';
import { readAs } from '../../shared/domain/shape.ts';
import { deskTimeZone } from '../../shared/words/local-time.ts';
import { writeMinutes } from './alert-facts.ts';
import { queryItems } from './alert-items.ts';
import type { Outcome } from './command-line.ts';
import { OperatorError } from './operator-error.ts';
import type { Aws } from './target.ts';
import { textTable } from './text-table.ts';

/** From a day that was typed, or so many days ago, until today by the clock of the ministry's desk. @throws OperatorError */
export const rangeFrom = (typed: string | undefined, now: Date, days: number): Range => {
  const until = dayIn(now, deskTimeZone);
  if (typed === undefined) return { since: dayIn(new Date(now.getTime() - days * dayMs), deskTimeZone), until };
  if (!isDay(typed) || typed > until) throw new OperatorError(`"${typed}" is no day up to today: it is like ${until}.`);
  return { since: typed, until };
};

const readMonth = async ({ dynamoDb }: Pick<Aws, 'dynamoDb'>, table: string, month: string): Promise<CaseNumbers[]> => {
  const items = await queryItems(dynamoDb, {
    TableName: table,
    KeyConditionExpression: 'pk = :pk',
    ConsistentRead: true,
    values: { ':pk': numbersKey(month, '').pk },
    paths: Object.keys(caseNumbersSchema.entries),
  });
  return items.map((item) => readAs(caseNumbersSchema, unmarshall(item)));
};

const waited = (seconds: number | null): string => {
  if (seconds === null) return '-';
  return seconds < 60 ? `${seconds} s` : writeMinutes(Math.round(seconds / 60));
};

const spread = ({ median, ninetieth }: Spread): string =>
  median === null ? '-' : `${waited(median)} / ${waited(ninetieth)}`;

const ended = ({ dispositions: counts }: DayRow): string =>
  dispositions.flatMap((name) => (counts[name] === undefined ? [] : [`${name} ${counts[name]}`])).join(', ') || '-';

/** What `numbers` says: of one office, or of all, `ministry` first each day, whose row has every case. */
export const countCases = async (aws: Aws, table: string, office: string, range: Range): Promise<Outcome> => {
  const months = await Promise.all(monthsOf(range).map(async (month) => readMonth(aws, table, month)));
  const rows = dayRows(months.flat(), office, range);
  const heads = [
    'DAY',
    'OFFICE',
    'CASES',
    'TAKEN',
    'HERE',
    'UNTAKEN',
    'CLOSED UNTAKEN',
    'UNTIL TAKEN',
    'UNTIL LAWYER',
    'UNTIL OFFERED',
    'UNTIL ACCEPTED',
    'UNTIL CONTACT',
    'NO ANSWER',
    'ENDED',
  ];
  const lines = rows.map((row) => [
    row.day,
    row.office,
    ...[row.pressed, row.taken, row.takenHere, row.untaken, row.closedUntaken].map(String),
    spread(row.untilTaken),
    spread(row.untilRepresentative),
    spread(row.untilOffered),
    spread(row.untilAccepted),
    spread(row.untilContacted),
    String(row.unansweredOffers),
    ended(row),
  ]);
  const text =
    rows.length === 0
      ? `No case came from ${range.since} to ${range.until}.`
      : `${textTable([heads, ...lines])}\n\nTimes: what half of the cases, and 9 in 10, waited at most. Drills are left out.`;
  return { exitCode: 0, text, json: { ...range, rows } };
};
