import * as z from 'zod';
import { customResource } from '../../shared/runtime/custom-resource.ts';
import { shareOut, sumOf } from './share-out.ts';

const propertiesSchema = z.object({
  Wishes: z.array(z.object({ functionName: z.string(), executions: z.coerce.number().int().positive() })),
});

/** Lambda's account and functions, as far as this needs them. */
export type Concurrency = {
  /** `limit` of the account, and how many of it are reserved for no function. */
  readonly account: () => Promise<{ readonly limit: number; readonly unreserved: number }>;
  /** How many are kept for a function; 0 if none. */
  readonly of: (functionName: string) => Promise<number>;
  readonly keep: (functionName: string, executions: number) => Promise<void>;
  readonly release: (functionName: string) => Promise<void>;
};

type Deps = {
  readonly concurrency: Concurrency;
  readonly answer: (url: string, body: Record<string, unknown>) => Promise<void>;
};

const whatToAsk =
  'Ask AWS for 1,000 "Concurrent executions" (Service Quotas, AWS Lambda), then deploy with reservedConcurrency.';

/** @returns what is kept, in words, and what to ask AWS for where it is less than wished */
const reserve = async (concurrency: Concurrency, properties: unknown): Promise<string> => {
  const { Wishes } = propertiesSchema.parse(properties);
  const { limit, unreserved } = await concurrency.account();
  const held = await Promise.all(
    Wishes.map(async ({ functionName }) => ({ functionName, executions: await concurrency.of(functionName) })),
  );
  const free = unreserved + sumOf(held);
  const shares = shareOut(free, Wishes);
  // What is too much is given back first: else a step could ask for more than there is between two states that both fit.
  for (const { functionName, executions } of held) {
    const share = shares?.find((one) => one.functionName === functionName)?.executions ?? 0;
    if (executions > share) await concurrency.release(functionName);
  }
  if (!shares) return `Nothing is kept for any function: the account runs ${limit} at once. ${whatToAsk}`;
  for (const { functionName, executions } of shares) await concurrency.keep(functionName, executions);
  const [kept, wished] = [sumOf(shares), sumOf(Wishes)];
  const said = `${kept} of the account's ${limit} are kept for the press, for who tells people, and for the case pages.`;
  return kept === wished ? said : `${said} ${wished} would be better. ${whatToAsk}`;
};

/**
 * The custom resource that keeps executions for the functions on which people depend. It never stops a deploy: where
 * nothing can be kept, its attribute `Summary` says what to ask AWS for.
 */
export const createHandler = ({ concurrency, answer }: Deps) =>
  customResource({
    physicalId: 'reserved-concurrency',
    make: async (properties) => ({ Summary: await reserve(concurrency, properties) }),
    whenFailed: (fault) => ({
      Status: 'SUCCESS',
      Data: { Summary: `Nothing could be kept: ${fault instanceof Error ? fault.name : 'a fault'}. ${whatToAsk}` },
    }),
    answer,
  });
