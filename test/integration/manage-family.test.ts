import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { itemsOf, startStack, type TestStack } from '../support/local-stack.ts';

const [pin, duressPin] = ['482915', '771204'];
const [jose, lupe, rosa] = ['+12135550147', 'lupe@family.example', '+525555550122'];
const listChanged = 'contact.list-changed.v1';

let stack: TestStack;
beforeAll(async () => {
  stack = await startStack({ settings: { escalationMinutes: [1440, 1440] } });
});
afterAll(async () => stack.close());
beforeEach(async () => stack.reset());

const family = async () => {
  const { familyId, auth } = await stack.register({ duressPin });
  await stack.idle();
  const change = async (path: string, body: object = {}, withPin = pin, as = auth) =>
    stack.send('POST', `/v1/family/${path}`, { pin: withPin, ...body }, as);
  const read = async (as = auth) => stack.send('GET', '/v1/family', undefined, as);
  const topic = `alert-button-family-${familyId}`;
  const told = (endpoint: string) => stack.inbox({ topic, endpoint }).map(({ attributes }) => attributes['type']);
  const subscribers = () =>
    stack.stack.services.sns
      .topics()
      .find((one) => one.topic === topic)
      ?.subscriptions.map(({ endpoint }) => endpoint);
  return { familyId, auth, change, read, topic, told, subscribers };
};
const addRosa = { name: 'Rosa', channel: 'sms', endpoint: rosa };
const idOf = async (of: Awaited<ReturnType<typeof family>>, name: string): Promise<string> =>
  (await of.read()).json.contacts.find((each: { name: string }) => each.name === name)?.contactId;

describe('contacts', () => {
  it('who are added are welcomed alone; the others hear that the list changed, and all hear of a press', async () => {
    const mine = await family();
    const added = await mine.change('contacts', addRosa);
    expect(added).toMatchObject({ status: 201, json: { name: 'Rosa', channel: 'sms', status: 'pending' } });
    await stack.idle();
    expect(mine.told(rosa)).toEqual(['contact.welcome.v1']);
    expect(mine.told(jose)).toEqual(['contact.welcome.v1', listChanged]);
    expect(mine.told(lupe)).toEqual([listChanged]);
    // Sent again after a lost answer: the same contact, and nobody hears of it twice.
    expect((await mine.change('contacts', addRosa)).json.contactId).toBe(added.json.contactId);
    await stack.press(mine.auth);
    await stack.idle();
    for (const endpoint of [rosa, jose, lupe]) expect(mine.told(endpoint).at(-1)).toBe('alert.raised.v1');
    expect(mine.told(jose)).toHaveLength(3);
  });

  it('who are removed get nothing more; the last one stays; nothing changes while an alert is open', async () => {
    const mine = await family();
    const lost = await idOf(mine, 'Lupe');
    expect(await mine.change(`contacts/${lost}/remove`)).toMatchObject({ status: 200, json: { contactId: lost } });
    await stack.idle();
    expect(mine.subscribers()).toEqual([jose]);
    expect(mine.told(jose)).toEqual(['contact.welcome.v1', listChanged]);
    expect((await mine.change(`contacts/${lost}/remove`)).status).toBe(404);
    expect((await mine.change(`contacts/${await idOf(mine, 'José Núñez')}/remove`)).status).toBe(409);
    await stack.press(mine.auth);
    expect((await mine.change('contacts', addRosa)).status).toBe(409);
    await stack.idle();
    expect(mine.told(lupe)).toEqual([]);
  });

  it('removed two at once leave one', async () => {
    const mine = await family();
    const ids = [await idOf(mine, 'Lupe'), await idOf(mine, 'José Núñez')];
    const answers = await Promise.all(ids.map(async (id) => mine.change(`contacts/${id}/remove`)));
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409]);
    await stack.idle();
    expect((await mine.read()).json.contacts).toHaveLength(1);
    expect(mine.subscribers()).toHaveLength(1);
  });

  it('removed while SNS is down are removed by the watchman, and nobody is told twice', async () => {
    const mine = await family();
    stack.fault({ service: 'sns', mode: 'error', rate: 1 });
    await mine.change(`contacts/${await idOf(mine, 'Lupe')}/remove`);
    await stack.idle();
    expect(mine.subscribers()).toHaveLength(2);
    stack.stack.control.faults.clear();
    await stack.advance(3);
    expect(mine.subscribers()).toEqual([jose]);
    expect(mine.told(jose).filter((type) => type === listChanged)).toHaveLength(1);
  });

  it('who were contacts when the person pressed hear of it, although they are removed a moment later', async () => {
    const mine = await family();
    const lost = await idOf(mine, 'Lupe');
    // The press is in the table when the removal is carried out, and nobody has been told: SNS fails for a while.
    stack.fault({ service: 'sns', operation: 'Publish', mode: 'error', rate: 1 });
    const [, removed] = await Promise.all([
      stack.press(mine.auth, { drill: true }),
      mine.change(`contacts/${lost}/remove`),
    ]);
    expect(removed.status).toBe(200);
    await stack.idle();
    stack.stack.control.faults.clear();
    await stack.advance(5);
    expect(mine.told(lupe)).toContain('alert.raised.v1');
    expect(mine.subscribers()).toEqual([jose]);
    expect(mine.told(lupe)).not.toContain(listChanged);
  });
});
