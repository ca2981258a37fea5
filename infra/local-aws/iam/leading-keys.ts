import { isObject, stringAt, type JsonObject } from '../json.ts';

const objectsIn = (value: unknown): readonly JsonObject[] => (Array.isArray(value) ? value.filter(isObject) : []);

const membersOf = (value: unknown): readonly JsonObject[] =>
  isObject(value) ? Object.values(value).filter(isObject) : [];

/** `#n = :v` of the key condition in which the name stands for the partition key. */
const valueOfQuery = (input: JsonObject, partitionKey: string): unknown => {
  const { ExpressionAttributeNames: names = {}, ExpressionAttributeValues: values = {} } = input;
  const nameOf = (word: string): string => (isObject(names) ? (stringAt(names, word) ?? word) : word);
  for (const [, name = '', value = ''] of (stringAt(input, 'KeyConditionExpression') ?? '').matchAll(
    /(#?[\w]+)\s*=\s*(:\w+)/g,
  )) {
    if (nameOf(name) === partitionKey && isObject(values)) return values[value];
  }
  return undefined;
};

/** Every item, or key of one, that a call names. */
const itemsOf = (input: JsonObject): readonly JsonObject[] => {
  const { RequestItems: batch, TransactItems: transaction } = input;
  const byTable = isObject(batch) ? Object.values(batch) : [];
  const read = membersOf(batch).flatMap(({ Keys }) => objectsIn(Keys));
  const parts = [...objectsIn(transaction), ...byTable.flatMap(objectsIn)].flatMap(membersOf);
  return [...read, ...[input, ...parts].flatMap(({ Key, Item }) => [Key, Item].filter(isObject))];
};

/**
 * What a call says the partition keys are, for `dynamodb:LeadingKeys`; undefined where it says none, as a scan does, and
 * of an index, where it would be the index's.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/specifying-conditions.html
 */
export const leadingKeysOf = (input: JsonObject, partitionKey: string): readonly string[] | undefined => {
  if (input['IndexName'] !== undefined) return undefined;
  const values = [valueOfQuery(input, partitionKey), ...itemsOf(input).map((item) => item[partitionKey])];
  const keys = values.filter(isObject).flatMap((value) => stringAt(value, 'S') ?? []);
  return keys.length === 0 ? undefined : keys;
};
