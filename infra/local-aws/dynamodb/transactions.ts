import { createHash } from 'node:crypto';
import type { CheckedRequest, Item } from 'dynalite/db/index.js';
import { AwsError } from '../aws-service.ts';
import { itemSizeBytes } from './attribute-value.ts';
import type { Database } from './database.ts';
import { type EngineOperation, prepare, run } from './engine.ts';
import type { TransactGetInput, TransactWriteInput } from './parameters.ts';
import type { Stage } from './stage.ts';

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactWriteItems.html */
const idempotencyMinutes = 10;
const maxTransactionBytes = 4 * 1024 * 1024;

type Action = TransactWriteInput['TransactItems'][number];
type Parameters = Record<string, unknown> & { ReturnValuesOnConditionCheckFailure?: 'ALL_OLD' | 'NONE' | undefined };
type Prepared = { operation: EngineOperation; checkOnly: boolean; parameters: Parameters; request: CheckedRequest };
/** The document AWS answers for an action: `{Code: 'None'}` for one that would have succeeded. */
type Reason = { Code: string; Message?: string; Item?: Item };
type Outcome = { prepared: Prepared; stage: Stage; reason: Reason };

export type Transactions = {
  readonly write: (input: TransactWriteInput) => Promise<Record<string, unknown>>;
  readonly get: (input: TransactGetInput) => Promise<Record<string, unknown>>;
  /** Forgets the client request tokens. */
  readonly clear: () => void;
};

export const createTransactions = (database: Database, now: () => Date): Transactions => {
  const tokens = new Map<string, { fingerprint: string; at: number }>();

  /** Whether this very request succeeded within the last ten minutes. */
  const isRepeated = (token: string, fingerprint: string): boolean => {
    const oldest = now().getTime() - idempotencyMinutes * 60_000;
    for (const [known, { at }] of tokens) {
      if (at < oldest) tokens.delete(known);
    }
    const earlier = tokens.get(token);
    if (earlier && earlier.fingerprint !== fingerprint) {
      throw new AwsError(
        'IdempotentParameterMismatchException',
        'The request uses the same client token as a previous, but non-identical request',
      );
    }
    return earlier !== undefined;
  };

  const attempt = async (prepared: Prepared): Promise<Outcome> => {
    const stage = database.stage(prepared.request);
    try {
      await run(prepared.operation, stage.store, prepared.request);
      return { prepared, stage, reason: { Code: 'None' } };
    } catch (error) {
      return { prepared, stage, reason: reasonFor(error, prepared, stage) };
    }
  };

  return {
    write: async ({ TransactItems: actions, ClientRequestToken: token }) => {
      const prepared = actions.map(prepareAction);
      const fingerprint = createHash('sha256').update(JSON.stringify(actions)).digest('hex');
      return database.exclusive(async () => {
        if (token !== undefined && isRepeated(token, fingerprint)) return {};
        const outcomes: Outcome[] = [];
        for (const action of prepared) outcomes.push(await attempt(action));
        refuseTwoActionsOnOneItem(outcomes);
        refuseIfCancelled(outcomes.map(({ reason }) => reason));
        const writes = outcomes.filter((outcome) => !outcome.prepared.checkOnly).map(({ stage }) => stage);
        refuseTooLarge(writes);
        await database.commit(writes);
        if (token !== undefined) tokens.set(token, { fingerprint, at: now().getTime() });
        return {};
      });
    },
    get: async ({ TransactItems: gets }) => {
      const requests = gets.map(({ Get }) => prepare('GetItem', Get));
      return database.exclusive(async () => {
        const stage = database.stage();
        return { Responses: await Promise.all(requests.map((request) => run('GetItem', stage.store, request))) };
      });
    },
    clear: () => tokens.clear(),
  };
};

const prepareAction = ({ ConditionCheck, Put, Delete, Update }: Action): Prepared => {
  const chosen = [
    Put && { operation: 'PutItem' as const, parameters: Put, checkOnly: false },
    Update && { operation: 'UpdateItem' as const, parameters: Update, checkOnly: false },
    Delete && { operation: 'DeleteItem' as const, parameters: Delete, checkOnly: false },
    // A check is a conditional deletion that is never committed.
    ConditionCheck && { operation: 'DeleteItem' as const, parameters: ConditionCheck, checkOnly: true },
  ].filter((action) => action !== undefined);
  const [action, second] = chosen;
  if (!action || second) {
    throw new AwsError('ValidationException', 'TransactItems can only contain one of Check, Put, Update or Delete');
  }
  return { ...action, request: prepare(action.operation, action.parameters) };
};

/** What belongs to one action becomes its reason; what makes the whole request wrong (no such table) is thrown. */
const reasonFor = (error: unknown, prepared: Prepared, stage: Stage): Reason => {
  if (!(error instanceof AwsError)) throw error;
  if (error.code === 'ConditionalCheckFailedException') {
    const item = oldItem(prepared.parameters.ReturnValuesOnConditionCheckFailure, stage);
    return { Code: 'ConditionalCheckFailed', Message: error.message, ...(item && { Item: item }) };
  }
  if (error.code === 'ValidationException') return { Code: 'ValidationError', Message: error.message };
  throw error;
};

/** The item as a failed condition saw it, if the request asked for it and there was one. */
export const oldItem = (returnValues: unknown, stage: Stage): Item | undefined =>
  returnValues === 'ALL_OLD' ? [...stage.reads.values()][0] : undefined;

const refuseTwoActionsOnOneItem = (outcomes: readonly Outcome[]): void => {
  const keys = outcomes.flatMap(({ stage }) => [...stage.reads.keys()]);
  if (new Set(keys).size < keys.length) {
    throw new AwsError('ValidationException', 'Transaction request cannot include multiple operations on one item');
  }
};

const refuseIfCancelled = (reasons: readonly Reason[]): void => {
  if (reasons.every(({ Code }) => Code === 'None')) return;
  const codes = reasons.map(({ Code }) => Code).join(', ');
  throw new AwsError(
    'TransactionCanceledException',
    `Transaction cancelled, please refer cancellation reasons for specific reasons [${codes}]`,
    { details: { CancellationReasons: reasons } },
  );
};

const refuseTooLarge = (stages: readonly Stage[]): void => {
  const items = stages.flatMap(({ changes }) => changes.map(({ before, after }) => after ?? before ?? {}));
  if (items.reduce((sum, item) => sum + itemSizeBytes(item), 0) > maxTransactionBytes) {
    throw new AwsError('ValidationException', 'The aggregate size of the items in the transaction cannot exceed 4 MB');
  }
};
