import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import { parseJson } from '../json.ts';
import { rateMinutes } from '../schedules/rate.ts';
import { physicalName } from '../template/names.ts';
import { inert, resourceType } from './resource-type.ts';

/** `AWS::Events::Rule` on a schedule. */
export const rule = resourceType(
  z.strictObject({
    Name: z.string().optional(),
    ScheduleExpression: z.string(),
    State: z.enum(['ENABLED', 'DISABLED']).default('ENABLED'),
    Targets: z.array(
      z.strictObject({
        Arn: z.string(),
        Id: z.string(),
        Input: z.string().optional(),
        // Handing an event to a local function does not fail; what the function makes of it is not the rule's affair.
        RetryPolicy: inert,
      }),
    ),
    Description: inert,
    Tags: inert,
  }),
  (given, { logicalId }, { region, account, stackName, functions, schedules }) => {
    const name = given.Name ?? physicalName(stackName, logicalId);
    const arn = `arn:aws:events:${region}:${account}:rule/${name}`;
    const everyMinutes = rateMinutes(given.ScheduleExpression);
    for (const { Arn, Input } of given.State === 'ENABLED' ? given.Targets : []) {
      schedules.add({
        name: logicalId,
        everyMinutes,
        target: () => (functions.isPermitted(Arn, 'events.amazonaws.com', arn) ? functions.find(Arn) : undefined),
        event: (at) => (Input === undefined ? scheduledEvent({ arn, region, account, at }) : parseJson(Input)),
      });
    }
    return { ref: name, attributes: { Arn: arn } };
  },
);

/** https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-run-lambda-schedule.html */
const scheduledEvent = (fired: {
  readonly arn: string;
  readonly region: string;
  readonly account: string;
  readonly at: Date;
}): unknown => ({
  version: '0',
  id: randomUUID(),
  'detail-type': 'Scheduled Event',
  source: 'aws.events',
  account: fired.account,
  time: `${fired.at.toISOString().slice(0, 19)}Z`,
  region: fired.region,
  resources: [fired.arn],
  detail: {},
});
