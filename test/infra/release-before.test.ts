import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeReleaseBefore } from '../deploy/release-before.ts';
import type { Json } from '../support/local-stack.ts';
import { synth } from './synth.ts';

let directory: string;
let before: Json;
let now: Json;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'alert-button-before-'));
  before = (await writeReleaseBefore(directory)).Resources;
  const replicableKeys = before.EncryptionKey.Properties.MultiRegion === true;
  now = (await synth({ replicableKeys })).json.Resources;
});
afterAll(async () => rm(directory, { recursive: true, force: true }));

const ofType = (resources: Json, type: string): [string, Json][] =>
  Object.entries<Json>(resources).filter(([, { Type }]) => Type === type);

/** What AWS refuses to change, or makes anew and empty. */
const fixed: Readonly<Record<string, readonly string[]>> = {
  // https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-kms-key.html: the update fails.
  'AWS::KMS::Key': ['KeySpec', 'KeyUsage', 'Origin', 'MultiRegion'],
  'AWS::DynamoDB::GlobalTable': ['KeySchema', 'TableName', 'LocalSecondaryIndexes'],
  'AWS::SNS::Topic': ['TopicName', 'FifoTopic'],
  'AWS::Location::GeofenceCollection': ['CollectionName', 'KmsKeyId'],
  'AWS::ApiGatewayV2::Api': ['ProtocolType'],
};

describe('an update of the release before', () => {
  it.each(Object.entries(fixed))('finds each %s again, as AWS can never change it', (type, properties) => {
    const found = ofType(before, type);
    expect(found.length).toBeGreaterThan(0);
    for (const [logicalId, { Properties }] of found) {
      expect(now[logicalId]?.Type, `${logicalId} has gone: CloudFormation would make another`).toBe(type);
      for (const property of properties) {
        // What a key is replicated by is false where nothing is said.
        const plain = (value: unknown): unknown => value ?? false;
        const kept = plain(now[logicalId].Properties[property]);
        expect(kept, `${logicalId}.${property}`).toEqual(plain(Properties[property]));
      }
    }
  });

  it('makes or removes at most one index of the table: DynamoDB refuses two in one update', () => {
    const indexes = (resources: Json): Set<string> =>
      new Set(resources.AlertTable.Properties.GlobalSecondaryIndexes.map(({ IndexName }: Json) => IndexName));
    expect(indexes(before).symmetricDifference(indexes(now)).size).toBeLessThanOrEqual(1);
  });

  it('gives no function the code of before, which the fixture does not have', () => {
    const hashes = (resources: Json): string[] =>
      ofType(resources, 'AWS::Lambda::Function').map(([, { Properties }]) => Properties.Code.S3Key);
    expect(new Set(hashes(before)).size).toBe(1);
    expect(hashes(now)).not.toContain(hashes(before)[0]);
  });
});
