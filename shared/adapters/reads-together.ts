import type { AttributeValue, DynamoDBClient, GetItemCommandInput } from '@aws-sdk/client-dynamodb';
import { BatchGetItemCommand, GetItemCommand } from '@aws-sdk/client-dynamodb';

type Item = Record<string, AttributeValue>;
type Answer = { readonly Item?: Item | undefined };
type Asked = { readonly tableName: string; readonly key: Item; readonly answer: Promise<Answer> } & Pick<
  PromiseWithResolvers<Answer>,
  'resolve' | 'reject'
>;

// What one BatchGetItem takes.
const batchSize = 100;

const nameOf = (key: Item): string => `${key['pk']?.S ?? ''} ${key['sk']?.S ?? ''}`;

/** A consistent read of a whole item: the others are asked for by themselves. */
const isWhole = ({ ConsistentRead, ProjectionExpression }: GetItemCommandInput): boolean =>
  ConsistentRead === true && ProjectionExpression === undefined;

/**
 * The client, which makes one call of all reads of one moment: each call has its price and its time. Each read is
 * consistent, as by itself. What DynamoDB leaves unread, because one partition is busy, is asked for alone: nobody waits for
 * another's.
 * https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchGetItem.html
 */
export const readingTogether = (client: DynamoDBClient): DynamoDBClient => {
  const waiting = new Map<string, Asked>();

  const alone = async ({ tableName, key, resolve, reject }: Asked): Promise<void> => {
    try {
      resolve(await client.send(new GetItemCommand({ TableName: tableName, Key: key, ConsistentRead: true })));
    } catch (fault) {
      reject(fault);
    }
  };

  const together = async (tableName: string, asked: readonly Asked[]): Promise<void> => {
    const Keys = asked.map(({ key }) => key);
    try {
      const { Responses, UnprocessedKeys } = await client.send(
        new BatchGetItemCommand({ RequestItems: { [tableName]: { Keys, ConsistentRead: true } } }),
      );
      const found = new Map((Responses?.[tableName] ?? []).map((item) => [nameOf(item), item]));
      const unread = new Set((UnprocessedKeys?.[tableName]?.Keys ?? []).map(nameOf));
      for (const one of asked) {
        const item = found.get(nameOf(one.key));
        if (unread.has(nameOf(one.key))) void alone(one);
        else one.resolve(item ? { Item: item } : {});
      }
    } catch (fault) {
      for (const { reject } of asked) reject(fault);
    }
  };

  const ask = (): void => {
    const byTable = Map.groupBy(waiting.values(), ({ tableName }) => tableName);
    waiting.clear();
    for (const [tableName, asked] of byTable) {
      for (let start = 0; start < asked.length; start += batchSize) {
        const part = asked.slice(start, start + batchSize);
        const [only] = part;
        void (part.length === 1 && only ? alone(only) : together(tableName, part));
      }
    }
  };

  const read = async ({ TableName: tableName = '', Key: key = {} }: GetItemCommandInput): Promise<Answer> => {
    const name = `${tableName} ${nameOf(key)}`;
    const asked = waiting.get(name);
    if (asked) return asked.answer;
    if (waiting.size === 0) setImmediate(ask);
    const { promise, resolve, reject } = Promise.withResolvers<Answer>();
    waiting.set(name, { tableName, key, answer: promise, resolve, reject });
    return promise;
  };

  const send = async (...[command, ...rest]: Parameters<DynamoDBClient['send']>): Promise<unknown> =>
    command instanceof GetItemCommand && isWhole(command.input) ? read(command.input) : client.send(command, ...rest);

  return new Proxy(client, {
    get: (target, name, receiver): unknown => (name === 'send' ? send : Reflect.get(target, name, receiver)),
  });
};
