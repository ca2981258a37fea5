import {
  CloudFormationClient,
  DescribeStacksCommand,
  GetTemplateCommand,
  ListStackResourcesCommand,
  type StackResourceSummary,
} from '@aws-sdk/client-cloudformation';
import {
  GetFunctionConfigurationCommand,
  InvokeCommand,
  LambdaClient,
  UpdateFunctionConfigurationCommand,
} from '@aws-sdk/client-lambda';
import assert from 'node:assert/strict';
import type { ClientConfig } from '../support/queue-listener.ts';

/** The stack as an operator's tools see it. Functions go by the start of their logical id. */
export const lookAtStack = async (config: ClientConfig, stackName: string) => {
  const cloudFormation = new CloudFormationClient(config);
  const lambda = new LambdaClient(config);

  const resources: StackResourceSummary[] = [];
  let token: string | undefined;
  do {
    const page = await cloudFormation.send(new ListStackResourcesCommand({ StackName: stackName, NextToken: token }));
    resources.push(...(page.StackResourceSummaries ?? []));
    token = page.NextToken;
  } while (token !== undefined);

  const physicalId = (type: string, logicalIdPrefix: string): string => {
    const matching = resources.filter(
      ({ ResourceType, LogicalResourceId }) => ResourceType === type && LogicalResourceId?.startsWith(logicalIdPrefix),
    );
    assert.equal(matching.length, 1, `${matching.length} resources ${type} ${logicalIdPrefix}…`);
    return matching[0]!.PhysicalResourceId!;
  };
  const functionName = (prefix: string): string => physicalId('AWS::Lambda::Function', prefix);
  const configurationOf = async (prefix: string) =>
    lambda.send(new GetFunctionConfigurationCommand({ FunctionName: functionName(prefix) }));

  return {
    resources,
    physicalId,
    roleOf: async (prefix: string): Promise<string> => (await configurationOf(prefix)).Role!,
    giveRole: async (prefix: string, Role: string): Promise<void> => {
      const { FunctionName, Timeout } = await configurationOf(prefix);
      // AWS starts new environments after any update; ministack only after some, the time limit's among them.
      await lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName, Role, Timeout }));
    },
    /** Invokes a function and answers what it returned; throws when it failed. */
    invoke: async (prefix: string, event: object): Promise<unknown> => {
      const Payload = JSON.stringify(event);
      const answer = await lambda.send(new InvokeCommand({ FunctionName: functionName(prefix), Payload }));
      const text = Buffer.from(answer.Payload ?? []).toString('utf8');
      assert.equal(answer.FunctionError, undefined, text);
      return text === '' ? undefined : JSON.parse(text);
    },
    template: async (): Promise<string> => {
      const wanted = new GetTemplateCommand({ StackName: stackName, TemplateStage: 'Original' });
      return (await cloudFormation.send(wanted)).TemplateBody ?? '';
    },
  };
};

/** Whether CloudFormation knows the stack. */
export const stackExists = async (config: ClientConfig, stackName: string): Promise<boolean> => {
  try {
    const { Stacks = [] } = await new CloudFormationClient(config).send(
      new DescribeStacksCommand({ StackName: stackName }),
    );
    return Stacks.some(({ StackStatus }) => StackStatus !== 'DELETE_COMPLETE');
  } catch (error) {
    if (error instanceof Error && /does not exist/.test(error.message)) return false;
    throw error;
  }
};
