import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { AwsError } from '../../../infra/local-aws/aws-service.ts';
import { createLocation, type LocalLocation } from '../../../infra/local-aws/location/location.ts';
import { locationRest } from '../../../infra/local-aws/wire/location-rest.ts';

/** Amazon Location's geofences over HTTP on loopback, unsigned, for ministack_with_location.py. `check` may refuse calls. */
export const startLocationServer = async (
  check: () => void,
): Promise<{ url: string; location: LocalLocation; close: () => void }> => {
  const location = createLocation({ now: () => new Date() });
  const answer = async (method: string, url: URL, body: string) => {
    try {
      const request = { method, path: url.pathname, query: url.searchParams, headers: {}, body };
      check();
      const { operation, input } = locationRest.decode(request);
      return locationRest.encode(operation, await location.call(operation, input), 'rehearsal');
    } catch (error) {
      const refusal = error instanceof AwsError ? error : new AwsError('InternalServerException', String(error));
      return locationRest.encodeError(refusal, 'rehearsal');
    }
  };
  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const url = new URL(request.url ?? '/', 'http://localhost');
    const { statusCode, headers, body } = await answer(request.method ?? '', url, await text(request));
    response.writeHead(statusCode, headers).end(body);
  };
  const server = createServer((request, response) => void serve(request, response));
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const close = (): void => {
    server.close();
    server.closeAllConnections();
  };
  return { url: `http://127.0.0.1:${port}`, location, close };
};
