import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { TestStack } from '../support/local-stack.ts';
import { startStack } from '../support/local-stack.ts';

/*
 * A flood without a token, on every route but registration, beside people who need the service: none of these may be
 * refused. One process is the whole of AWS here, so it needs a calm machine: with a load of 17 on two cores functions timed out
 * (500), and nothing was throttled (429). `npm run test:flood`; FLOOD_SECONDS=30, FLOOD_PER_SECOND=50.
 */

const seconds = Number(process.env['FLOOD_SECONDS'] ?? 10);
const perSecond = Number(process.env['FLOOD_PER_SECOND'] ?? 200);
const nobody = 'x'.repeat(22);
const id = '5a1f0c9e-7b3d-4f0a-9b52-1c6f2f0f7a10';

const flooded: readonly (readonly [method: string, path: string])[] = [
  ['GET', '/health'],
  ['GET', '/v1/consulates?latitude=34.05&longitude=-118.24'],
  ['GET', '/v1/rights?language=es'],
  ['GET', '/v1/consent?language=es'],
  ['GET', '/'],
  ['GET', `/f/${nobody}`],
  ['GET', `/c/${nobody}`],
  ['GET', `/o/${nobody}`],
  ['POST', `/c/${nobody}/acknowledge`],
  ['GET', '/v1/family'],
  ['GET', '/v1/alerts'],
  ['GET', `/v1/alerts/${id}`],
  ['POST', '/v1/alerts'],
  ['POST', `/v1/alerts/${id}/cancel`],
  ['POST', `/v1/alerts/${id}/positions`],
  ['POST', '/v1/check-ins'],
  ['POST', '/v1/family/contacts'],
  ['POST', '/v1/family/erase'],
  ['POST', '/v1/families/recover'],
  ['POST', '/v1/devices'],
  ['GET', '/no-such-path'],
];

let stack: TestStack;
beforeAll(async () => {
  stack = await startStack();
});
afterAll(async () => stack.close());

const linkIn = (body: string, kind: 'c' | 'f'): string => new RegExp(`/${kind}/[\\w-]+`).exec(body)?.[0] ?? 'none';

it(`keeps nobody from pressing, reading or acting: ${perSecond} a second for ${seconds} s`, async () => {
  const { auth } = await stack.register();
  await stack.press(auth);
  await stack.idle();
  const raised = { type: 'alert.raised.v1', protocol: 'email' } as const;
  const officer = linkIn(
    (await stack.waitForMessage({ ...raised, topic: 'alert-button-consulate-houston' })).body,
    'c',
  );
  const family = linkIn((await stack.waitForMessage({ ...raised, endpoint: 'lupe@family.example' })).body, 'f');

  const flood = new Map<number, number>();
  const people: { readonly who: string; readonly status: number; readonly ms: number }[] = [];
  const work: Promise<void>[] = [];
  const send = async (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) => {
    const from = performance.now();
    const { status } = await stack.send(method, path, method === 'POST' ? (body ?? {}) : undefined, headers);
    return { status, ms: performance.now() - from };
  };
  const as = async (who: string, ...request: Parameters<typeof send>) => {
    // A kept connection may end in the moment it is used again; clients send it once more, and so do we.
    people.push({ who, ...(await send(...request).catch(async () => send(...request))) });
  };
  const html = { accept: 'application/json' };

  let sent = 0;
  const from = performance.now();
  for (let second = 0; second < seconds; second += 1) {
    work.push(
      as('press', 'POST', '/v1/alerts', { alertId: crypto.randomUUID() }, auth),
      as('person', 'GET', '/v1/family', undefined, auth),
      as('family', 'GET', family, undefined, html),
      as('officer reads', 'GET', officer, undefined, html),
      as('officer acts', 'POST', `${officer}/note`, { text: `nota ${second}`, officer: 'Rosa Díaz' }, html),
    );
    while (performance.now() - from < (second + 1) * 1000) {
      for (const due = ((performance.now() - from) / 1000) * perSecond; sent < due; sent += 1) {
        const [method, path] = flooded[sent % flooded.length]!;
        work.push(
          send(method, path)
            .catch(() => ({ status: 0 }))
            .then(({ status }) => void flood.set(status, (flood.get(status) ?? 0) + 1)),
        );
      }
      await wait(5);
    }
  }
  await Promise.all(work);

  const slowest = (who: string) => Math.round(Math.max(...people.filter((one) => one.who === who).map(({ ms }) => ms)));
  const names = [...new Set(people.map(({ who }) => who))];
  process.stdout.write(
    `${sent} requests of nobody: ${JSON.stringify(Object.fromEntries(flood))}; slowest of people in ms: ${JSON.stringify(Object.fromEntries(names.map((who) => [who, slowest(who)])))}\n`,
  );
  expect(people.filter(({ status }) => status !== 200 && status !== 202)).toEqual([]);
  expect(people).toHaveLength(5 * seconds);
});
