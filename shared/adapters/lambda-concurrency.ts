import {
  DeleteFunctionConcurrencyCommand,
  GetAccountSettingsCommand,
  GetFunctionConcurrencyCommand,
  LambdaClient,
  PutFunctionConcurrencyCommand,
} from '@aws-sdk/client-lambda';

/** Lambda's account and functions, as far as this needs them. */
export type Concurrency = {
  /** `limit` of the account, and how many of it are reserved for no function. */
  readonly account: () => Promise<{ readonly limit: number; readonly unreserved: number }>;
  /** How many are kept for a function; 0 if none. */
  readonly of: (functionName: string) => Promise<number>;
  readonly keep: (functionName: string, executions: number) => Promise<void>;
  readonly release: (functionName: string) => Promise<void>;
};

/** Reserved executions of Lambda functions: https://docs.aws.amazon.com/lambda/latest/dg/configuration-concurrency.html */
export const lambdaConcurrency = (client: Pick<LambdaClient, 'send'> = new LambdaClient()): Concurrency => ({
  account: async () => {
    const { AccountLimit } = await client.send(new GetAccountSettingsCommand({}));
    return {
      limit: AccountLimit?.ConcurrentExecutions ?? 0,
      unreserved: AccountLimit?.UnreservedConcurrentExecutions ?? 0,
    };
  },
  of: async (FunctionName) => {
    const { ReservedConcurrentExecutions = 0 } = await client.send(new GetFunctionConcurrencyCommand({ FunctionName }));
    return ReservedConcurrentExecutions;
  },
  keep: async (FunctionName, ReservedConcurrentExecutions) => {
    await client.send(new PutFunctionConcurrencyCommand({ FunctionName, ReservedConcurrentExecutions }));
  },
  release: async (FunctionName) => {
    await client.send(new DeleteFunctionConcurrencyCommand({ FunctionName }));
  },
});
