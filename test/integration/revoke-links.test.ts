import { afterAll, expect, test } from 'vitest';
import { houston, startStack } from '../support/local-stack.ts';
import { operatorOf } from '../support/operator.ts';

const stack = await startStack();
afterAll(stack.close);

const office = 'alert-button-consulate-houston';
/** Where the newest mail to a topic leads. */
const linkOf = (topic: string): string => {
  const { body } = stack.inbox({ topic, protocol: 'email' }).at(-1)!;
  return new URL(/http:\S+\/[cf]\/\S+/.exec(body)![0]).pathname;
};
const statusOf = async (path: string): Promise<number> =>
  (await stack.send('GET', path, undefined, { accept: 'text/html' })).status;

test('when people leave an office its links open nothing any more, and the next message brings a new one', async () => {
  const { auth, familyId } = await stack.register();
  await stack.idle();
  await stack.press(auth, { position: houston });
  await stack.idle();
  const [former, ministry] = [linkOf(office), linkOf('alert-button-ministry')];
  const family = new URL(
    /http:\S+\/f\/\S+/.exec(stack.inbox({ topic: `alert-button-family-${familyId}` }).at(-1)!.body)![0],
  ).pathname;
  const list = former.replace('/c/', '/o/');
  expect(await Promise.all([former, list, ministry, family].map(statusOf))).toEqual([200, 200, 200, 200]);

  const { consulate } = operatorOf(stack);
  // One case is open there: exit code 1.
  await expect(consulate('revoke-links', 'houston')).rejects.toThrow('One case is open in its list');
  const pages = [former, list, `${list}/news`, `${list}/numbers`, ministry, family];
  expect(await Promise.all(pages.map(statusOf))).toEqual([404, 404, 404, 404, 200, 200]);
  const page = await stack.send('GET', former, undefined, { accept: 'text/html' });
  expect(page.text).toContain('Abra el enlace del mensaje más reciente');
  const acting = { officer: 'Oficial Pérez' };
  expect((await stack.send('POST', `${former}/acknowledge`, acting)).status).toBe(404);
  expect((await stack.send('POST', `${list}/take`, { ...acting, cases: [] })).status).toBe(404);

  // Nobody has taken it: it is told again, with a link that opens.
  await stack.advance(6);
  const next = linkOf(office);
  expect(next).not.toBe(former);
  expect(await Promise.all([next, next.replace('/c/', '/o/'), former].map(statusOf))).toEqual([200, 200, 404]);
  expect((await stack.send('POST', `${next}/acknowledge`, acting)).status).toBe(200);
});
