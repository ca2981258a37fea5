import * as z from 'zod';
import type { Outcome } from './command-line.ts';
import { invokeFunction } from './invoke-function.ts';
import type { Office } from './offices.ts';
import { OperatorError } from './operator-error.ts';
import { readOutputs } from './stack-outputs.ts';
import { readSubscriptions } from './subscriptions.ts';
import type { Aws } from './target.ts';
import { audienceOf } from './test-offices.ts';
import { textTable } from './text-table.ts';

/** As the function answers. */
const answer = z.object({
  drills: z.array(
    z.object({
      office: z.string(),
      outcome: z.enum(['raised', 'outside-hours', 'no-such-office', 'failed']),
      alertId: z.string().optional(),
    }),
  ),
});

/** `nobody`: nobody is confirmed there. `phones-only`: and they are left out of drills. */
type Status = z.infer<typeof answer>['drills'][number]['outcome'] | 'nobody' | 'phones-only';
type Result = { readonly id: string; readonly status: Status; readonly alertId: string | null };

/** Has the stack's function raise them: an operator writes no case. */
const raise = async (aws: Aws, ids: readonly string[], pagesPhones: boolean): Promise<readonly Result[]> => {
  if (ids.length === 0) return [];
  const { drillFunction } = await readOutputs(aws);
  const payload = { drill: ids, pagesPhones };
  const { drills } = await invokeFunction(aws, drillFunction, { payload, answer, runbook: 'send-drill' });
  return drills.map(({ office, outcome, alertId = null }) => ({ id: office, status: outcome, alertId }));
};

const said: Readonly<Record<Status, string>> = {
  raised: 'has a case to take',
  nobody: 'NOBODY: no confirmed subscriber',
  'phones-only': 'NOBODY: phones only, and drills leave them out without --with-phones',
  'outside-hours': 'NOT NOW: phones are paged Monday to Friday from 9 to 18 by the clock of the office',
  'no-such-office': 'FAILED: the deployed stack does not know it',
  failed: 'FAILED: the function’s log says why',
};

/** Only an office that gets alerts has to take one. */
const refuseClosed = (offices: readonly Office[]): void => {
  const closed = offices.find(({ required }) => !required);
  if (closed) throw new OperatorError(`${closed.id} is closed: no alert goes there.`);
};

/**
 * Raises a drill at each office: a case that somebody there must take on its page, as they would a real one. Exit code 1
 * while somebody cannot be drilled.
 */
export const drillOffices = async (aws: Aws, offices: readonly Office[], withPhones: boolean): Promise<Outcome> => {
  refuseClosed(offices);
  const unheard: Result[] = [];
  const reached: string[] = [];
  for (const { office, subscriptions } of await readSubscriptions(aws, offices)) {
    const { hearing, leftOut } = await audienceOf(aws.sns, office, subscriptions ?? []);
    if (hearing.length > 0 || (withPhones && leftOut.length > 0)) reached.push(office.id);
    else unheard.push({ id: office.id, status: leftOut.length > 0 ? 'phones-only' : 'nobody', alertId: null });
  }
  const results = [...(await raise(aws, reached, withPhones)), ...unheard];
  const failed = results.some(({ status }) => status === 'failed' || status === 'no-such-office');
  return {
    exitCode: failed ? 2 : results.every(({ status }) => status === 'raised') ? 0 : 1,
    text: [
      textTable([
        ['OFFICE', 'DRILL', 'ALERT'],
        ...results.map(({ id, status, alertId }) => [id, said[status], alertId?.slice(0, 8) ?? '-']),
      ]),
      '',
      'A drill ends by itself after an hour. Who has taken theirs: npm run consulate -- drills',
    ].join('\n'),
    json: { drills: results },
  };
};
