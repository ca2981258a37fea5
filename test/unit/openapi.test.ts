import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import apiExamples from '../../shared/contracts/api-examples.json' with { type: 'json' };
import { officerActionRequests } from '../../shared/contracts/cases.ts';
import { openApiDocument } from '../../shared/contracts/openapi.ts';
import { operations } from '../../shared/contracts/operations.ts';
import { formattedJson } from '../support/formatted-json.ts';

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
  // `npx vitest run --project fast openapi -u` renews it.
  it('is the committed file, which is what is served', async () => {
    await expect(await formattedJson(document)).toMatchFileSnapshot(file);
  });

  it('points to nothing that is not in it, and holds nothing that nobody points to', () => {
    const references = having('$ref').map(({ $ref }) => $ref as string);
    const parts = Object.entries(document.components)
      .filter(([kind]) => kind !== 'securitySchemes')
      .flatMap(([kind, named]) => Object.keys(named as object).map((name) => `#/components/${kind}/${name}`));
    expect(new Set(references)).toEqual(new Set(parts));
  });

  it('asks for a token where the handlers do, and says what a wrong one gets', () => {
    for (const { method, path, auth } of operations) {
      const operation = document.paths[path][method.toLowerCase()];
      expect(operation.security).toEqual(auth === 'device' ? [{ deviceToken: [] }] : []);
      expect(Object.keys(operation.responses).includes('401')).toBe(auth === 'device');
    }
  });

  it('has an operation for each action on a case, which takes the body of that action and no other', () => {
    for (const [action, schema] of Object.entries(officerActionRequests)) {
      const { requestBody } = document.paths[`/c/{token}/${action}`].post;
      const [, name = ''] = requestBody.content['application/json'].schema.$ref.split('/schemas/');
      expect(requestBody.required).toBe(!['acknowledge', 'reopen'].includes(action));
      expect(Object.keys(document.components.schemas[name].properties)).toEqual(Object.keys(schema.shape));
    }
    expect(document.components.schemas.ChangeCaseStateRequest.properties.to.enum).toEqual([
      'locating',
      'located',
      'in-contact',
      'transferred',
    ]);
  });

  it('shows an example of every body, which is what its schema takes', () => {
    const schemas = operations.flatMap(({ request, answers }) => [
      ...(request ? [request] : []),
      ...Object.values(answers).map(({ body }) => body),
    ]);
    const examples = new Map<string | undefined, unknown>(Object.entries(apiExamples));
    expect(new Set(examples.keys())).toEqual(new Set(schemas.map((schema) => schema.meta()?.id)));
    for (const schema of schemas) {
      const example = examples.get(schema.meta()?.id);
      // Parsing drops what the schema does not know, and adds what has a default.
      expect(schema.parse(example)).toMatchObject(example as object);
    }
  });

  it('names no operation twice', () => {
    const ids = having('operationId').map(({ operationId }) => operationId as string);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('tells our problem documents from the gateway’s own bodies', () => {
    const bodyOf = (response: Json): Record<string, string> =>
      Object.fromEntries(
        Object.entries<Json>(response.content).map(([type, { schema }]) => [type, schema.$ref.split('/').at(-1)]),
      );
    const { responses } = document.paths['/v1/alerts'].post;
    const { responses: common } = document.components;
    expect(responses[401]).toEqual({ $ref: '#/components/responses/UnknownToken' });
    expect(bodyOf(common.UnknownToken)).toEqual({ 'application/problem+json': 'Problem' });
    expect(bodyOf(common.TooLarge)).toEqual({
      'application/problem+json': 'Problem',
      'application/json': 'GatewayMessage',
    });
    expect(bodyOf(common.TooManyRequests)).toEqual({ 'application/json': 'GatewayMessage' });
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
