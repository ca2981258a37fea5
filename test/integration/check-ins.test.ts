import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { announcementSchema } from '../../shared/contracts/announcement.ts';
import { expectDocumented } from '../support/api-contract.ts';
import {
  atStartOfMinute,
  machinesAt,
  publishes,
  registered,
  told,
  toldAtOnce,
  twoWatchmen,
} from '../support/announced.ts';
import { houston, startStack } from '../support/local-stack.ts';

const stack = await startStack();
beforeEach(stack.reset);
afterAll(stack.close);

const pin = '482915';
const duressPin = '110022';
const ownPhone = '+12135550199';
const reminder = 'check-in.reminder.v1';
const raised = 'alert.raised.v1';
const mended = async (): Promise<unknown> => stack.send('DELETE', '/_local/faults');
type Auth = Record<string, string>;

/** Ana in Houston, with a phone of her own. */
const ana = async () => {
  const person = { name: 'Ana Sofía Núñez', language: 'es', phone: ownPhone, homePosition: houston };
  return registered(stack, { person, pin, duressPin });
};
const now = async (): Promise<number> => Date.parse((await stack.send('GET', '/_local/clock')).json.now);
const send = async (auth: Auth, method: 'GET' | 'POST', path: string, route = path, body?: unknown) => {
  const { status, headers, json } = await stack.send(method, `/v1/check-ins${path}`, body, auth);
  await stack.idle();
  const answer = { status, headers: Object.fromEntries(headers), body: json };
  return expectDocumented(`${method} /v1/check-ins${route}`, answer);
};
const promise = async (auth: Auth, minutes: number, more: Record<string, unknown> = {}): Promise<string> => {
  const dueAt = new Date((await now()) + minutes * 60_000).toISOString();
  const { status, body } = await send(auth, 'POST', '', '', { dueAt, ...more });
  expect([status, body.dueAt]).toEqual([201, dueAt]);
  return body.checkInId;
};
const answer = async (auth: Auth, id: string, how: 'ok' | 'end', tried: string) =>
  send(auth, 'POST', `/${id}/${how}`, `/{checkInId}/${how}`, { pin: tried });
const list = async (auth: Auth) => (await send(auth, 'GET', '')).body.checkIns;
const everybody = ['family email', 'family sms', 'houston email', 'ministry email'];
const officers = everybody.filter((one) => !one.startsWith('family'));

describe('a check-in', () => {
  test('is reminded of, missed, raised once as an alert that nobody pressed, and can be cancelled', async () => {
    const { auth, familyId } = await ana();
    const id = await promise(auth, 16.5, { label: 'cita migratoria' });
    // Answered in time: of this one nobody hears.
    const kept = await promise(auth, 16);
    expect((await answer(auth, kept, 'ok', pin)).body).toMatchObject({ state: 'ok' });
    await stack.advance(1);
    expect(stack.inbox({ type: reminder })).toEqual([]);
    await stack.advance(2);
    expect(stack.inbox({ type: reminder })).toMatchObject([
      { topic: `alert-button-family-${familyId}-self`, protocol: 'sms', endpoint: ownPhone },
    ]);
    expect(stack.inbox({ type: raised })).toEqual([]);
    await stack.advance(15);
    expect(told(stack, raised)).toEqual(everybody);
    await stack.advance(2);
    expect([told(stack, raised), told(stack, reminder)]).toEqual([everybody, ['family sms']]);

    const missed = (await list(auth)).find(({ checkInId }: { checkInId: string }) => checkInId === id);
    expect(missed).toMatchObject({ state: 'missed', alertId: expect.any(String) });
    // The phone may be in other hands from now on.
    expect(missed).not.toHaveProperty('label');
    const [email] = stack.inbox({ type: raised, protocol: 'email', endpoint: 'lupe@family.example' });
    expect(email?.body).toMatch(/Nadie activó el botón.*cita migratoria/s);
    const [queued] = stack.inbox({ type: raised, topic: 'alert-button-consulate-houston' });
    expect(queued?.body).toContain('NO LLEGÓ EL OK PROMETIDO');
    expect((await answer(auth, id, 'ok', pin)).status).toBe(409);
    const cancelled = await stack.send('POST', `/v1/alerts/${missed.alertId}/cancel`, { pin }, auth);
    expect(cancelled.status).toBe(200);
    await stack.idle();
    expect(told(stack, 'alert.cancelled.v1')).toEqual(everybody);
    const lines = stack
      .logs()
      .map(({ line }) => line)
      .join('\n');
    expect(lines).toContain('check-in.missed');
    expect(lines).not.toMatch(/cita|Ana|2135550199|482915/);
  });
});

describe('the duress PIN', () => {
  const callsOf = () =>
    stack
      .calls({ function: 'manage-check-ins' })
      .map(({ service, operation, outcome }) => `${service} ${operation} ${outcome}`)
      .toSorted();

  test('answers as the PIN does, with the same calls, and raises an alert that no phone can see', async () => {
    const seen = [];
    for (const tried of [pin, duressPin]) {
      await stack.reset();
      const { auth } = await ana();
      const id = await promise(auth, 16, { checkInId: '33333333-3333-4333-8333-333333333333' });
      const before = callsOf().length;
      const { status, headers, body } = await answer(auth, id, 'ok', tried);
      const calls = callsOf().slice(before);
      const again = await answer(auth, id, 'ok', tried);
      const { json: family } = await stack.send('GET', '/v1/family', undefined, auth);
      const { 'apigw-requestid': _, date: __, ...same } = headers;
      seen.push({
        status,
        headers: same,
        state: body.state,
        calls,
        again: again.body.state,
        all: callsOf(),
        list: (await list(auth)).map(({ dueAt: ___, ...rest }: { dueAt: string }) => rest),
        family: { ...family, familyId: '', contacts: family.contacts.length },
      });
    }
    expect(seen[1]).toEqual(seen[0]);
    expect(told(stack, raised)).toEqual(officers);
    await stack.advance(17);
    expect([told(stack, reminder), told(stack, raised).slice(0, 2)]).toEqual([[], officers]);
  });
});

describe('faults', () => {
  const fail = (operation: string, mode: 'error' | 'slow' = 'error', delayMs?: number): void =>
    stack.fault({
      service: operation === 'Publish' ? 'sns' : 'dynamodb',
      operation,
      mode,
      ...(delayMs && { delayMs }),
    });

  test('two watchmen at once remind and raise once', async () => {
    await twoWatchmen(stack);
    await atStartOfMinute(stack);
    const { auth } = await ana();
    await promise(auth, 15.5);
    await stack.advance(0.6);
    // Slow calls, so that the second comes into the middle of the first.
    fail('Publish', 'slow', 800);
    await Promise.all([1, 2].map(async () => stack.stack.invoke('watchman', {})));
    await mended();
    expect([told(stack, reminder), publishes(stack, 'watchman')]).toEqual([['family sms'], 1]);

    await atStartOfMinute(stack);
    await promise(auth, 0.1);
    await stack.advance(0.2);
    fail('TransactWriteItems', 'slow', 800);
    await Promise.all([1, 2].map(async () => stack.stack.invoke('watchman', {})));
    await mended();
    await stack.idle();
    expect(told(stack, raised)).toEqual(everybody);
  });

  test('an OK that races the firing is either heard or refused, and everybody hears what is so', async () => {
    await machinesAt(stack);
    const { auth } = await ana();
    const ids = await Promise.all([1, 2, 3].map(async () => promise(auth, 0.1)));
    const answers = ids.map(async (id) => answer(auth, id, 'ok', pin));
    await stack.advance(1);
    const settled = await Promise.all(answers);
    await stack.idle();
    const states = new Map(
      (await list(auth)).map((one: { checkInId: string; state: string }) => [one.checkInId, one.state]),
    );
    const heard = settled.filter(({ status }) => status === 200).map(({ body }) => states.get(body.checkInId));
    expect(new Set(heard).isSubsetOf(new Set(['ok']))).toBe(true);
    const missed = [...states.values()].filter((state) => state === 'missed').length;
    expect(settled.filter(({ status }) => status === 409)).toHaveLength(missed);
    expect(toldAtOnce(stack, raised)).toHaveLength(missed * everybody.length);
  });
});

test('machines are told where the alert came from', async () => {
  const { auth } = await ana();
  await promise(auth, 0.5, { label: 'cita' });
  await stack.send('POST', '/_local/subscriptions', {
    topic: 'alert-button-ministry',
    protocol: 'email-json',
    endpoint: 'sistema@example.org',
  });
  await stack.advance(1);
  const [message] = stack.inbox({ endpoint: 'sistema@example.org', type: raised });
  const { Message } = JSON.parse(message?.body ?? '{}') as { Message: string };
  expect(announcementSchema.parse(JSON.parse(Message))).toMatchObject({
    origin: { kind: 'missed-check-in', label: 'cita', promisedAt: expect.any(String) },
    pressedAt: null,
    position: null,
  });
});
