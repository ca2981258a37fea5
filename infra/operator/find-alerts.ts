import { caseOfListing, dueBuckets, eventRefOf } from '../../shared/adapters/dynamo-keys.ts';
import { inParallel } from '../../shared/domain/in-parallel.ts';
import { dayMs } from '../../shared/domain/limits.ts';
import { canaryFamilyId, indexNames } from '../../shared/names.ts';
import { type AlertRecord, type AlertRef, type FoundAlerts, queryItems, readAlerts } from './alert-items.ts';
import { offices } from './offices.ts';
import { OperatorError } from './operator-error.ts';
import type { Aws } from './target.ts';

type Table = Pick<Aws, 'dynamoDb' | 'now'>;

const everyOffice = offices.map(({ id }) => id);

const keyOf = ({ pk, sk }: Awaited<ReturnType<typeof queryItems>>[number]) => ({ pk: pk?.S ?? '', sk: sk?.S ?? '' });

/** Queries at a time, fewer than the SDK's 50 connections. */
const atOnce = 20;

/** An alert comes up again within the longest step of silence: two days are more than any setting allows. */
const aheadMs = 2 * dayMs;

/**
 * References of every alert that may be open: what the list of an office has, and what the watchman still has to do,
 * where an alert stands that no office could be chosen for. Nothing is scanned. An alert that no office was to hear of
 * (no consular authorisation) is in neither list once its family has been told.
 */
const openRefs = async ({ dynamoDb, now }: Table, table: string): Promise<readonly AlertRef[]> => {
  const ofOffice = async (officeId: string) =>
    queryItems(dynamoDb, {
      TableName: table,
      IndexName: indexNames.office,
      KeyConditionExpression: 'officeId = :office',
      values: { ':office': officeId },
      paths: ['pk', 'sk'],
    });
  const ofBucket = async (bucket: string) =>
    queryItems(dynamoDb, {
      TableName: table,
      IndexName: indexNames.due,
      KeyConditionExpression: 'dueBucket = :bucket AND dueAt <= :until',
      values: { ':bucket': bucket, ':until': now.getTime() + aheadMs },
      paths: ['pk', 'sk'],
    });
  const listed = (await inParallel(everyOffice, atOnce, ofOffice))
    .flat()
    .flatMap((item) => caseOfListing(keyOf(item)) ?? []);
  const due = (await inParallel(dueBuckets, atOnce, ofBucket)).flat().flatMap((item): readonly AlertRef[] => {
    const ref = eventRefOf(keyOf(item));
    return ref?.alertId === undefined || ref.familyId === canaryFamilyId
      ? []
      : [{ familyId: ref.familyId, alertId: ref.alertId }];
  });
  // Each office that was told of a case has it in its list.
  const refs = [...listed, ...due].map((ref) => [`${ref.familyId} ${ref.alertId}`, ref] as const);
  return [...new Map(refs).values()];
};

const readEach = async (aws: Table, table: string, refs: readonly AlertRef[]): Promise<FoundAlerts> => {
  const found = await inParallel(refs, atOnce, async ({ familyId, alertId }) =>
    readAlerts(aws, table, familyId, alertId),
  );
  return {
    records: found.flatMap(({ records }) => records),
    unreadable: found.flatMap(({ unreadable }) => unreadable),
  };
};

/** Every open alert, by office and then oldest first. The indexes may be a moment behind; each alert is read itself. */
export const readOpenAlerts = async (aws: Table, table: string): Promise<FoundAlerts> => {
  const { records, unreadable } = await readEach(aws, table, await openRefs(aws, table));
  const officeOf = ({ alert }: AlertRecord): string => alert.consulate?.id ?? '';
  return {
    unreadable,
    records: records
      .filter(({ alert }) => alert.state !== 'closed' && !alert.joined)
      .sort((a, b) => officeOf(a).localeCompare(officeOf(b)) || a.alert.raisedAt.localeCompare(b.alert.raisedAt)),
  };
};

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

const only = ({ records, unreadable }: FoundAlerts, typed: string): AlertRecord => {
  const [first, ...others] = records;
  const [broken] = unreadable;
  if (broken && others.length === 0) throw new OperatorError(`Not all of alert ${broken.alertId} can be read.`);
  if (first === undefined) throw new OperatorError(`There is no alert ${typed}; or it has been forgotten.`);
  if (others.length === 0) return first;
  const ids = records.map(({ alert }) => `  ${alert.familyId} ${alert.alertId}`);
  throw new OperatorError(`More than one alert begins with ${typed}:\n${ids.join('\n')}`);
};

/**
 * The one alert that is meant, open or closed if the family is named, else among the open ones.
 * @throws OperatorError when there is none, or more than one
 */
export const findAlert = async (aws: Table, table: string, ids: readonly string[]): Promise<AlertRecord> => {
  const [familyId, typed = ''] = ids.length === 1 ? [undefined, ids[0]] : ids.map((id) => id.toLowerCase());
  const prefix = typed.toLowerCase();
  if (!/^[0-9a-f-]{4,36}$/.test(prefix)) {
    throw new OperatorError(`"${typed}" is not the id of an alert, nor its first four letters or more.`);
  }
  if (familyId !== undefined) {
    if (!uuid.test(familyId)) throw new OperatorError(`"${familyId}" is not the id of a family: it is a whole UUID.`);
    return only(await readAlerts(aws, table, familyId, prefix), prefix);
  }
  const refs = (await openRefs(aws, table)).filter(({ alertId }) => alertId.startsWith(prefix));
  if (refs.length === 0) {
    throw new OperatorError(
      `No open alert begins with ${prefix}. Of one that is closed name the family too: npm run alerts -- show <family-id> ${prefix}`,
    );
  }
  return only(await readEach(aws, table, refs), prefix);
};
