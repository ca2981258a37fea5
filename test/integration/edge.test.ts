import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { buildApp } from '../../infra/app.ts';
import { parseTemplate } from '../../infra/local-aws/template/template.ts';
import { envNames } from '../../shared/names.ts';
import { startStack } from '../support/local-stack.ts';

const name = 'alerts.example.org';
const key = 'the-key';

/** The operator's own template, with an edge that has no effect here; of its key the emulator knows no value. */
const withEdge = async () => {
  const assetDirectory = await mkdtemp(join(tmpdir(), 'alert-button-edge-'));
  const settings = {
    edge: true,
    publicUrl: `https://${name}`,
    edgeCertificateArn: 'arn:aws:acm:us-east-1:123456789012:certificate/0f3a',
    canaryMinutes: 0,
  };
  const app = await buildApp({ settings, outdir: assetDirectory, policyPacks: false });
  const { stackName, template } = app.synth().getStackByName('AlertButton');
  const parsed = parseTemplate(template);
  for (const { Properties } of parsed.resources.values()) {
    const environment = Properties['Environment'] as { Variables: Record<string, unknown> } | undefined;
    if (environment?.Variables[envNames.edgeKey]) environment.Variables[envNames.edgeKey] = key;
  }
  const dispose = async () => rm(assetDirectory, { recursive: true, force: true });
  return { stackName, region: 'us-east-1', template: parsed, assetDirectory, dispose };
};

const stack = await startStack({ assembly: await withEdge() });
beforeEach(stack.reset);
afterAll(stack.close);

const through = { 'x-origin-key': key };
const family = {
  person: { name: 'Ana', language: 'es' },
  contacts: [{ name: 'José', channel: 'sms', endpoint: '+12135550147' }],
  pin: '482915',
  consent: { consularNotification: true, version: '2026-01' },
};

test('app, pages and registration are answered through the edge alone; the press at any address', async () => {
  expect((await stack.send('POST', '/v1/families', family)).status).toBe(403);
  const { status, json } = await stack.send('POST', '/v1/families', family, through);
  expect(status).toBe(201);
  const auth = { authorization: `Bearer ${json.deviceToken}` };
  const { alertId, status: pressed } = await stack.press(auth);
  expect(pressed).toBe(202);
  expect((await stack.send('GET', `/v1/alerts/${alertId}`, undefined, auth)).status).toBe(200);
  expect((await stack.send('GET', '/v1/family', undefined, auth)).status).toBe(200);
  expect((await stack.send('GET', '/health')).status).toBe(200);

  // What a message leads to is the edge; whoever comes with a link of before is led there, too.
  const { body } = await stack.waitForMessage({ type: 'alert.raised.v1', topic: 'alert-button-consulate-houston' });
  const [link = '', path = ''] = new RegExp(`https://${name}(/c/\\w+)`).exec(body) ?? [];
  expect(path).toMatch(/^\/c\//);
  for (const each of [path, '/', '/sw.js', '/v1/consent?language=en']) {
    const direct = await fetch(`${stack.url}${each}`, { redirect: 'manual' });
    expect([direct.status, direct.headers.get('location')]).toEqual([307, `https://${name}${each}`]);
    expect((await stack.send('GET', each, undefined, through)).status).toBe(200);
  }
  expect(link).toBe(`https://${name}${path}`);
  const officer = { officer: 'Lic. Vega' };
  expect((await stack.send('POST', `${path}/acknowledge`, officer)).status).toBe(403);
  expect((await stack.send('POST', `${path}/acknowledge`, officer, through)).status).toBe(200);
});
