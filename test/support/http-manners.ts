import assert from 'node:assert/strict';

/** What the gateway, its network and the moment write. */
const ofTheMoment = new Set([
  'apigw-requestid',
  'connection',
  'content-length',
  'date',
  'keep-alive',
  'x-amzn-requestid',
]);

const told = ({ status, headers }: Response) => ({
  status,
  headers: [...headers].filter(([name]) => !ofTheMoment.has(name)),
});

/**
 * What every HTTP client may count on, wherever the stack runs: HEAD is GET without the body, a browser that goes astray
 * gets a page, and the address of a form leads back to its page.
 */
export const checkHttpManners = async (baseUrl: string, deviceToken: string, alertId: string): Promise<void> => {
  const noLink = 'x'.repeat(22);
  const paths = [
    '/',
    '/sw.js',
    '/manifest.webmanifest',
    '/app/none.js',
    '/health',
    '/openapi.json',
    '/v1/rights',
    '/none',
    '/v1/consulates?latitude=34&longitude=-118',
    '/v1/family',
    '/v1/check-ins',
    `/v1/alerts/${alertId}`,
    ...['c', 'f', 'o'].map((kind) => `/${kind}/${noLink}`),
    `/c/${noLink}/acknowledge`,
  ];
  const headers = { authorization: `Bearer ${deviceToken}` };
  for (const path of paths) {
    const [got, head] = await Promise.all(
      ['GET', 'HEAD'].map(async (method) => fetch(`${baseUrl}${path}`, { method, headers, redirect: 'manual' })),
    );
    assert.deepEqual(told(head!), told(got!), `HEAD ${path}`);
    assert.equal((await head!.arrayBuffer()).byteLength, 0, `HEAD ${path} has a body`);
    await got!.body?.cancel();
  }
  const browser = { accept: 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8' };
  const astray = await fetch(`${baseUrl}/none`, { headers: browser });
  assert.equal(astray.status, 404);
  assert.match(astray.headers.get('content-type') ?? '', /^text\/html/);
  assert.match(await astray.text(), /Aquí no hay .*There is no page/s);

  for (const [action, page] of [
    [`/c/${noLink}/acknowledge?language=en`, `/c/${noLink}?language=en`],
    [`/f/${noLink}/on-it`, `/f/${noLink}`],
    [`/o/${noLink}/take`, `/o/${noLink}`],
  ]) {
    const answer = await fetch(`${baseUrl}${action}`, { headers: browser, redirect: 'manual' });
    assert.deepEqual([answer.status, answer.headers.get('location')], [303, page], action);
  }
};
