import { expect, it } from 'vitest';
import { dynamoRoster } from '../../shared/adapters/dynamo-roster.ts';
import { resourceNames } from '../../shared/names.ts';
import { app as english } from '../../shared/words/en/app.ts';
import { app as spanish } from '../../shared/words/es/app.ts';
import { aRepresentative } from '../support/representatives.ts';
import { createWorld, downtown } from '../support/world.ts';

const lawyer = aRepresentative({ email: 'vega@example.org' });
const askedFor = async (consularNotification: boolean): Promise<readonly string[]> => {
  const world = await createWorld({
    registers: {
      person: { name: 'Ana', language: 'es', wantsRepresentative: true },
      consent: { consularNotification, version: '1' },
    },
  });
  const topic = `${resourceNames.representativeTopicPrefix}${lawyer.representativeId}`;
  await world.sns.call('CreateTopic', { Name: topic });
  await world.sns.subscribe({ topic, protocol: 'email', endpoint: 'vega@example.org' });
  await dynamoRoster(world.outside.dynamo, 'alerts', world.now).putAll([lawyer]);
  await world.stream();
  await world.pressed({ position: downtown });
  // As an officer takes it, where one may know of it.
  const alerts = world.items().filter(({ itemType }) => itemType === 'alert');
  await world.set(alerts, 'state', 'acknowledged');
  await world.set(alerts, 'acknowledgedAt', world.now().toISOString());
  await world.advance(10);
  return world.told('vega@example.org').map(String);
};

it('a person who wants a lawyer is looked for one only where they authorised that consulates hear', async () => {
  expect(await askedFor(true)).toEqual(['representative.offered.v1']);
  expect(await askedFor(false)).toEqual([]);
});

it.each([spanish, english])('the app says so, and under which name the authorization is: %#', ({ settings }) => {
  expect(settings.lawyerHint).toContain(settings.consent);
});
