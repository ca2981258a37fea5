import { AwsError } from '../aws-service.ts';
import { isObject, parseJson, type JsonObject } from '../json.ts';
import type { WireFormat } from './wire-format.ts';

/** Method and path of each operation that the local stack has, as client-location sends them. */
const routes: readonly (readonly [operation: string, method: string, path: string])[] = [
  ['BatchDeleteGeofence', 'POST', '/geofencing/v0/collections/{CollectionName}/delete-geofences'],
  ['BatchEvaluateGeofences', 'POST', '/geofencing/v0/collections/{CollectionName}/positions'],
  ['BatchPutGeofence', 'POST', '/geofencing/v0/collections/{CollectionName}/put-geofences'],
  ['CreateGeofenceCollection', 'POST', '/geofencing/v0/collections'],
  ['DeleteGeofenceCollection', 'DELETE', '/geofencing/v0/collections/{CollectionName}'],
  ['DescribeGeofenceCollection', 'GET', '/geofencing/v0/collections/{CollectionName}'],
  ['ForecastGeofenceEvents', 'POST', '/geofencing/v0/collections/{CollectionName}/forecast-geofence-events'],
  ['GetGeofence', 'GET', '/geofencing/v0/collections/{CollectionName}/geofences/{GeofenceId}'],
  ['ListGeofenceCollections', 'POST', '/geofencing/v0/list-collections'],
  ['ListGeofences', 'POST', '/geofencing/v0/collections/{CollectionName}/list-geofences'],
  ['PutGeofence', 'PUT', '/geofencing/v0/collections/{CollectionName}/geofences/{GeofenceId}'],
];

/** The labels of a path template with their values, or undefined if the path is another one. */
const labelsOf = (template: string, path: string): JsonObject | undefined => {
  const wanted = template.split('/');
  const actual = path.split('/');
  if (wanted.length !== actual.length) return undefined;
  const labels: JsonObject = {};
  for (const [index, part] of wanted.entries()) {
    const value = decodeURIComponent(actual[index] ?? '');
    if (part.startsWith('{')) labels[part.slice(1, -1)] = value;
    else if (part !== value) return undefined;
  }
  return labels;
};

const headers = (requestId: string): Record<string, string> => ({
  'content-type': 'application/json',
  'x-amzn-requestid': requestId,
});

/** Amazon Location's REST JSON, https://smithy.io/2.0/aws/protocols/aws-restjson1-protocol.html */
export const locationRest: WireFormat = {
  decode: ({ method, path, body }) => {
    for (const [operation, wantedMethod, template] of routes) {
      const labels = method === wantedMethod ? labelsOf(template, path) : undefined;
      if (labels === undefined) continue;
      const members = body === '' ? {} : parseJson(body);
      if (!isObject(members)) throw new AwsError('ValidationException', 'The request body is not a JSON object');
      return { operation, input: { ...members, ...labels } };
    }
    throw new AwsError('UnknownOperationException', `${method} ${path} is no operation of Amazon Location here`, {
      statusCode: 404,
    });
  },
  encode: (_operation, output, requestId) => ({
    statusCode: 200,
    headers: headers(requestId),
    body: JSON.stringify(output),
  }),
  encodeError: (error, requestId) => ({
    statusCode: error.statusCode,
    headers: { ...headers(requestId), 'x-amzn-errortype': error.code },
    body: JSON.stringify({ message: error.message, ...error.details }),
  }),
};
