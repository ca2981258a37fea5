import { HttpMethod } from 'aws-cdk-lib/aws-apigatewayv2';
import type { HttpApiProps } from './constructs/http-api.ts';
import type { PhoneFunctions } from './phone-functions.ts';
import type { ReadingFunctions } from './reading-functions.ts';

const { GET, POST } = HttpMethod;

/** Which function answers what, and how often a second: without a limit, floods would use up the press's concurrency. */
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
      { method: POST, path: '/v1/check-ins', target: manageCheckIns, perSecond: 50 },
      { method: GET, path: '/v1/check-ins', target: manageCheckIns, perSecond: 50 },
      // No limit, as for cancelling: an OK must arrive in time, and wrong PINs lock.
      { method: POST, path: '/v1/check-ins/{checkInId}/ok', target: manageCheckIns },
      { method: POST, path: '/v1/check-ins/{checkInId}/end', target: manageCheckIns },
      { method: POST, path: '/v1/families', target: registerFamily, perSecond: 10 },
      { method: GET, path: '/v1/family', target: answerQueries, perSecond: 50 },
      ...[
        '/v1/family/contacts',
        '/v1/family/contacts/{contactId}/remove',
        '/v1/family/devices',
        '/v1/family/devices/{deviceId}/revoke',
        '/v1/family/erase',
      ].map((path) => ({ method: POST, path, target: manageFamily, perSecond: 10 })),
      { method: GET, path: '/v1/consent', target: answerQueries, perSecond: 50 },
      { method: GET, path: '/v1/consulates', target: answerQueries, perSecond: 50 },
      { method: GET, path: '/v1/rights', target: answerQueries, perSecond: 50 },
      { method: GET, path: '/openapi.json', target: answerQueries, perSecond: 50 },
      { method: GET, path: '/c/{token}', target: serveCase, perSecond: 100 },
      { method: POST, path: '/c/{token}/{action}', target: serveCase, perSecond: 100 },
      // Reloading a refused form asks for the action's address; it leads back to the page.
      ...['/c/{token}/{action}', '/f/{token}/{action}', '/o/{token}/search', '/o/{token}/take'].map((path) => ({
        method: GET,
        path,
        target: serveCase,
        perSecond: 100,
      })),
      { method: GET, path: '/o/{token}', target: serveCase, perSecond: 20 },
      { method: GET, path: '/o/{token}/numbers', target: serveCase, perSecond: 20 },
      { method: GET, path: '/o/{token}/numbers.csv', target: serveCase, perSecond: 20 },
      // Each list that is open somewhere asks once a minute.
      { method: GET, path: '/o/{token}/news', target: serveCase, perSecond: 20 },
      { method: POST, path: '/o/{token}/search', target: serveCase, perSecond: 20 },
      { method: POST, path: '/o/{token}/take', target: serveCase, perSecond: 20 },
      { method: GET, path: '/f/{token}', target: serveCase, perSecond: 100 },
      { method: POST, path: '/f/{token}/{action}', target: serveCase, perSecond: 100 },
      ...['/', '/app/{file}', '/sw.js', '/manifest.webmanifest'].map((path) => ({
        method: GET,
        path,
        target: serveApp,
        perSecond: 100,
      })),
      { method: GET, path: '/health', target: answerQueries, perSecond: 50 },
    ],
    otherwise: { target: answerQueries, perSecond: 50 },
  };
};
