import { createHash } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { expectDocumented } from '../support/api-contract.ts';
import { itemsOf, startStack, type TestStack } from '../support/local-stack.ts';

const [pin, duressPin] = ['482915', '771204'];
const [jose, lupe, rosa] = ['+12135550147', 'lupe@family.example', '+525555550122'];
const listChanged = 'contact.list-changed.v1';
const addRosa = { name: 'Rosa', channel: 'sms', endpoint: rosa };

let stack: TestStack;
beforeAll(async () => {
  stack = await startStack();
});
afterAll(async () => stack.close());
beforeEach(async () => stack.reset());

const register = async () => {
  const { familyId, auth } = await stack.register({ duressPin, registrationId: crypto.randomUUID() });
  await stack.idle();
  const change = async (path: string, body: object = {}, as = auth) => {
    const { status, headers, json } = await stack.send('POST', `/v1/family/${path}`, { pin, ...body }, as);
    await stack.idle();
    const route = `POST /v1/family/${path.replace(/^(contact|device)s\/[^/]+/, '$1s/{$1Id}')}`;
    return expectDocumented(route, { status, headers: Object.fromEntries(headers), body: json });
  };
  const read = async (as = auth) => stack.send('GET', '/v1/family', undefined, as);
  const topic = `alert-button-family-${familyId}`;
  const told = (endpoint: string) => stack.inbox({ topic, endpoint }).map(({ attributes }) => attributes['type']);
  const topics = () => stack.stack.services.sns.topics().filter((one) => one.topic.startsWith(topic));
  return { familyId, auth, change, read, told, topics };
};
const idOf = (contacts: { name: string; contactId: string }[], name: string) =>
  contacts.find((each) => each.name === name)?.contactId ?? 'none';

describe('the safety net in the person’s own hands', () => {
  it('grows and shrinks with the PIN: who joins is welcomed, the others hear, who is gone does not', async () => {
    const mine = await register();
    expect(await mine.change('contacts', addRosa)).toMatchObject({
      status: 201,
      body: { name: 'Rosa', status: 'pending' },
    });
    const { contacts } = (await mine.read()).json;
    const lost = idOf(contacts, 'Lupe');
    expect(await mine.change(`contacts/${lost}/remove`)).toMatchObject({ status: 200, body: { contactId: lost } });
    expect(await mine.change(`contacts/${lost}/remove`)).toMatchObject({ status: 404 });
    expect(await mine.change(`contacts/${lost}/remove`, { pin: '0000' })).toMatchObject({ status: 403 });
    const second = await mine.change('devices');
    const phone = { authorization: `Bearer ${second.body.deviceToken}` };
    await stack.press(phone);
    await stack.idle();
    expect(await mine.change('contacts', addRosa)).toMatchObject({ status: 409 });
    expect(mine.told(rosa)).toEqual(['contact.welcome.v1', listChanged, listChanged, 'alert.raised.v1']);
    expect(mine.told(jose)).toEqual(['contact.welcome.v1', ...Array(3).fill(listChanged), 'alert.raised.v1']);
    expect(mine.told(lupe)).toEqual([listChanged]);
    const log = JSON.stringify(stack.logs());
    for (const secret of ['Rosa', rosa, jose, lupe, pin]) expect(log).not.toContain(secret);
  });

  it('is torn down by erasing: nothing of it is left, not even for whoever has a link or a token', async () => {
    const mine = await register();
    const { alertId } = await stack.press(mine.auth, { drill: true });
    await stack.idle();
    const link = /https?:\/\/\S+(\/f\/[\w-]+)/.exec(
      stack.inbox({ endpoint: jose, type: 'alert.raised.v1' })[0]!.body,
    )![1]!;
    expect((await stack.send('GET', link)).status).toBe(200);
    expect(await mine.change('erase')).toMatchObject({ status: 200, body: { erased: true } });
    expect((await mine.read()).status).toBe(401);
    expect((await stack.press(mine.auth)).status).toBe(401);
    expect((await stack.send('GET', link)).status).toBe(404);
    expect(stack.inbox({ endpoint: lupe }).at(-1)?.body).toContain('SE BORRÓ EL BOTÓN DE ALERTA');
    expect(mine.topics()).toEqual([]);
    await stack.advance(3);
    const items = await itemsOf(stack.stack);
    expect(JSON.stringify(items)).not.toMatch(new RegExp([mine.familyId, alertId, jose.slice(1), lupe].join('|')));
    // The offices are the stack's. What stays of the family until midnight is that somebody joined a family today: a count
    // under a hash; for a month what nobody reads without its token, and that it opens nothing, under a hash as well.
    expect(new Set(items.map(({ itemType }) => itemType))).toEqual(
      new Set(['endpoint-limit', 'office-reach', 'link', 'links-ended']),
    );
    const plain = [jose, lupe].map((endpoint) => createHash('sha256').update(endpoint).digest('hex'));
    expect(JSON.stringify(items)).not.toMatch(new RegExp(plain.join('|')));
  });

  it('is out of an abuser’s reach: with the duress PIN they see it done on every phone, and officers hear', async () => {
    const mine = await register();
    const { contacts, devices } = (await mine.read()).json;
    const forced = { pin: duressPin };
    expect(await mine.change('contacts', { ...addRosa, ...forced })).toMatchObject({ status: 201 });
    expect(await mine.change(`contacts/${idOf(contacts, 'Lupe')}/remove`, forced)).toMatchObject({ status: 200 });
    const theirs = await mine.change('devices', forced);
    const phone = { authorization: `Bearer ${theirs.body.deviceToken}` };
    expect((await mine.read(phone)).json.contacts.map(({ name }: { name: string }) => name)).toEqual([
      'José Núñez',
      'Rosa',
    ]);
    expect(await mine.change(`devices/${devices[0].deviceId}/revoke`, forced, phone)).toMatchObject({ status: 200 });
    expect((await mine.read()).status).toBe(401);
    expect((await stack.press(mine.auth)).status).toBe(401);
    await stack.idle();
    for (const endpoint of [jose, lupe, rosa]) expect(mine.told(endpoint)).not.toContain('alert.raised.v1');
    expect(mine.told(rosa)).toContain('contact.welcome.v1');
    expect(mine.told(jose)).toContain(listChanged);
    const heard = stack.inbox({ topic: 'alert-button-ministry', type: 'family.forced.v1' });
    expect(heard[0]?.body).toContain('Con el PIN de coacción pidieron un cambio en sus contactos');
    expect(JSON.stringify(await itemsOf(stack.stack))).toContain('revoked-phone');
  });
});

it('settings, a code for a phone and a recovery go through the whole stack, with either PIN alike', async () => {
  const statuses = [];
  for (const typed of [pin, duressPin]) {
    const { auth, recoveryCode } = await stack.register({ duressPin });
    await stack.idle();
    const settings = { pin: typed, person: { name: 'Otra Persona', urgentAtHome: 'niños' }, newPin: '60417' };
    const changed = await stack.send('POST', '/v1/family/settings', settings, auth);
    const shown = await stack.send('GET', '/v1/family', undefined, auth);
    const made = await stack.send('POST', '/v1/family/devices', { pin: '60417', as: 'code' }, auth);
    const joined = await stack.send('POST', '/v1/devices', { code: made.json.code });
    const recovered = await stack.send('POST', '/v1/families/recover', { recoveryCode, pin: '60417' });
    const gone = await stack.send('GET', '/v1/alerts', undefined, {
      authorization: `Bearer ${joined.json.deviceToken}`,
    });
    statuses.push(
      [changed, made, joined, recovered, gone].map(({ status }) => status),
      shown.json.person.name,
    );
    expect(Object.keys(recovered.json)).toEqual(['familyId', 'deviceToken', 'recoveryCode']);
    await stack.idle();
  }
  const seen = [[200, 201, 201, 201, 401], 'Otra Persona'];
  expect(statuses).toEqual([...seen, ...seen]);
});
