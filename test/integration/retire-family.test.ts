import { afterAll, describe, expect, it } from 'vitest';
import { runFamilies } from '../../infra/operator/families-cli.ts';
import { connect } from '../../infra/operator/target.ts';
import { canaryFamilyId } from '../../shared/names.ts';
import { itemsOf, startStack } from '../support/local-stack.ts';

const stack = await startStack();
afterAll(stack.close);

const retire = async (familyId: string) => {
  let said = '';
  const hear = (text: string): void => {
    said += text;
  };
  const code = await runFamilies(['retire', familyId, '--url', stack.url], { connect, out: hear, err: hear });
  return { code, said };
};
const itemsOfFamily = async (familyId: string) =>
  (await itemsOf(stack.stack)).filter(({ pk }) => pk === `FAMILY#${familyId}`);

describe('npm run families -- retire', () => {
  it('lets no phone in, tells the contacts, and leaves nothing of the family', async () => {
    const { familyId, auth } = await stack.register();
    await stack.idle();
    const { code, said } = await retire(familyId);
    expect(code).toBe(0);
    expect(said).not.toMatch(/Ana|José|Lupe|\+1213/);
    expect((await stack.press(auth)).status).toBe(401);
    await stack.idle();
    const goodbye = { topic: `alert-button-family-${familyId}`, protocol: 'sms' } as const;
    expect(stack.inbox(goodbye).map(({ attributes }) => attributes['type'])).toEqual([
      'contact.welcome.v1',
      'contact.list-changed.v1',
    ]);
    await stack.advance(30);
    expect(await itemsOfFamily(familyId)).toEqual([]);
    const topics = stack.stack.services.sns.topics().map(({ topic }) => topic);
    expect(topics.filter((topic) => topic.includes(familyId))).toEqual([]);
    const operator = stack.calls({ function: 'operator', service: 'dynamodb' });
    expect(new Set(operator.map(({ operation }) => operation))).toEqual(new Set(['TransactWriteItems']));
  });

  it('waits with an open case until officers have closed it', async () => {
    const { familyId, auth } = await stack.register();
    const { alertId } = await stack.press(auth);
    await stack.idle();
    expect((await retire(familyId)).code).toBe(0);
    await stack.advance(5);
    const left = (await itemsOfFamily(familyId)).map(({ sk }) => String(sk));
    expect(left).toContain(`ALERT#${alertId}`);
    expect(left).toContain('FAMILY');
  });

  it.each([
    ['00000000-0000-4000-8000-000000000001', 'There is no family'],
    ['nonsense', 'is not the id of a family'],
    [canaryFamilyId, 'That is the canary'],
  ])('refuses %s', async (familyId, why) => {
    expect(await retire(familyId)).toEqual({ code: 2, said: expect.stringContaining(why) });
    expect(await itemsOfFamily(familyId)).toEqual([]);
  });
});
