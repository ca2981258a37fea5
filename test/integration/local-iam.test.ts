import { afterAll, beforeAll, expect, test } from 'vitest';
import { synthesise, type Assembly } from '../../infra/local/template/synthesise.ts';
import type { TemplateResource } from '../../infra/local/template/template.ts';
import { startStack, type TestStack, type Json } from '../support/local-stack.ts';

let assembly: Assembly;
let running: TestStack | undefined;

beforeAll(async () => {
  assembly = await synthesise();
});
afterAll(() => assembly.dispose());

/** The app's template with some actions taken away from one function's role, by the start of its logical id. */
const without = (roleId: string, actions: string[]): Assembly => {
  const edit = (logicalId: string, resource: TemplateResource): TemplateResource => {
    if (!logicalId.startsWith(roleId) || resource.Type !== 'AWS::IAM::Policy') return resource;
    const edited = structuredClone(resource) as Json;
    const statements: Json[] = edited.Properties.PolicyDocument.Statement;
    for (const statement of statements) {
      statement.Action = [statement.Action].flat().filter((action: string) => !actions.includes(action));
    }
    edited.Properties.PolicyDocument.Statement = statements.filter(({ Action }) => Action.length > 0);
    expect(edited).not.toEqual(resource);
    return edited;
  };
  const resources = new Map(
    [...assembly.template.resources].map(([logicalId, resource]) => [logicalId, edit(logicalId, resource)]),
  );
  return { ...assembly, template: { ...assembly.template, resources }, dispose: async () => {} };
};

const pressWithout = async (roleId: string, actions: string[]): Promise<string[]> => {
  running = await startStack({ assembly: without(roleId, actions) });
  try {
    const { auth } = await running.register();
    await running.idle();
    await running.press(auth);
    await running.idle();
    return running.logs().map(({ line }) => line);
  } finally {
    await running.close();
  }
};

// Whatever a grant is for, its absence must be visible with function, action and resource.
test.each([
  [
    'RaiseAlert',
    ['dynamodb:PutItem'],
    'function raise-alert may not dynamodb:PutItem on arn:aws:dynamodb:us-east-1:000000000000:table/',
  ],
  [
    'RaiseAlert',
    ['kms:Decrypt'],
    'function raise-alert may not kms:Decrypt on arn:aws:kms:us-east-1:000000000000:key/',
  ],
  [
    'AnnounceToFamily',
    ['sns:CreateTopic'],
    'function announce-to-family may not sns:CreateTopic on arn:aws:sns:us-east-1:000000000000:alert-button-family-',
  ],
  [
    'AnnounceToAuthorities',
    ['kms:GenerateDataKey*'],
    'function announce-to-authorities may not kms:GenerateDataKey on arn:aws:kms:us-east-1:000000000000:key/',
  ],
  [
    'AnnounceToAuthorities',
    ['geo:ForecastGeofenceEvents'],
    'function announce-to-authorities may not geo:ForecastGeofenceEvents on arn:aws:geo:us-east-1:000000000000:geofence-collection/',
  ],
])('%s without %j says so', async (roleId, actions, line) => {
  expect(await pressWithout(roleId, actions)).toContainEqual(expect.stringContaining(line));
});

test.each([
  ['AnnounceToFamily', ['dynamodb:GetRecords'], /may not dynamodb:GetRecords on arn:aws:dynamodb:[^ ]+\/stream\//],
  ['GeosearchSeedGeofences', ['geo:BatchPutGeofence'], /Custom::ConsulateGeofences \(.*\): .*/],
])('a stack whose %s lacks %j does not deploy', async (roleId, actions, message) => {
  await expect(startStack({ assembly: without(roleId, actions) })).rejects.toThrow(message);
});
