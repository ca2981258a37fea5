import { DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import * as z from 'zod';
import { outputNames, stackName } from '../../shared/names.ts';
import { ministryDesk } from '../../shared/data/consulates.ts';
import { defined } from '../../shared/domain/defined.ts';
import type { Desk } from '../../shared/domain/offices/consulate.ts';
import { OperatorError } from './operator-error.ts';
import type { Aws } from './target.ts';

const outputs = z.object({
  [outputNames.table]: z.string(),
  [outputNames.drillFunction]: z.string(),
  [outputNames.subscribeFunction]: z.string().optional(),
  [outputNames.escalationMinutes]: z
    .string()
    .regex(/^\d+,\d+$/)
    .transform((text) => text.split(',').map(Number)),
  [outputNames.desk]: z
    .string()
    .transform((text): Desk => {
      const [phone = '', ...name] = text.split(' ');
      return { name: name.join(' '), phone };
    })
    .default({ name: ministryDesk.name, phone: ministryDesk.phone }),
});

/** What the commands need to know of the deployed stack. */
export type StackOutputs = {
  readonly table: string;
  /** Name of the function that sends drills to offices. */
  readonly drillFunction: string;
  /** Name of the function that subscribes to offices; absent from older stacks. */
  readonly subscribeFunction?: string;
  /** Minutes of silence until the next office, and after so many more until the ministry is told. */
  readonly escalationMinutes: readonly number[];
  /** Whom people are given to call at any hour. */
  readonly desk: Desk;
};

/** @throws OperatorError when there is no stack, or it is of a version without these outputs */
export const readOutputs = async ({
  cloudFormation,
  place,
}: Pick<Aws, 'cloudFormation' | 'place'>): Promise<StackOutputs> => {
  const { Stacks: [stack] = [] } = await cloudFormation
    .send(new DescribeStacksCommand({ StackName: stackName }))
    .catch((fault: unknown) => {
      if (!(fault instanceof Error) || !fault.message.endsWith('does not exist')) throw fault;
      throw new OperatorError(
        `There is no stack ${stackName} in this account in ${place}. Deploy it there, or give its --region.`,
        { cause: fault },
      );
    });
  const found = outputs.safeParse(
    Object.fromEntries((stack?.Outputs ?? []).map(({ OutputKey = '', OutputValue }) => [OutputKey, OutputValue])),
  );
  if (!found.success) {
    throw new OperatorError('The deployed stack is older than this command: deploy it again (npm run deploy).');
  }
  return {
    table: found.data[outputNames.table],
    drillFunction: found.data[outputNames.drillFunction],
    ...defined({ subscribeFunction: found.data[outputNames.subscribeFunction] }),
    escalationMinutes: found.data[outputNames.escalationMinutes],
    desk: found.data[outputNames.desk],
  };
};
