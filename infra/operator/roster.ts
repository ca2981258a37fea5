import { randomUUID } from 'node:crypto';
import { dynamoRoster } from '../../shared/adapters/dynamo-roster.ts';
import { defined } from '../../shared/domain/defined.ts';
import { inParallel } from '../../shared/domain/in-parallel.ts';
import type {
  Representative,
  RosterBook,
  RosterEntry,
  RosterReader,
} from '../../shared/domain/representatives/representative.ts';
import { offices } from './offices.ts';
import { OperatorError } from './operator-error.ts';
import type { RosterRow } from './roster-rows.ts';
import { readOutputs } from './stack-outputs.ts';
import type { Aws } from './target.ts';

/** The rosters of a deployed stack. */
export type Rosters = { readonly book: RosterBook & RosterReader; readonly now: Date };

export const openRosters = async (aws: Aws): Promise<Rosters> => {
  const { table } = await readOutputs(aws);
  return { book: dynamoRoster(aws.dynamoDb, table, () => aws.now), now: aws.now };
};

// Fewer than the SDK's 50 connections.
const atOnce = 20;

/** Everybody, by office and name. @param officeIds all of them unless given */
export const readRosters = async (
  { book }: Rosters,
  officeIds: readonly string[] = offices.map(({ id }) => id),
): Promise<readonly RosterEntry[]> => {
  const found = await inParallel(officeIds, atOnce, async (officeId) => book.ofOffice(officeId));
  return found.flatMap((entries) =>
    entries.toSorted((a, b) => a.representative.name.localeCompare(b.representative.name)),
  );
};

/** @param typed the id, or its first letters. @throws {OperatorError} if nobody has it, or several */
export const findRepresentative = async (rosters: Rosters, typed: string): Promise<Representative> => {
  if (!/^[0-9a-f-]{4,36}$/.test(typed)) {
    throw new OperatorError(`"${typed}" is no id of somebody, nor its first four letters or more.`);
  }
  const found = (await readRosters(rosters)).filter(({ representative }) =>
    representative.representativeId.startsWith(typed),
  );
  const [first, ...others] = found;
  if (!first) throw new OperatorError(`Nobody has the id ${typed}. Ids: npm run representatives -- list`);
  if (others.length > 0) throw new OperatorError(`Several ids begin with ${typed}: give more of its letters.`);
  return first.representative;
};

/** The rows as people of the rosters: whoever is there already, by phone or mailbox, keeps their id. */
export const rowsToRoster = async (
  rosters: Rosters,
  rows: readonly RosterRow[],
): Promise<{ readonly added: readonly Representative[]; readonly changed: readonly Representative[] }> => {
  const officeIds = [...new Set(rows.map(({ office }) => office))];
  const known = (await readRosters(rosters, officeIds)).map(({ representative }) => representative);
  const at = rosters.now.toISOString();
  const added: Representative[] = [];
  const changed: Representative[] = [];
  for (const { office, firm, email, hours, ...row } of rows) {
    const before = known.find(
      (one) => one.officeId === office && (one.phone === row.phone || (email !== undefined && one.email === email)),
    );
    (before ? changed : added).push({
      ...row,
      ...defined({ firm, email, hours, lastOfferedAt: before?.lastOfferedAt }),
      officeId: office,
      representativeId: before?.representativeId ?? randomUUID(),
      state: before?.state ?? 'active',
      addedAt: before?.addedAt ?? at,
      confirmedAt: at,
    });
  }
  return { added, changed };
};
