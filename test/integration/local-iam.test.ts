import { afterAll, beforeAll, expect, test } from 'vitest';
import { editedAssembly } from '../support/edited-assembly.ts';
import { startStack, type TestStack } from '../support/local-stack.ts';

const arn = (service: string, resource: string): string => `arn:aws:${service}:us-east-1:000000000000:${resource}`;

// One grant of each kind is taken away, each from a function that the others do not wait for.
let stack: TestStack;
beforeAll(async () => {
  stack = await startStack({
    assembly: await editedAssembly({
      'announce-to-family': { withoutActions: ['sns:CreateTopic'] },
      'announce-to-authorities': { withoutActions: ['geo:ForecastGeofenceEvents'] },
      'answer-queries': { withoutActions: ['kms:Decrypt'] },
      'manage-check-ins': { withoutActions: ['dynamodb:PutItem'] },
    }),
  });
  const { auth } = await stack.register();
  await stack.idle();
  const { alertId } = await stack.press(auth);
  await stack.send('GET', `/v1/alerts/${alertId}`, undefined, auth);
  const dueAt = new Date(Date.now() + 3_600_000).toISOString();
  await stack.send('POST', '/v1/check-ins', { dueAt }, auth);
  await stack.idle();
});
afterAll(() => stack.close());

// Whatever a grant is for, its absence must be visible with function, action and resource.
test.each([
  ['announce-to-family', 'sns:CreateTopic', arn('sns', 'alert-button-family-')],
  ['announce-to-authorities', 'geo:ForecastGeofenceEvents', arn('geo', 'geofence-collection/')],
  ['answer-queries', 'kms:Decrypt', arn('kms', 'key/')],
  ['manage-check-ins', 'dynamodb:PutItem', arn('dynamodb', 'table/')],
])('%s without %s says so', (name, action, resource) => {
  const lines = stack.logs().map(({ line }) => line);
  expect(lines).toContainEqual(expect.stringContaining(`function ${name} may not ${action} on ${resource}`));
});

test.each([
  ['announce-to-family', 'dynamodb:GetRecords', /may not dynamodb:GetRecords on arn:aws:dynamodb:[^ ]+\/stream\//],
  // Not what it asks first: for that it waits a minute, in case its role is new.
  ['seed-geofences', 'geo:ListGeofences', /Custom::ConsulateGeofences \(.*\): .*/],
])('a stack whose %s lacks %s does not deploy', async (name, action, message) => {
  const assembly = await editedAssembly({ [name]: { withoutActions: [action] } });
  await expect(startStack({ assembly })).rejects.toThrow(message);
});
