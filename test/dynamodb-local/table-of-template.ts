import type { CreateTableCommandInput } from '@aws-sdk/client-dynamodb';
import assert from 'node:assert/strict';
import { synthesise } from '../../infra/local/synthesise.ts';

/** Of a replica and of the encryption DynamoDB Local knows nothing; TTL is no part of a table's creation. */
const members = [
  'AttributeDefinitions',
  'BillingMode',
  'GlobalSecondaryIndexes',
  'KeySchema',
  'StreamSpecification',
] as const;

/** The table of the synthesised template, as one asks DynamoDB for it. */
export const tableOfTemplate = async (): Promise<Omit<CreateTableCommandInput, 'TableName'>> => {
  const { template, dispose } = await synthesise();
  await dispose();
  const tables = [...template.resources.values()].filter(({ Type }) => Type === 'AWS::DynamoDB::GlobalTable');
  assert.equal(tables.length, 1);
  const properties = tables[0]?.Properties ?? {};
  const picked = Object.fromEntries(members.map((name) => [name, properties[name]]));
  return { ...picked, StreamSpecification: { StreamEnabled: true, ...Object(picked['StreamSpecification']) } };
};
