import {
  DeleteFunctionConcurrencyCommand,
  GetAccountSettingsCommand,
  GetFunctionConcurrencyCommand,
  LambdaClient,
  PutFunctionConcurrencyCommand,
} from '@aws-sdk/client-lambda';

/** Reserved executions of Lambda functions: https://docs.aws.amazon.com/lambda/latest/dg/configuration-concurrency.html */
export const lambdaConcurrency = (client: Pick<LambdaClient, 'send'> = new LambdaClient()) => ({
  account: async () => {
    const { AccountLimit } = await client.send(new GetAccountSettingsCommand({}));
    return {
      limit: AccountLimit?.ConcurrentExecutions ?? 0,
      unreserved: AccountLimit?.UnreservedConcurrentExecutions ?? 0,
    };
  },
  of: async (FunctionName: string): Promise<number> => {
    const { ReservedConcurrentExecutions = 0 } = await client.send(new GetFunctionConcurrencyCommand({ FunctionName }));
    return ReservedConcurrentExecutions;
  },
  keep: async (FunctionName: string, ReservedConcurrentExecutions: number): Promise<void> => {
    await client.send(new PutFunctionConcurrencyCommand({ FunctionName, ReservedConcurrentExecutions }));
  },
  release: async (FunctionName: string): Promise<void> => {
    await client.send(new DeleteFunctionConcurrencyCommand({ FunctionName }));
  },
});
