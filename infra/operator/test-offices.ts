import { AuthorizationErrorException, GetSubscriptionAttributesCommand } from '@aws-sdk/client-sns';
import * as z from 'zod';
import type { Outcome } from './command-line.ts';
import { invokeFunction } from './invoke-function.ts';
import type { Office } from './offices.ts';
import { readOutputs } from './stack-outputs.ts';
import { perProtocol } from './subscription-report.ts';
import { type Subscription, readSubscriptions } from './subscriptions.ts';
import type { Aws } from './target.ts';
import { textTable } from './text-table.ts';

/** An office with its confirmed subscriptions, by whether a drill goes there. */
type Audience = {
  readonly office: Office;
  readonly hearing: readonly Subscription[];
  readonly leftOut: readonly Subscription[];
};

/** `phones-only`: everybody there is left out of drills. `failed`: SNS did not take the message. */
type Result = Audience & { readonly status: 'sent' | 'nobody' | 'phones-only' | 'failed' };

const drillFilter = z.object({ drill: z.array(z.unknown()) });

/** Whether a filter policy keeps drills away; one that says nothing of drills does not. */
const keepsDrillsAway = (filterPolicy: string | undefined): boolean => {
  if (filterPolicy === undefined) return false;
  const parsed = drillFilter.safeParse(JSON.parse(filterPolicy));
  return parsed.success && !parsed.data.drill.includes('true');
};

const isLeftOut = async (sns: Aws['sns'], { arn }: Subscription): Promise<boolean> => {
  try {
    const { Attributes } = await sns.send(new GetSubscriptionAttributesCommand({ SubscriptionArn: arn }));
    return keepsDrillsAway(Attributes?.['FilterPolicy']);
  } catch (fault) {
    // A subscription that another account made shows its attributes to nobody else.
    if (fault instanceof AuthorizationErrorException) return false;
    throw fault;
  }
};

export const audienceOf = async (
  sns: Aws['sns'],
  office: Office,
  subscriptions: readonly Subscription[],
): Promise<Audience> => {
  const confirmed = subscriptions.filter((subscription) => subscription.confirmed);
  const marked = await Promise.all(
    confirmed.map(async (subscription) => ({ subscription, leftOut: await isLeftOut(sns, subscription) })),
  );
  return {
    office,
    hearing: marked.flatMap(({ subscription, leftOut }) => (leftOut ? [] : [subscription])),
    leftOut: marked.flatMap(({ subscription, leftOut }) => (leftOut ? [subscription] : [])),
  };
};

const answer = z.object({ sent: z.array(z.object({ office: z.string(), outcome: z.string() })) });

/** Has the stack's function publish: the topics let nobody else. @returns ids of the offices whose message SNS took */
const send = async (aws: Aws, ids: readonly string[]): Promise<ReadonlySet<string>> => {
  if (ids.length === 0) return new Set();
  const { drillFunction } = await readOutputs(aws);
  const { sent } = await invokeFunction(aws, drillFunction, {
    payload: { offices: ids },
    answer,
    runbook: 'send-drill',
  });
  return new Set(sent.filter(({ outcome }) => outcome === 'accepted').map(({ office }) => office));
};

const cellsOf = ({ office, status, hearing, leftOut }: Result): string[] => {
  const confirmed = hearing.length + leftOut.length;
  const told = {
    sent: `${hearing.length} of ${confirmed} confirmed (${perProtocol(hearing)})`,
    nobody: 'NOBODY: no confirmed subscriber',
    'phones-only': `NOBODY: 0 of ${confirmed} confirmed`,
    failed: 'FAILED: SNS did not take the message',
  }[status];
  return [office.id, told, leftOut.length === 0 ? '-' : `${perProtocol(leftOut)}: no drills`];
};

const pagedPhones = (results: readonly Result[]): string[] =>
  results
    .filter(({ status, hearing }) => status === 'sent' && hearing.some(({ protocol }) => protocol === 'sms'))
    .map(({ office }) => office.id);

const asText = (results: readonly Result[]): string => {
  const sent = results.filter(({ status }) => status === 'sent');
  const phones = pagedPhones(results);
  return [
    textTable([['OFFICE', 'SENT TO', 'LEFT OUT'], ...results.map(cellsOf)]),
    '',
    sent.length === 0
      ? 'Nothing was sent.'
      : `A test marked SIMULACRO went to ${sent.length} of ${results.length}. SNS has taken it: ask them whether it has come.`,
    ...(phones.length === 0
      ? []
      : [
          `Drills page phones at ${phones.join(', ')}: they were subscribed without the filter. Remove and subscribe them ` +
            'again with npm run consulate.',
        ]),
  ].join('\n');
};

/**
 * Sends each office a message marked as a drill, and says to how many it went. Exit code 1 while somebody cannot be
 * tried: nobody is confirmed there, or phones only.
 */
export const testOffices = async (aws: Aws, offices: readonly Office[]): Promise<Outcome> => {
  const audiences: Audience[] = [];
  for (const { office, subscriptions } of await readSubscriptions(aws, offices)) {
    audiences.push(await audienceOf(aws.sns, office, subscriptions ?? []));
  }
  const reachable = audiences.filter(({ hearing }) => hearing.length > 0).map(({ office }) => office.id);
  const taken = await send(aws, reachable);
  const results = audiences.map((audience): Result => {
    const { office, hearing, leftOut } = audience;
    if (hearing.length === 0) return { ...audience, status: leftOut.length === 0 ? 'nobody' : 'phones-only' };
    return { ...audience, status: taken.has(office.id) ? 'sent' : 'failed' };
  });
  const has = (status: Result['status']): boolean => results.some((result) => result.status === status);
  return {
    exitCode: has('failed') ? 2 : has('nobody') || has('phones-only') ? 1 : 0,
    text: asText(results),
    json: {
      drill: true,
      offices: results.map(({ office, status, hearing, leftOut }) => ({
        id: office.id,
        status,
        confirmed: hearing.length + leftOut.length,
        sentTo: status === 'sent' ? hearing.length : 0,
        leftOut: leftOut.length,
      })),
    },
  };
};
