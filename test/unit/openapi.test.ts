import * as fc from 'fast-check';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import apiExamples from '../../shared/contracts/api-examples.json' with { type: 'json' };
import { officerActionRequests } from '../../shared/contracts/case-actions.ts';
import { openApiDocument } from '../../shared/contracts/openapi.ts';
import { problem } from '../../shared/contracts/common.ts';
import { operations } from '../../shared/contracts/operations.ts';
import { personName } from '../../shared/contracts/typed.ts';
import { anyName } from '../support/any-name.ts';
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
      expect(requestBody.required).toBe(!['acknowledge', 'offer', 'take-back', 'reopen'].includes(action));
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

  it('shows an example of every refusal, of ours and of the gateway', () => {
    const contents = having('content').flatMap(({ content }) => Object.entries<Json>(content));
    const ours = contents.filter(([type]) => type === 'application/problem+json');
    const gateways = contents.filter(([, { schema }]) => schema.$ref?.endsWith('GatewayMessage'));
    expect(ours.length * gateways.length).toBeGreaterThan(0);
    for (const [, { example }] of ours) expect(problem.parse(example)).toEqual(example);
    for (const [, { example }] of gateways) expect(example).toEqual({ message: expect.any(String) });
    expect(contents.filter(([, { example }]) => example === undefined)).toEqual([]);
  });

  it('groups its operations and says of each what it does', () => {
    const names = document.tags.map(({ name }: Json) => name);
    for (const { tags, description } of having('operationId')) {
      expect(names).toEqual(expect.arrayContaining(tags));
      expect([tags.length, typeof description]).toEqual([1, 'string']);
    }
  });

  it('has patterns that every engine reads alike: no classes of Unicode, no looking around, no class that differs', () => {
    const patterns = having('pattern').map(({ pattern }) => pattern as string);
    expect(patterns.length).toBeGreaterThan(5);
    for (const pattern of patterns) {
      expect(pattern).not.toMatch(/\\[pPdDwWsSbBu]|\(\?/);
    }
  });

  it('asks in no request for a member that the server can do without', () => {
    const requests = operations.flatMap(({ request }) =>
      request ? [document.components.schemas[request.meta()!.id!]] : [],
    );
    expect(requests.flatMap((request) => having('default', request))).toEqual([]);
    const { required } = document.components.schemas.RegisterFamilyRequest;
    expect(required).not.toContain('sharePositionWithFamily');
  });

  it('takes names as the server does: letters, 80 characters, 4 digits', () => {
    const { PersonName, Signature } = document.components.schemas;
    for (const { maxLength, minLength, allOf } of [PersonName, Signature]) {
      const fits = (name: string): boolean =>
        Array.from(name).length >= minLength &&
        Array.from(name).length <= maxLength &&
        allOf.every(({ pattern }: Json) => new RegExp(pattern, 'u').test(name));
      for (const name of ['O’Brien', 'Ma.del Carmen', 'Jɇɇ Ñeꞹe Ⱥna', 'Tʌrʌ Hʌ', 'a'.repeat(80)])
        expect(fits(name)).toBe(true);
      for (const name of ['', '❤️', '12', 'a'.repeat(81), 'Banco 90055']) expect(fits(name)).toBe(false);
      // Dots at the end of each letter make a name longer than it was typed.
      const typed = fc.string({ unit: fc.constantFrom(...Array.from("aÑé'’-. 7(李")), minLength: 1, maxLength: 90 });
      fc.assert(
        fc.property(fc.oneof(typed, anyName), (name) => {
          const { success } = personName.safeParse(name);
          expect([fits(name), success]).not.toEqual([true, false]);
        }),
      );
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
