import { drillFamilyId } from '../../shared/names.ts';
import { dayMs, officeDrillEveryMs } from '../../shared/domain/limits.ts';
import { type SeenAlert, readAlerts } from './alert-items.ts';
import type { Outcome } from './command-line.ts';
import { offices } from './offices.ts';
import { readOutputs } from './stack-outputs.ts';
import type { Aws } from './target.ts';
import { textTable } from './text-table.ts';

/** The last drill of an office, and the last that somebody there took. */
type OfficeDrills = {
  readonly id: string;
  readonly last: SeenAlert | undefined;
  readonly taken: SeenAlert | undefined;
  /** Nobody there has taken one for longer than an office may go without. */
  readonly lacking: boolean;
};

export const drillEveryDays = officeDrillEveryMs / dayMs;

const officeOf = ({ raisedTo }: SeenAlert): string => raisedTo?.id ?? 'ministry';

/** Of each open office and the ministry, from the drills that the table still has. */
export const readDrills = async (
  aws: Pick<Aws, 'dynamoDb' | 'cloudFormation' | 'place' | 'now'>,
): Promise<readonly OfficeDrills[]> => {
  const { table } = await readOutputs(aws);
  const { records } = await readAlerts(aws, table, drillFamilyId, '');
  const newestFirst = records.map(({ alert }) => alert).toSorted((a, b) => b.raisedAt.localeCompare(a.raisedAt));
  const ofOffice = Map.groupBy(newestFirst, officeOf);
  return offices
    .filter(({ required }) => required)
    .map(({ id }) => {
      const [last, ...before] = ofOffice.get(id) ?? [];
      const taken = [last, ...before].find((drill) => drill?.acknowledgedAt !== undefined);
      const lacking = !taken || aws.now.getTime() - Date.parse(taken.raisedAt) > officeDrillEveryMs;
      return { id, last, taken, lacking };
    });
};

const secondsToTake = (drill: SeenAlert | undefined): number | null =>
  drill?.acknowledgedAt === undefined
    ? null
    : Math.round((Date.parse(drill.acknowledgedAt) - Date.parse(drill.raisedAt)) / 1000);

const became = ({ last }: OfficeDrills, now: Date): string => {
  if (!last) return 'NEVER';
  const seconds = secondsToTake(last);
  if (seconds !== null)
    return seconds < 120 ? `taken after ${seconds} s` : `taken after ${Math.round(seconds / 60)} min`;
  return last.state === 'closed'
    ? 'NOT TAKEN'
    : `waits for ${Math.round((now.getTime() - Date.parse(last.raisedAt)) / 60_000)} min`;
};

/** Exit code 1 while an office, or the ministry, has taken no drill in the days that it may go without. */
export const reportDrills = async (aws: Aws): Promise<Outcome> => {
  const rows = await readDrills(aws);
  const lacking = rows.filter((row) => row.lacking).map(({ id }) => id);
  const day = (drill: SeenAlert | undefined): string => drill?.raisedAt.slice(0, 16).replace('T', ' ') ?? '-';
  return {
    exitCode: lacking.length === 0 ? 0 : 1,
    text: [
      textTable([
        ['OFFICE', 'LAST DRILL (UTC)', 'BECAME OF IT', 'LAST TAKEN (UTC)'],
        ...rows.map((row) => [row.id, day(row.last), became(row, aws.now), day(row.taken)]),
      ]),
      '',
      lacking.length === 0
        ? `Every open office and the ministry have taken a drill in the last ${drillEveryDays} days.`
        : `No drill was taken in the last ${drillEveryDays} days at ${lacking.length} of ${rows.length}: ${lacking.join(', ')}`,
    ].join('\n'),
    json: rows.map(({ id, last, taken, lacking: isLacking }) => ({
      id,
      lastAt: last?.raisedAt ?? null,
      lastTakenAfterSeconds: secondsToTake(last),
      takenAt: taken?.raisedAt ?? null,
      lacking: isLacking,
    })),
  };
};
