import { HttpMethod } from 'aws-cdk-lib/aws-apigatewayv2';
import type { HttpApiProps } from './constructs/http-api.ts';
import type { PhoneFunctions } from './phone-functions.ts';
import type { ReadingFunctions } from './reading-functions.ts';

const { GET, POST } = HttpMethod;

/**
 * Requests a second of all callers together. A limit that anybody can use up keeps everybody out: so it is low only where
 * each request costs much or guesses (registering and recovering hash a PIN, and lead to SMS), and behind a token or link so high that it bounds
 * nothing but cost. The press has none.
 */
const limits = { registering: 10, open: 50, app: 500, behindSecret: 2000 } as const;

/** The pages behind the links in messages. */
const pageRoutes = (serveCase: ReadingFunctions['serveCase']): HttpApiProps['routes'] => {
  const shown = ['/c/{token}', '/f/{token}', '/l/{token}', '/t/{token}', '/o/{token}'];
  const lists = ['/o/{token}/numbers', '/o/{token}/numbers.csv', '/o/{token}/news'];
  const actions = ['/c', '/f', '/l', '/t'].map((page) => `${page}/{token}/{action}`);
  const posted = [...actions, '/o/{token}/search', '/o/{token}/take'];
  return [
    // Reloading a refused form asks for the action's address; it leads back to the page.
    ...[...shown, ...lists, ...posted].map((path) => ({ method: GET, path })),
    ...posted.map((path) => ({ method: POST, path })),
  ].map((route) => ({ ...route, target: serveCase, perSecond: limits.behindSecret }));
};

/** Which function answers what, and how often a second. */
export const apiRoutes = (
  phone: PhoneFunctions,
  { serveCase, serveApp, answerQueries }: ReadingFunctions,
): Pick<HttpApiProps, 'routes' | 'otherwise'> => {
  const { raiseAlert, cancelAlert, recordPositions, manageCheckIns, registerFamily, manageFamily } = phone;
  return {
    routes: [
      { method: POST, path: '/v1/alerts', target: raiseAlert },
      { method: GET, path: '/v1/alerts', target: answerQueries },
      { method: GET, path: '/v1/alerts/{alertId}', target: answerQueries },
      { method: POST, path: '/v1/alerts/{alertId}/cancel', target: cancelAlert },
      { method: POST, path: '/v1/alerts/{alertId}/positions', target: recordPositions },
      { method: POST, path: '/v1/check-ins', target: manageCheckIns, perSecond: limits.behindSecret },
      { method: GET, path: '/v1/check-ins', target: manageCheckIns, perSecond: limits.behindSecret },
      // No limit, as for cancelling: an OK must arrive in time, and wrong PINs lock.
      { method: POST, path: '/v1/check-ins/{checkInId}/ok', target: manageCheckIns },
      { method: POST, path: '/v1/check-ins/{checkInId}/end', target: manageCheckIns },
      { method: GET, path: '/v1/registration-challenge', target: registerFamily, perSecond: limits.open },
      { method: POST, path: '/v1/families', target: registerFamily, perSecond: limits.registering },
      { method: GET, path: '/v1/family', target: answerQueries, perSecond: limits.behindSecret },
      ...['/v1/families/recover', '/v1/devices'].map((path) => ({
        method: POST,
        path,
        target: manageFamily,
        perSecond: limits.registering,
      })),
      ...[
        '/v1/family/settings',
        '/v1/family/contacts',
        '/v1/family/contacts/{contactId}',
        '/v1/family/contacts/{contactId}/invite',
        '/v1/family/contacts/{contactId}/remove',
        '/v1/family/devices',
        '/v1/family/devices/{deviceId}/revoke',
        '/v1/family/erase',
      ].map((path) => ({ method: POST, path, target: manageFamily, perSecond: limits.behindSecret })),
      { method: GET, path: '/v1/consent', target: answerQueries, perSecond: limits.open },
      { method: GET, path: '/v1/consulates', target: answerQueries, perSecond: limits.open },
      { method: GET, path: '/v1/rights', target: answerQueries, perSecond: limits.open },
      { method: GET, path: '/openapi.json', target: answerQueries, perSecond: limits.open },
      ...pageRoutes(serveCase),
      ...['/', '/app/{file}', '/sw.js', '/manifest.webmanifest'].map((path) => ({
        method: GET,
        path,
        target: serveApp,
        perSecond: limits.app,
      })),
      { method: GET, path: '/health', target: answerQueries, perSecond: limits.open },
    ],
    otherwise: { target: answerQueries, perSecond: limits.open },
  };
};
