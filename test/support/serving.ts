import { createHandler } from '../../functions/serve-case/handler.ts';
import { composeServeCase } from '../../shared/compose.ts';
import type { Case } from '../../shared/domain/case/case.ts';
import type { LinkRecipient } from '../../shared/domain/case/links.ts';
import { caseNow } from './cases.ts';
import { aContext, anAlert, anEvent } from './fixtures.ts';
import { keepCase, keepFamily, keepLink } from './kept.ts';
import { createOutside } from './outside.ts';

type Fields = [string, string][];

/** The pages over a table that has these cases; links to the first press of the fixtures are made as they are asked for. */
export const servingLists = async (cases: readonly Case[]) => {
  const world = createOutside({ start: caseNow.toISOString(), allOffices: true });
  const families = new Map(cases.map(({ family }) => [family.familyId, family]));
  for (const family of families.values()) await keepFamily(world, family);
  for (const found of cases) await keepCase(world, found);
  const handler = createHandler(world.of(composeServeCase));
  let links = 0;
  const call = async (method: 'GET' | 'POST', path: string, sent: Parameters<typeof anEvent>[0], accept: string) => {
    const [pathname = '', search = ''] = path.split('?');
    const [, kind = '', token = '', action] = pathname.split('/');
    const routeKey = [`${method} /${kind}`, '{token}', ...(action === undefined ? [] : [action])].join('/');
    const event = anEvent({
      ...sent,
      routeKey,
      pathParameters: { token },
      headers: { ...sent?.headers, accept },
      queryStringParameters: Object.fromEntries(new URLSearchParams(search)),
    });
    const answer = (await handler(event, aContext)) as {
      statusCode: number;
      headers: Record<string, string>;
      body: string;
    };
    return { status: answer.statusCode, headers: answer.headers, body: answer.body };
  };
  return {
    world,
    /** A new link to a case, by its token. */
    linkTo: async (recipient: LinkRecipient, { alert }: { alert: Pick<Case['alert'], 'familyId' | 'alertId'> }) => {
      const token = String((links += 1)).padStart(22, 't');
      const { familyId, alertId } = alert;
      await keepLink(world, { familyId, alertId, recipient, expiresAt: '2026-12-22T20:00:00.000Z' }, token);
      return token;
    },
    get: async (path: string, accept = 'text/html') => call('GET', path, {}, accept),
    json: async (path: string) => {
      const { body } = await call('GET', path, {}, 'application/json');
      return JSON.parse(body) as Record<string, unknown>;
    },
    /** @param fields as a form sends them, in their order */
    post: async (path: string, fields: Fields, accept = 'text/html') => {
      const body = Buffer.from(new URLSearchParams(fields).toString());
      const headers = { 'content-type': 'application/x-www-form-urlencoded' };
      return call('POST', path, { headers, body: body.toString('base64'), isBase64Encoded: true }, accept);
    },
  };
};

/** The id of the fixtures’ press with another last group. */
export const alertIdOf = (number: number): string =>
  `${anAlert().alertId.slice(0, -12)}${String(number).padStart(12, '0')}`;
