import type { DynamoDBRecord } from 'aws-lambda';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { createHandler as createAuthoritiesHandler } from '../../functions/announce-to-authorities/handler.ts';
import { createHandler as createFamilyHandler } from '../../functions/announce-to-family/handler.ts';
import { itemSizeBytes } from '../../infra/local-aws/dynamodb/attribute-value.ts';
import { composeAnnounceToAuthorities, composeAnnounceToFamily } from '../../shared/compose-telling.ts';
import { aContext } from '../support/fixtures.ts';
import { type World, authorised, createWelcomedWorld, createWorld, downtown } from '../support/world.ts';

/*
 * What one alert costs: one language, one office and the ministry, nobody else near. Each figure is the most that may be;
 * whoever makes it smaller writes the smaller one here.
 */

type Part = { readonly Key?: Keys; readonly Item?: Keys };
type Keys = { readonly pk?: { readonly S?: string }; readonly sk?: { readonly S?: string } };

/**
 * Write units of the table: one for each KB of an item, and twice that in a transaction. Indexes come on top.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/read-write-operations.html
 */
const unitsOf = (world: World, operation: string, input: Record<string, unknown>): number => {
  const unitsOfItem = ({ Key, Item = Key }: Part): number => {
    const stored = world.table.item(Item?.pk?.S ?? '', Item?.sk?.S ?? '');
    return Math.ceil(itemSizeBytes((stored ?? {}) as Parameters<typeof itemSizeBytes>[0]) / 1024);
  };
  const sum = (parts: readonly Part[]): number => parts.reduce((total, part) => total + unitsOfItem(part), 0);
  if (operation === 'PutItem' || operation === 'UpdateItem') return unitsOfItem(input);
  if (operation === 'TransactWriteItems') {
    const actions = input['TransactItems'] as readonly { readonly Put?: Part; readonly Update?: Part }[];
    return 2 * sum(actions.map(({ Put, Update }) => Put ?? Update ?? {}));
  }
  if (operation !== 'BatchWriteItem') return 0;
  const requests = Object.values(
    input['RequestItems'] as Record<string, readonly { readonly PutRequest?: Part }[]>,
  ).flat();
  return sum(requests.map(({ PutRequest = {} }) => PutRequest));
};

/** As the stream hands a press to both consumers: in one moment. */
const streamAtOnce = async (world: World): Promise<void> => {
  const [NewImage] = world.inserted.splice(0);
  const record = { eventName: 'INSERT', dynamodb: { NewImage, SequenceNumber: '1' } } as DynamoDBRecord;
  const consumers = [
    createFamilyHandler(world.of(composeAnnounceToFamily)),
    createAuthoritiesHandler(world.of(composeAnnounceToAuthorities)),
  ];
  const answers = await Promise.all(consumers.map(async (consumer) => consumer({ Records: [record] }, aContext)));
  expect(answers).toEqual([{ batchItemFailures: [] }, { batchItemFailures: [] }]);
};

const spent = async (stream = async (world: World): Promise<void> => world.stream(), registers: object = {}) => {
  let searches = 0;
  const world = await createWorld({
    registers: { consent: authorised, ...registers },
    locator: {
      nearest: async () => {
        searches += 1;
        return { consulateId: 'los-angeles' };
      },
    },
  });
  await world.stream();
  // The second look at the offices counts.
  for (const _look of [1, 2]) {
    world.skip(20 * 60_000);
    await world.round();
  }
  let units = 0;
  world.intercept(async ({ operation, input }, goOn) => {
    // As a call takes: what begins at once meets.
    await wait(3);
    const answer = await goOn();
    units += unitsOf(world, operation, input);
    return answer;
  });
  world.calls.length = 0;
  await world.press({ position: downtown });
  const press = world.calls.map(({ operation }) => operation);
  await stream(world);
  const count = (name: string) => world.calls.filter(({ operation }) => operation === name).length;
  const bytes = world.calls.reduce((sum, { input }) => sum + JSON.stringify(input).length, 0);
  return { press, calls: world.calls.length + searches, units, bytes, count };
};

it('an alert costs no more calls, write units and bytes than it has to', async () => {
  const { press, calls, units, bytes, count } = await spent();
  expect(press).toEqual(['GetItem', 'PutItem']);
  expect({ calls, units }).toEqual({ calls: 17, units: 15 });
  expect(bytes).toBeLessThan(40_000);
  expect(count('Publish')).toBe(3);
});

it('costs one read more where both consumers of the stream begin in one moment', async () => {
  const { calls, units } = await spent(streamAtOnce);
  expect({ calls, units }).toEqual({ calls: 18, units: 15 });
});

it('a second language of the family costs at most four calls and four units more', async () => {
  const contacts = [
    { name: 'José', channel: 'sms', endpoint: '+12135550101' },
    { name: 'Rose', channel: 'sms', endpoint: '+12135550102', language: 'en' },
  ];
  const [one, two] = [await spent(), await spent(undefined, { contacts })];
  expect([two.count('Publish'), two.calls - one.calls]).toEqual([4, 4]);
  expect(two.units - one.units).toBeLessThanOrEqual(4);
});

it('a later event is told without a look at the timeline of its case', async () => {
  const world = await createWelcomedWorld({ registers: { consent: authorised } });
  await world.pressed({ position: downtown });
  world.skip(60_000);
  await world.press({ position: downtown });
  world.calls.length = 0;
  await world.stream();
  const searched = world.calls.filter(
    ({ operation, input }) => operation === 'Query' && JSON.stringify(input).includes('EVENT#'),
  );
  expect(world.published().map(({ type }) => type)).toContain('alert.pressed-again.v1');
  expect(searched).toEqual([]);
});
