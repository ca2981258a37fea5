import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { expectDocumented } from '../support/api-contract.ts';
import { startStack, type TestStack } from '../support/local-stack.ts';

let stack: TestStack;
beforeAll(async () => {
  stack = await startStack();
});
afterAll(async () => stack.close());
beforeEach(async () => stack.reset());

const pin = '482915';
const duressPin = '110022';

const pressed = async () => {
  const { auth, familyId } = await stack.register({ pin, duressPin });
  const { alertId } = await stack.press(auth);
  await stack.idle();
  const cancel = async (tried: string) => {
    const { status, headers, json } = await stack.send('POST', `/v1/alerts/${alertId}/cancel`, { pin: tried }, auth);
    await stack.idle();
    return expectDocumented('POST /v1/alerts/{alertId}/cancel', {
      status,
      headers: Object.fromEntries(headers),
      body: json,
    });
  };
  const status = async () => (await stack.send('GET', `/v1/alerts/${alertId}`, undefined, auth)).json;
  const topics = (type: string) => [...new Set(stack.inbox({ type }).map(({ topic }) => topic))].toSorted();
  return { auth, alertId, familyTopic: `alert-button-family-${familyId}`, cancel, status, topics };
};
const callsOfCancel = () =>
  stack
    .calls({ function: 'cancel-alert' })
    .map(({ service, operation, outcome }) => `${service} ${operation} ${outcome}`);

describe('cancelling on the local stack', () => {
  test('with the PIN tells everybody who was told; the duress PIN makes the same calls, and tells officers the truth', async () => {
    const first = await pressed();
    expect(await first.cancel(pin)).toMatchObject({ status: 200, body: { state: 'closed' } });
    expect(first.topics('alert.cancelled.v1')).toEqual(
      ['alert-button-consulate-houston', first.familyTopic, 'alert-button-ministry'].toSorted(),
    );
    expect(first.topics('alert.cancelled-under-duress.v1')).toEqual([]);
    expect(await first.status()).toMatchObject({ state: 'closed', consulate: { id: 'houston' } });
    const withPin = callsOfCancel();
    expect(withPin.filter((call) => call.startsWith('kms'))).toEqual(['kms GenerateMac ok']);

    await stack.reset();
    const { auth, alertId, cancel, status, topics, familyTopic } = await pressed();
    const before = await status();
    expect(await cancel(duressPin)).toMatchObject({ status: 200, body: { state: 'closed' } });
    expect(callsOfCancel().toSorted()).toEqual(withPin.toSorted());
    expect(topics('alert.cancelled.v1')).toEqual([familyTopic]);
    // One office more.
    const told = topics('alert.cancelled-under-duress.v1');
    expect(told).toEqual(expect.arrayContaining(['alert-button-consulate-houston', 'alert-button-ministry']));
    expect(told).toHaveLength(3);
    expect(await status()).toEqual({ ...before, state: 'closed' });
    // Nobody acknowledges, and then somebody does: officers are told more, phone and family see none of it.
    const toFamily = stack.inbox({ topic: familyTopic }).length;
    await stack.advance(16);
    expect(topics('alert.escalated.v1')).toContain('alert-button-ministry');
    const [mail] = stack.inbox({ topic: 'alert-button-consulate-houston', type: 'alert.cancelled-under-duress.v1' });
    const page = /\/c\/[\w-]+/.exec(mail!.body)![0];
    const taken = await stack.send('POST', `${page}/acknowledge`, { officer: 'Ana' }, { accept: 'application/json' });
    expect(taken.json).toMatchObject({ state: 'acknowledged', duress: true });
    await stack.idle();
    expect(stack.inbox({ topic: familyTopic })).toHaveLength(toFamily);
    expect(await status()).toEqual({ ...before, state: 'closed' });
    expect((await stack.press(auth, { alertId })).json).toMatchObject({ state: 'closed' });
  });

  test('is locked after five wrong PINs, when the duress PIN still reaches officers', async () => {
    const { cancel, status, topics } = await pressed();
    for (let tries = 0; tries < 5; tries += 1) expect((await cancel('000000')).status).toBe(403);
    const before = await status();
    const { 'apigw-requestid': _, ...headers } = (await cancel(pin)).headers;
    expect(await status()).toEqual(before);
    const duress = await cancel(duressPin);
    // Two answers to the same PIN differ in these two as well, where a second has passed between them.
    const passing = { date: expect.any(String), 'retry-after': expect.stringMatching(/^(900|8\d\d)$/) };
    expect(duress).toMatchObject({ status: 403, headers: { ...headers, ...passing } });
    expect(await status()).toEqual(before);
    expect(topics('alert.cancelled.v1')).toEqual([]);
    expect(topics('alert.cancelled-under-duress.v1')).toContain('alert-button-ministry');
    await stack.advance(16);
    expect((await cancel(pin)).status).toBe(200);
    expect(topics('alert.cancelled-under-duress.v1')).toContain('alert-button-consulate-houston');
    const lines = stack.logs().flatMap(({ function: name, line }) => (name === 'cancel-alert' ? [line] : []));
    expect(lines.join('\n')).toContain('alert.cancelled');
    expect(lines.join('\n')).not.toMatch(/482915|110022|000000|duress/);
  });
});
