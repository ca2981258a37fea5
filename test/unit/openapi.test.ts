import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { isDeepStrictEqual } from 'node:util';
import { describe, expect, it } from 'vitest';
import { openApiDocument } from '../../shared/contracts/openapi.ts';
import { operations } from '../../shared/contracts/operations.ts';

const file = fileURLToPath(new URL('../../docs/openapi.json', import.meta.url));
/** Parsed JSON, to be looked into without ceremony. */
type Json = ReturnType<typeof JSON.parse>;

const document: Json = JSON.parse(JSON.stringify(openApiDocument()));

/** Every object in the document that has this member. */
const having = (member: string, value: unknown = document): Json[] => {
  if (typeof value !== 'object' || value === null) return [];
  const within = Object.values(value).flatMap((inner) => having(member, inner));
  return member in value ? [value, ...within] : within;
};

describe('the document of the API', () => {
  // `npx vitest run --project fast openapi -u && npm run format` renews it.
  it('is the committed file, which is what is served', async () => {
    const text = existsSync(file) ? readFileSync(file, 'utf8') : '{}';
    const current = isDeepStrictEqual(JSON.parse(text), document) ? text : `${JSON.stringify(document, null, 2)}\n`;
    await expect(current).toMatchFileSnapshot(file);
  });

  it('points to nothing that is not in it, and holds nothing that nobody points to', () => {
    const references = having('$ref').map(({ $ref }) => $ref as string);
    const parts = Object.entries(document.components)
      .filter(([kind]) => kind !== 'securitySchemes')
      .flatMap(([kind, named]) => Object.keys(named as object).map((name) => `#/components/${kind}/${name}`));
    expect(new Set(references)).toEqual(new Set(parts));
  });

  it('asks for a token where the handlers do, and says what a wrong one gets', () => {
    for (const { method, path, auth, problems } of operations) {
      const operation = document.paths[path][method.toLowerCase()];
      expect(operation.security).toEqual(auth === 'device' ? [{ deviceToken: [] }] : []);
      expect(Object.keys(problems).includes('401')).toBe(auth === 'device');
    }
  });

  it('tells our problem documents from the gateway’s own bodies', () => {
    const bodyOf = (response: Json): Record<string, string> =>
      Object.fromEntries(
        Object.entries<Json>(response.content).map(([type, { schema }]) => [type, schema.$ref.split('/').at(-1)]),
      );
    const { responses } = document.paths['/v1/alerts'].post;
    expect(bodyOf(responses[401])).toEqual({ 'application/problem+json': 'Problem' });
    expect(bodyOf(document.components.responses.TooManyRequests)).toEqual({ 'application/json': 'GatewayMessage' });
    for (const { responses: each } of having('operationId')) {
      expect(Object.keys(each)).toEqual(expect.arrayContaining(['429', '500', '503']));
    }
  });

  it('gives parameters the types that clients think of', () => {
    expect(document.paths['/v1/consulates'].get.parameters).toMatchObject([
      { name: 'latitude', in: 'query', required: true, schema: { type: 'number', minimum: -90, maximum: 90 } },
      { name: 'longitude', required: true },
      { name: 'limit', required: false, schema: { type: 'integer', default: 3 } },
    ]);
    expect(document.paths['/v1/alerts/{alertId}'].get.parameters).toMatchObject([
      { name: 'alertId', in: 'path', required: true, schema: { format: 'uuid' } },
    ]);
  });

  it('leaves answers open for members to come', () => {
    expect(having('additionalProperties').filter(({ additionalProperties }) => additionalProperties === false)).toEqual(
      [],
    );
  });
});
