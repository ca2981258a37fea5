import { marshall } from '@aws-sdk/util-dynamodb';
import { serviceOf } from '../../infra/local-aws/aws-input.ts';
import type { AwsService } from '../../infra/local-aws/aws-service.ts';
import type { Json } from './local-stack.ts';

type Plain = Record<string, unknown> & { readonly pk: string; readonly sk: string };

/** One key condition, `name = :value`, `name <= :value` or `begins_with(name, :value)`, on a plain item. */
const fits = (condition: string, item: Plain, values: Record<string, unknown>): boolean => {
  const [, prefixed, ofPrefix] = /^begins_with\((\w+), (:\w+)\)$/.exec(condition) ?? [];
  if (prefixed !== undefined) return String(item[prefixed]).startsWith(String(values[ofPrefix!]));
  const [, name, operator, placeholder] = /^(\w+) (=|<=) (:\w+)$/.exec(condition) ?? [];
  const [actual, wanted] = [item[name!], values[placeholder!]];
  if (operator === '=') return actual === wanted;
  return Number(actual) <= Number(wanted);
};

const plainValues = (marshalled: Record<string, { S?: string; N?: string }>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(marshalled).map(([name, { S, N }]) => [name, S ?? Number(N)]));

/** The value at a path of an item, put where the path says. */
const project = (item: Plain, paths: readonly (readonly string[])[]): Record<string, unknown> => {
  const shown: Json = {};
  for (const path of paths) {
    let from: Json = item;
    for (const part of path) from = from?.[part];
    if (from === undefined) continue;
    let to: Json = shown;
    for (const part of path.slice(0, -1)) to = to[part] ??= {};
    to[path.at(-1)!] = from;
  }
  return shown;
};

/**
 * A table that can be queried by keys and by the indexes `due` and `office`, two items a page, and that shows what the
 * projection names and nothing else. Not the emulator: the integration test uses that.
 */
export const createQueryTable = () => {
  const items: Plain[] = [];
  const service: AwsService = serviceOf('DynamoDB', {
    Scan: async (input: Json) => {
      const values = plainValues(input['ExpressionAttributeValues']);
      const names = input['ExpressionAttributeNames'] as Record<string, string>;
      const isFound = (item: Plain): boolean =>
        String(input['FilterExpression'])
          .split(' AND ')
          .every((condition) => {
            const [, name = '', operator, placeholder = ''] = /^(#\w+) (=|>=) (:\w+)$/.exec(condition) ?? [];
            const [actual, wanted] = [item[names[name]!], values[placeholder]];
            return operator === '=' ? actual === wanted : typeof actual === 'string' && actual >= String(wanted);
          });
      const paths = String(input['ProjectionExpression'])
        .split(', ')
        .map((path) => path.split('.').map((part) => names[part]!));
      const found = items.filter(isFound).map((item) => project(item, paths));
      return { Items: found.map((item) => marshall(item, { removeUndefinedValues: true })) };
    },
    Query: async (input: Json) => {
      const values = plainValues(input['ExpressionAttributeValues']);
      const conditions = String(input['KeyConditionExpression']).split(' AND ');
      const found = items.filter((item) => conditions.every((condition) => fits(condition, item, values)));
      const names = input['ExpressionAttributeNames'] as Record<string, string>;
      const paths = String(input['ProjectionExpression'])
        .split(', ')
        .map((path) => path.split('.').map((part) => names[part]!));
      const start = Number(input['ExclusiveStartKey']?.offset?.N ?? 0);
      const page = found.slice(start, start + 2);
      return {
        Items: page.map((item) => marshall(project(item, paths), { removeUndefinedValues: true })),
        ...(start + 2 < found.length && { LastEvaluatedKey: { offset: { N: String(start + 2) } } }),
      };
    },
  });
  return { service, put: (...added: Plain[]) => items.push(...added) };
};
