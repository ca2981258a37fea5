import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Assembly } from '../../infra/local-aws/assembly.ts';
import { synthesise } from '../../infra/local/synthesise.ts';
import { type TestStack, startStack } from '../support/local-stack.ts';

/*
 * A flood without a token, on every route of the template but registration, which needs the edge, beside people who need the
 * service: none of these may be refused. One process is the whole of AWS here, so it needs a calm machine: with a load of 17 on
 * two cores functions timed out (500), and nothing was throttled (429). `npm run test:flood`; FLOOD_SECONDS=10,
 * FLOOD_PER_SECOND=50.
 */

const seconds = Number(process.env['FLOOD_SECONDS'] ?? 30);
const perSecond = Number(process.env['FLOOD_PER_SECOND'] ?? 200);

/** What nobody has stands in the place of each part of a path. */
const ofNobody: Readonly<Record<string, string>> = {
  token: 'x'.repeat(22),
  action: 'acknowledge',
  file: 'main.js',
  alertId: '5a1f0c9e-7b3d-4f0a-9b52-1c6f2f0f7a10',
  checkInId: '5a1f0c9e-7b3d-4f0a-9b52-1c6f2f0f7a11',
  contactId: '5a1f0c9e-7b3d-4f0a-9b52-1c6f2f0f7a12',
  deviceId: '5a1f0c9e-7b3d-4f0a-9b52-1c6f2f0f7a13',
};
const searches: Readonly<Record<string, string>> = { '/v1/consulates': '?latitude=34.05&longitude=-118.24' };

type Request = readonly [method: string, path: string];

/** Each route once, and HEAD wherever GET is. */
const routesOf = ({ template }: Assembly): readonly Request[] => {
  const keys = [...template.resources.values()]
    .filter(({ Type }) => Type === 'AWS::ApiGatewayV2::Route')
    .map(({ Properties }) => String(Properties['RouteKey']));
  const requests = keys.flatMap((key): Request[] => {
    if (key === '$default') return [['GET', '/no-such-path']];
    const [method = '', route = ''] = key.split(' ');
    if (method === 'POST' && route === '/v1/families') return [];
    const path = route.replaceAll(/\{(\w+)\+?\}/g, (_part, name: string) => {
      const value = ofNobody[name];
      if (value === undefined) throw new Error(`what stands for {${name}} in ${key}?`);
      return value;
    });
    return [[method, `${path}${searches[route] ?? ''}`]];
  });
  return [...requests, ...requests.filter(([method]) => method === 'GET').map(([, path]): Request => ['HEAD', path])];
};

let flooded: readonly Request[];
let stack: TestStack;
beforeAll(async () => {
  flooded = routesOf(await synthesise());
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
    `${sent} requests of nobody on ${flooded.length} routes: ${JSON.stringify(Object.fromEntries(flood))}; slowest of people in ms: ${JSON.stringify(Object.fromEntries(names.map((who) => [who, slowest(who)])))}\n`,
  );
  expect(people.filter(({ status }) => status !== 200 && status !== 202)).toEqual([]);
  expect(people).toHaveLength(5 * seconds);
});
