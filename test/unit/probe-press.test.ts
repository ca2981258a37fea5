import { beforeEach, describe, expect, it } from 'vitest';
import { createHandler } from '../../functions/probe-press/handler.ts';
import { canaryFamilyId } from '../../shared/names.ts';
import { logLines } from '../support/log-lines.ts';

const context = { awsRequestId: 'request' };
const scheduled = { source: 'aws.events' };
const publishedAt = (Timestamp: string) => ({ Records: [{ EventSource: 'aws:sns', Sns: { Timestamp } }] });

let lines: readonly string[];
beforeEach(() => {
  lines = logLines();
});

const probe = ({ status = 202, pressedAt }: { status?: number | Error; pressedAt?: string } = {}) => {
  const asked: { url: string; init: RequestInit }[] = [];
  const renewed: string[] = [];
  const handler = createHandler({
    publicUrl: 'https://alerts.example',
    timeoutMs: 1_000,
    now: () => new Date('2026-11-29T12:00:00.000Z'),
    secrets: { newId: () => 'id', newSecret: () => ({ secret: 'secret', secretHash: 'hash' }) },
    family: {
      renew: async ({ secretHash }) => void renewed.push(secretHash),
      pressedAt: async () => pressedAt,
    },
    fetch: async (url, init) => {
      asked.push({ url, init });
      if (status instanceof Error) throw status;
      return { status };
    },
  });
  return { handler, asked, renewed };
};

describe('the canary', () => {
  it('presses a drill with a token that it has just made and keeps nowhere', async () => {
    const { handler, asked, renewed } = probe();
    await handler(scheduled, context);
    expect(renewed).toEqual(['hash']);
    const [{ url, init } = { url: '', init: {} }] = asked;
    expect(url).toBe('https://alerts.example/v1/alerts');
    expect(init.headers).toMatchObject({ authorization: `Bearer ${canaryFamilyId}.secret` });
    expect(JSON.parse(init.body as string)).toEqual({
      alertId: 'id',
      drill: true,
      pressedAt: '2026-11-29T12:00:00.000Z',
    });
    expect(lines).toEqual([]);
  });

  // Lambda runs again what fails, and the alarm would take those runs for a press that was heard.
  it('says how it was answered when a press is not taken, and ends as one run', async () => {
    await probe({ status: 503 }).handler(scheduled, context);
    expect(JSON.parse(lines.at(-1) ?? '')).toMatchObject({ level: 'error', event: 'canary.refused', status: 503 });
    await probe({ status: new TypeError('no route') }).handler(scheduled, context);
    expect(JSON.parse(lines.at(-1) ?? '')).toMatchObject({
      level: 'error',
      event: 'canary.failed',
      fault: 'TypeError',
    });
    expect(lines.join('')).not.toContain('no route');
  });

  it('says the seconds from the press until SNS had the message', async () => {
    const { handler, asked } = probe({ pressedAt: '2026-11-29T12:00:00.000Z' });
    await handler(publishedAt('2026-11-29T12:00:02.500Z'), context);
    expect(JSON.parse(lines.at(-1) ?? '')).toMatchObject({ event: 'canary.heard', seconds: 2.5 });
    expect(asked).toEqual([]);
  });

  it.each([undefined, '2026-11-29T12:05:00.000Z'])('counts nothing of a press that is forgotten', async (pressedAt) => {
    await probe({ ...(pressedAt !== undefined && { pressedAt }) }).handler(
      publishedAt('2026-11-29T12:00:02.500Z'),
      context,
    );
    expect(JSON.parse(lines.at(-1) ?? '')).toMatchObject({ event: 'canary.late' });
  });
});
