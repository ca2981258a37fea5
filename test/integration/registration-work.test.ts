import { afterAll, expect, test } from 'vitest';
import { doWork } from '../../app/screens/register/do-work.ts';
import { editedAssembly } from '../support/edited-assembly.ts';
import { itemsOf, startStack } from '../support/local-stack.ts';

const assembly = await editedAssembly({ 'register-family': { variables: { ASKS_FOR_WORK: 'yes' } } });
const stack = await startStack({ assembly });
afterAll(stack.close);

const workOf = async () => {
  const { status, json } = await stack.send('GET', '/v1/registration-challenge');
  expect(status).toBe(200);
  return doWork(json.work);
};
const body = (name: string, endpoint: string) => ({
  registrationId: crypto.randomUUID(),
  person: { name, language: 'es' },
  contacts: [{ name: 'José', channel: 'sms', endpoint }],
  pin: '482915',
  consent: { consularNotification: true, version: '2026-01' },
});
const post = async (registration: object, work?: object) => {
  const { status, json } = await stack.send('POST', '/v1/families', { ...registration, ...(work && { work }) });
  return { status, json, code: json.errors?.[0]?.code };
};

test('a challenge calls nothing outside, once the function has its key', async () => {
  await stack.send('GET', '/v1/registration-challenge');
  const before = stack.calls({ function: 'register-family' }).length;
  for (let asked = 0; asked < 5; asked += 1) await stack.send('GET', '/v1/registration-challenge');
  expect(stack.calls({ function: 'register-family' })).toHaveLength(before);
  expect(before).toBeLessThanOrEqual(1);
});

test('a registration costs work, once, within ten minutes; a repeat costs none', async () => {
  const ana = body('Ana', '+12135550147');
  expect(await post(ana)).toMatchObject({ status: 403, code: 'missing' });
  const work = await workOf();
  const first = await post(ana, work);
  expect(first.status).toBe(201);
  const { familyId } = first.json;
  expect(await post(ana, work)).toMatchObject({ status: 201, json: { familyId } });

  const spent = (await itemsOf(stack.stack)).filter(({ itemType }) => itemType === 'spent-challenge');
  expect(spent.map((item) => Object.keys(item).toSorted())).toEqual([['expiresAt', 'itemType', 'pk', 'sk']]);

  const luis = body('Luis', '+12135550148');
  expect(await post(luis, work)).toMatchObject({ status: 403, code: 'used-before' });
  const other = await workOf();
  await stack.advance(5);
  expect(await post(ana, work)).toMatchObject({ status: 201, json: { familyId } });
  await stack.advance(6);
  expect(await post(luis, other)).toMatchObject({ status: 403, code: 'stale' });
  expect(await post(luis, await workOf())).toMatchObject({ status: 201 });
});
