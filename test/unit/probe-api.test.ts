import { describe, expect, it } from 'vitest';
import { createHandler } from '../../functions/probe-api/handler.ts';

type Answer = { status: number; body?: unknown };

const well: Record<string, Answer> = {
  '/health': { status: 200, body: { status: 'ok' } },
  '/v1/consulates': { status: 200, body: { consulates: [{ id: 'dallas' }] } },
};

const probe = (answers: Record<string, Answer | Error>) => {
  const asked: string[] = [];
  const handler = createHandler({
    apiUrl: 'https://api.example',
    timeoutMs: 1_000,
    fetch: async (url) => {
      asked.push(url);
      const answer = answers[new URL(url).pathname]!;
      if (answer instanceof Error) throw answer;
      return { status: answer.status, json: async () => answer.body };
    },
  });
  return { handler, asked };
};

describe('probing the API', () => {
  it('calls health and the search and is content', async () => {
    const { handler, asked } = probe(well);
    await expect(handler()).resolves.toBeUndefined();
    expect(asked.map((url) => new URL(url).pathname)).toEqual(['/health', '/v1/consulates']);
  });

  it('fails naming the route and the status, without the query', async () => {
    const { handler } = probe({ ...well, '/v1/consulates': { status: 503 } });
    await expect(handler()).rejects.toThrow(/^GET \/v1\/consulates answered 503$/);
  });

  it('fails when the search finds nobody', async () => {
    const { handler } = probe({ ...well, '/v1/consulates': { status: 200, body: { consulates: [] } } });
    await expect(handler()).rejects.toThrow('GET /v1/consulates found no consulate');
  });

  it('fails when no JSON object comes', async () => {
    const { handler } = probe({ ...well, '/health': { status: 200, body: 'hello' } });
    await expect(handler()).rejects.toThrow('GET /health answered no JSON object');
  });

  it('names everything that fails, and of a fault only its kind', async () => {
    const { handler } = probe({ '/health': { status: 500 }, '/v1/consulates': new TypeError('secret detail') });
    await expect(handler()).rejects.toThrow(
      /^GET \/health answered 500; GET \/v1\/consulates gave no answer: TypeError$/,
    );
  });
});
