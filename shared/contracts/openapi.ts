import * as z from 'zod';
import apiExamples from './api-examples.json' with { type: 'json' };
import { position, problem } from './common.ts';
import { problemTitles } from '../runtime/problem.ts';
import { type Operation, commonProblems, problemsOf } from './operation.ts';
import { operations } from './operations.ts';
import { personName, signature } from './typed.ts';

type Json = Readonly<Record<string, unknown>>;

/** The gateway's own answers, before or instead of a function. We cannot change them. */
const gatewayMessage = z
  .object({ message: z.string().nullable() })
  .describe('The body of API Gateway’s own answers, not a problem document. Its texts may change.')
  .meta({ id: 'GatewayMessage' });

const reference = (name: string): Json => ({ $ref: `#/components/schemas/${name}` });

const idOf = (schema: z.ZodType): string => {
  const id = schema.meta()?.id;
  if (id === undefined) throw new Error('A schema of the API has no id.');
  return id;
};

/** The named schemas as JSON Schema 2020-12. Objects stay open: clients ignore members that are added later. */
const schemasOf = (named: readonly z.ZodType[]): Record<string, Json> => {
  const registry = z.registry<{ id: string }>();
  for (const schema of new Set(named)) registry.add(schema, { id: idOf(schema) });
  const { schemas } = z.toJSONSchema(registry, {
    io: 'input',
    uri: (id) => `#/components/schemas/${id}`,
    // The format is enough: the pattern that repeats it has 300 characters.
    override: ({ jsonSchema }) => {
      if (jsonSchema.format === 'date-time' || jsonSchema.format === 'date') delete jsonSchema.pattern;
      // Generators of clients take a member with a default for one that must be sent.
      if (jsonSchema.default === undefined) return;
      jsonSchema.description =
        `${jsonSchema.description ?? ''} Without it: ${JSON.stringify(jsonSchema.default)}.`.trim();
      delete jsonSchema.default;
    },
  });
  return Object.fromEntries(
    Object.entries(schemas)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, { $schema: _schema, $id: _id, id: _name, ...schema }]) => [name, schema]),
  );
};

/** Parameters have the types that clients mean, such as numbers, and not the strings that arrive. */
const parametersIn = (place: 'path' | 'query', parameters: z.ZodObject | undefined): Json[] => {
  const shape: z.core.$ZodShape = parameters?.shape ?? {};
  return Object.entries(shape).map(([name, schema]) => {
    const { $schema: _schema, ...jsonSchema } = z.toJSONSchema(schema, { io: 'output' });
    const isRequired = !z.safeParse(z.object({ [name]: schema }), {}).success;
    return { name, in: place, required: isRequired, schema: jsonSchema };
  });
};

const examples = new Map<string, unknown>(Object.entries(apiExamples));

/** A body of this schema, with an example where there is one. */
const bodyOf = (schema: z.ZodType): Json => {
  const id = idOf(schema);
  return { schema: reference(id), ...(examples.has(id) && { example: examples.get(id) }) };
};

const json = (schema: z.ZodType): Json => ({ 'application/json': bodyOf(schema) });

const kindOf: Readonly<Record<number, keyof typeof problemTitles>> = {
  400: 'invalid-request',
  401: 'unauthorized',
  403: 'forbidden',
  404: 'not-found',
  409: 'conflict',
  413: 'too-large',
  415: 'unsupported-media-type',
  429: 'too-many-requests',
  500: 'internal',
};

/** @throws {Error} for a status without a kind of problem */
const problemExample = (status: number): Json => {
  const kind = kindOf[status];
  if (kind === undefined) throw new Error(`No problem document has the status ${status}.`);
  const errors = [{ field: 'pin', code: 'wrong-format', pointer: '#/pin', detail: 'must be 4 to 12 digits' }];
  return {
    type: `urn:alert-button:problem:${kind}`,
    title: problemTitles[kind],
    status,
    code: kind,
    ...(status !== 401 && { requestId: '5f0c3b1e-7a52-4c8e-9d0b-2f6a1c3e4d50' }),
    ...(status === 400 && { errors }),
  };
};

const problemJson = (status: number): Json => ({
  'application/problem+json': { schema: reference(idOf(problem)), example: problemExample(status) },
});
const page: Json = { 'text/html': { schema: { type: 'string' }, example: '<!doctype html><html lang="es">…</html>' } };

/** The gateway's words for a status. */
const gatewaySays = (message: string): Json => ({
  'application/json': { schema: reference(idOf(gatewayMessage)), example: { message } },
});
const gatewayWords: Readonly<Record<number, string>> = { 413: 'Request Entity Too Large', 429: 'Too Many Requests' };

/** The same on every route, so the document has them once. */
const retryLater = {
  429: {
    name: 'TooManyRequests',
    description: 'From the gateway: too many requests to this route or account. Send the same again a little later.',
    content: gatewaySays('Too Many Requests'),
  },
  500: {
    name: 'Fault',
    description: 'A fault in our code (a problem document) or before it (the gateway’s message). Send the same again.',
    content: { ...problemJson(500), ...gatewaySays('Internal Server Error') },
  },
  503: {
    name: 'Unavailable',
    description: 'From the gateway: the function did not answer in time. Send the same again.',
    content: gatewaySays('Service Unavailable'),
  },
};

const headerOf: Readonly<Record<number, Json>> = {
  401: { 'WWW-Authenticate': { schema: { type: 'string' } } },
  429: { 'Retry-After': { description: 'Seconds. Only our own answers have it.', schema: { type: 'integer' } } },
};

const problemOf = (status: number, description: string, html: Operation['html']): Json => {
  const message = gatewayWords[status];
  return {
    description,
    ...(headerOf[status] && { headers: headerOf[status] }),
    content: { ...problemJson(status), ...(html && page), ...(message !== undefined && gatewaySays(message)) },
  };
};

/** The name of a problem that many operations answer; pages carry it as a page, too. */
const nameOf = (when: string, html: Operation['html']): string | undefined => {
  const [name] = Object.entries(commonProblems).find(([, text]) => text === when) ?? [];
  return name && `${name}${html ? 'Page' : ''}`;
};

type NamedProblem = { readonly status: number; readonly when: string; readonly name: string | undefined };

const namedProblemsOf = (operation: Operation): readonly NamedProblem[] =>
  Object.entries(problemsOf(operation)).map(([status, when]) => ({
    status: Number(status),
    when,
    name: nameOf(when, operation.html),
  }));

const responseTo = (name: string): Json => ({ $ref: `#/components/responses/${name}` });

const problemResponsesOf = (operation: Operation): Json =>
  Object.fromEntries(
    namedProblemsOf(operation).map(({ status, when, name }) => [
      status,
      name === undefined ? problemOf(status, when, operation.html) : responseTo(name),
    ]),
  );

/** What {@link problemResponsesOf} points to. */
const commonResponses = (): Json =>
  Object.fromEntries(
    operations.flatMap((operation) =>
      namedProblemsOf(operation).flatMap(({ status, when, name }) =>
        name === undefined ? [] : [[name, problemOf(status, when, operation.html)]],
      ),
    ),
  );

const seeOther: Json = {
  description: 'Done, for a browser: the address of the page.',
  headers: { Location: { schema: { type: 'string' } } },
};

const requestBodyOf = (request: z.ZodType, html: Operation['html']): Json => {
  const body = bodyOf(request);
  const form = html === 'form' && { 'application/x-www-form-urlencoded': body };
  // A body without fields need not be sent.
  const isRequired = !z.safeParse(request, {}).success;
  return { required: isRequired, content: { 'application/json': body, ...form } };
};

/** Groups of operations, by the beginning of their path; the first that fits. */
const tags = [
  { name: 'Family', description: 'The protected person, their contacts and phones.', begins: /^\/v1\/(famil|devices)/ },
  { name: 'Alerts', description: 'The press, and what becomes of it.', begins: /^\/v1\/alerts/ },
  { name: 'Check-ins', description: 'Promises to say OK by a time.', begins: /^\/v1\/check-ins/ },
  { name: 'Officers', description: 'Behind the links in messages to offices and ministry.', begins: /^\/[co]\// },
  { name: 'Relatives', description: 'Behind the links in messages to the family.', begins: /^\/f\// },
  { name: 'Others', description: 'Behind the links in messages to others.', begins: /^\/[lt]\// },
  { name: 'Public', description: 'For everybody, without a token.', begins: /^\// },
] as const;

const tagOf = ({ path }: Operation): string | undefined => tags.find(({ begins }) => begins.test(path))?.name;

const usedTags = (): Json[] => {
  const used = new Set(operations.map(tagOf));
  return tags.filter(({ name }) => used.has(name)).map(({ name, description }) => ({ name, description }));
};

const operationOf = (operation: Operation): Json => {
  const { id, summary, description, auth, request, html, shown, answers } = operation;
  const parameters = [...parametersIn('path', operation.pathParameters), ...parametersIn('query', operation.query)];
  return {
    operationId: id,
    tags: [tagOf(operation)],
    summary,
    description: description ?? `${summary}.`,
    security: auth === 'device' ? [{ deviceToken: [] }] : [],
    ...(parameters.length > 0 && { parameters }),
    ...(request && { requestBody: requestBodyOf(request, html) }),
    responses: {
      ...Object.fromEntries(
        Object.entries(answers).map(([status, { when, body }]) => [
          status,
          { description: when, content: { ...json(body), ...((html === 'page' || shown) && page) } },
        ]),
      ),
      ...(html === 'form' && shown !== 'always' && { 303: seeOther }),
      ...Object.fromEntries(Object.entries(retryLater).map(([status, { name }]) => [status, responseTo(name)])),
      ...problemResponsesOf(operation),
    },
  };
};

const pathsOf = (): Json => {
  const paths: Record<string, Record<string, Json>> = {};
  for (const operation of operations) {
    paths[operation.path] = { ...paths[operation.path], [operation.method.toLowerCase()]: operationOf(operation) };
  }
  return paths;
};

/**
 * The API as OpenAPI 3.1. `docs/openapi.json` is its committed and served copy. If it were made at run time, the function
 * that only reads would carry the registration's schemas with the phone library.
 * https://spec.openapis.org/oas/v3.1.1.html
 */
export const openApiDocument = (): Json => ({
  openapi: '3.1.1',
  info: {
    title: 'Alert Button',
    version: '1',
    contact: { name: 'The operator of this deployment' },
    license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    description: [
      'One press reaches the family, the nearest consulate and the ministry.',
      'Errors are RFC 9457 problem documents. They never repeat a value that was sent. An unknown path gets a 404 of that kind, and browsers a page. API Gateway’s own answers are a `GatewayMessage`.',
      'Where the operator put an edge before the service, what needs no device’s token is answered at its public address alone: elsewhere GET is a 307 to it, and the rest a 403. Too many requests of one address are then a 429, never of alerts and check-ins.',
      'HEAD answers wherever GET does, without the body. GET of the address of an action on a page is a 303 to the page.',
      'Retry 429, 5xx and time-outs with the same ids. Times are ISO 8601 UTC, positions WGS 84 degrees, phones E.164. Members may be added to answers.',
    ].join('\n\n'),
  },
  servers: [{ url: '/' }],
  tags: usedTags(),
  paths: pathsOf(),
  components: {
    securitySchemes: {
      deviceToken: {
        type: 'http',
        scheme: 'bearer',
        bearerFormat: '<familyId>.<secret>',
        description: 'The `deviceToken` of the registration’s answer.',
      },
    },
    responses: {
      ...Object.fromEntries(Object.values(retryLater).map(({ name, ...response }) => [name, response])),
      ...commonResponses(),
    },
    schemas: schemasOf([
      position,
      personName,
      signature,
      problem,
      gatewayMessage,
      ...operations.flatMap(({ request, answers }) => [
        ...(request ? [request] : []),
        ...Object.values(answers).map(({ body }) => body),
      ]),
    ]),
  },
});
