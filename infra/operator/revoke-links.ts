import * as z from 'zod';
import { indexNames } from '../../shared/names.ts';
import { queryItems } from './alert-items.ts';
import type { Outcome } from './command-line.ts';
import { invokeFunction } from './invoke-function.ts';
import type { Office } from './offices.ts';
import { OperatorError } from './operator-error.ts';
import { readOutputs } from './stack-outputs.ts';
import type { Aws } from './target.ts';

const answer = z.object({ endedAt: z.iso.datetime() });

/** Has the stack's function end them, by the clock by which links are made. */
const endLinks = async (aws: Aws, functionName: string | undefined, officeId: string): Promise<string> => {
  if (functionName === undefined) {
    throw new OperatorError('The deployed stack is older than this command: deploy it again (npm run deploy).');
  }
  const payload = { endLinksOf: officeId };
  return (await invokeFunction(aws, functionName, { payload, answer, runbook: 'subscribe-office' })).endedAt;
};

const told = (office: Office, endedAt: string, openCases: number): string =>
  [
    `Links that ${office.id} was sent until ${endedAt.slice(0, 16).replace('T', ' ')} UTC open nothing any more. The next`,
    'message brings a new one. Who still gets messages there: npm run consulate -- list',
    ...(openCases === 0
      ? []
      : [
          `${openCases === 1 ? 'One case is' : `${openCases} cases are`} open in its list, and nobody there can open ` +
            `${openCases === 1 ? 'it' : 'them'} before the next message: call the office.`,
          'What nobody has taken is told again within two hours, what was taken by its attentionMinutes.',
        ]),
  ].join('\n');

/**
 * Ends every link that an office, or the ministry, was sent until now: people have left it. Exit code 1 while cases are open
 * there, as whoever stays has no link to them until the next message.
 */
export const revokeLinks = async (aws: Aws, office: Office): Promise<Outcome> => {
  const { table, subscribeFunction } = await readOutputs(aws);
  const endedAt = await endLinks(aws, subscribeFunction, office.id);
  const open = await queryItems(aws.dynamoDb, {
    TableName: table,
    IndexName: indexNames.office,
    KeyConditionExpression: 'officeId = :office',
    values: { ':office': office.id },
    paths: ['pk', 'sk'],
  });
  return {
    exitCode: open.length === 0 ? 0 : 1,
    text: told(office, endedAt, open.length),
    json: { office: office.id, endedAt, openCases: open.length },
  };
};
