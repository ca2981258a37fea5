import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { synthesise } from '../../infra/local/synthesise.ts';
import { runAlerts } from '../../infra/operator/alerts-cli.ts';
import { connect } from '../../infra/operator/target.ts';
import { canaryFamilyId } from '../../shared/names.ts';
import { drillsPerMonth } from '../../shared/domain/limits.ts';
import { itemsOf, startStack, type TestStack } from '../support/local-stack.ts';

let stack: TestStack;
beforeAll(async () => {
  stack = await startStack({ assembly: await synthesise({ canaryMinutes: 1 }), checksOffices: true });
  // A template of its own has to be made for it, which takes minutes on a busy machine.
}, 300_000);
afterAll(() => stack.close());
beforeEach(() => stack.reset());

const topic = `alert-button-family-${canaryFamilyId}`;
const measured = () => stack.logs().filter(({ line }) => line.includes('"canary.heard"'));
const ofCanary = async () => (await itemsOf(stack.stack)).filter(({ pk }) => pk === `FAMILY#${canaryFamilyId}`);

describe('the canary', () => {
  it('presses through the API, and hears from its family’s topic how long that took', async () => {
    await stack.advance(1);
    expect(measured()).toHaveLength(1);
    const { seconds } = JSON.parse(measured()[0]!.line);
    expect(seconds).toBeGreaterThan(0);
    expect(stack.inbox().map((message) => [message.topic, message.protocol, message.attributes['drill']])).toEqual([
      [topic, 'lambda', 'true'],
    ]);
    // The press that anybody makes: one read and one transaction.
    expect(stack.calls({ function: 'raise-alert' }).map(({ operation }) => operation)).toEqual([
      'GetItem',
      'TransactWriteItems',
    ]);
  });

  it('leaves one press behind however often it presses, and writes no metric, number, incident or list', async () => {
    // With the watchman's rounds that find nothing, and one that looks at all offices: each hour with a metric costs.
    const minutes = 16;
    expect(minutes).toBeGreaterThan(drillsPerMonth);
    await stack.stack.control.advance(minutes);
    expect(measured()).toHaveLength(minutes);
    expect(stack.logs().filter(({ line }) => line.includes('"_aws"'))).toEqual([]);
    expect((await ofCanary()).map(({ itemType }) => String(itemType)).toSorted()).toEqual([
      'alert',
      'drills',
      'family',
    ]);
    let said = '';
    const out = (text: string) => void (said += text);
    await runAlerts(['open', '--json', '--url', stack.url], { connect, out, err: out });
    expect(JSON.parse(said)).toMatchObject({ alerts: [], unreadable: [] });
    const types = new Set((await itemsOf(stack.stack)).map(({ itemType }) => itemType));
    for (const type of ['listing', 'numbers', 'press-place', 'incident-press', 'reach', 'newest-case']) {
      expect(types).not.toContain(type);
    }
  });

  it('hears nothing while SNS is broken, although the press was taken', async () => {
    stack.fault({ service: 'sns', operation: 'Publish', mode: 'error' });
    await stack.advance(1);
    expect(await ofCanary()).toContainEqual(expect.objectContaining({ itemType: 'alert', state: 'raised' }));
    expect(measured()).toEqual([]);
  });

  it('leaves everybody else alone', async () => {
    const { familyId } = await stack.register();
    await stack.advance(1);
    const theirs = async () => (await itemsOf(stack.stack)).filter(({ pk }) => pk === `FAMILY#${familyId}`);
    const before = await theirs();
    await stack.advance(1);
    expect(measured()).toHaveLength(2);
    expect(await theirs()).toEqual(before);
  });
});
