import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { createHandler } from '../../functions/serve-case/handler.ts';
import { composeServeCase } from '../../shared/compose.ts';
import type { Case } from '../../shared/domain/case/case.ts';
import type { LinkRecipient } from '../../shared/domain/case/links.ts';
import { caseNow } from './cases.ts';
import { aContext, anAlert, anEvent } from './fixtures.ts';
import { keepCase, keepFamily, keepLink } from './kept.ts';
import { createOutside, type MadeOutside } from './outside.ts';

/** A form's fields are sent in their order. */
export type Sent = {
  readonly accept?: string;
  readonly json?: unknown;
  readonly form?: Readonly<Record<string, string>> | [string, string][];
  readonly query?: Readonly<Record<string, string>>;
} & Pick<Partial<APIGatewayProxyEventV2>, 'headers' | 'body' | 'rawPath'>;

/** The pages behind links, in a world: asks for a route with what stands in its path. */
export const pagesOf = ({ of }: Pick<MadeOutside, 'of'>) => {
  const handler = createHandler(of(composeServeCase));
  return async (routeKey: string, pathParameters: Readonly<Record<string, string>>, sent: Sent = {}) => {
    const { accept, json, form, query = {}, headers, body, rawPath } = sent;
    const [method = ''] = routeKey.split(' ');
    const { requestContext } = anEvent();
    const event = anEvent({
      routeKey,
      pathParameters,
      requestContext: { ...requestContext, http: { ...requestContext.http, method } },
      queryStringParameters: query,
      headers: {
        ...(json !== undefined && { 'content-type': 'application/json' }),
        ...(form && { 'content-type': 'application/x-www-form-urlencoded' }),
        ...(accept !== undefined && { accept }),
        ...headers,
      },
      ...(json !== undefined && { json }),
      ...(form && {
        body: Buffer.from(new URLSearchParams(form).toString()).toString('base64'),
        isBase64Encoded: true,
      }),
      ...(body !== undefined && { body }),
      ...(rawPath !== undefined && { rawPath }),
    });
    const answer = await handler(event, aContext);
    return { status: answer.statusCode, headers: answer.headers as Record<string, string>, body: answer.body ?? '' };
  };
};

/** The pages over a table that has these cases. */
export const servingPages = async (cases: readonly Case[]) => {
  const world = createOutside({ start: caseNow.toISOString(), allOffices: true });
  const families = new Map(cases.map(({ family }) => [family.familyId, family]));
  for (const family of families.values()) await keepFamily(world, family);
  for (const found of cases) await keepCase(world, found);
  const ask = pagesOf(world);
  /** Asks at the address of a link, as `/c/{token}/note?language=en`. */
  const at = async (method: 'GET' | 'POST', address: string, sent: Sent) => {
    const [path = '', search = ''] = address.split('?');
    const [, kind = '', token = '', action] = path.split('/');
    const routeKey = [`${method} /${kind}`, '{token}', ...(action === undefined ? [] : [action])].join('/');
    return ask(routeKey, { token }, { ...sent, query: Object.fromEntries(new URLSearchParams(search)) });
  };
  let links = 0;
  return {
    world,
    ask,
    /** A new link to a case, by its token. */
    linkTo: async (recipient: LinkRecipient, { alert }: { alert: Pick<Case['alert'], 'familyId' | 'alertId'> }) => {
      const token = String((links += 1)).padStart(22, 't');
      const { familyId, alertId } = alert;
      await keepLink(world, { familyId, alertId, recipient, expiresAt: '2026-12-22T20:00:00.000Z' }, token);
      return token;
    },
    get: async (address: string) => at('GET', address, { accept: 'text/html' }),
    json: async (address: string) => {
      const { body } = await at('GET', address, { accept: 'application/json' });
      return JSON.parse(body) as Record<string, unknown>;
    },
    post: async (address: string, form: [string, string][], accept = 'text/html') =>
      at('POST', address, { form, accept }),
  };
};

/** The id of the fixtures’ press with another last group. */
export const alertIdOf = (number: number): string =>
  `${anAlert().alertId.slice(0, -12)}${String(number).padStart(12, '0')}`;
