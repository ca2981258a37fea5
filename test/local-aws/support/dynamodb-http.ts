import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { AwsError, type AwsService } from '../../../infra/local-aws/aws-service.ts';

/** A real SDK client whose requests reach `service` over HTTP, as AWS JSON 1.0. No retries: a test sees each error. */
export const connectDynamoDb = async (
  service: AwsService,
): Promise<{ client: DynamoDBClient; close: () => Promise<void> }> => {
  const answerTo = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const operation = String(request.headers['x-amz-target']).split('.')[1] ?? '';
    const answer = await service.call(operation, (await json(request)) as Record<string, unknown>).then(
      (output) => ({ status: 200, body: output }),
      (error: unknown) => errorAnswer(error),
    );
    response.writeHead(answer.status, { 'content-type': 'application/x-amz-json-1.0' });
    response.end(JSON.stringify(answer.body));
  };
  const server = createServer((request, response) => void answerTo(request, response));
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const client = new DynamoDBClient({
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    maxAttempts: 1,
  });
  return {
    client,
    close: async () => {
      client.destroy();
      await stop(server);
    },
  };
};

const errorAnswer = (error: unknown): { status: number; body: Record<string, unknown> } => {
  if (!(error instanceof AwsError))
    return { status: 500, body: { __type: 'InternalServerError', message: String(error) } };
  const type = `com.amazonaws.dynamodb.v20120810#${error.code}`;
  return { status: error.statusCode, body: { __type: type, message: error.message, ...error.details } };
};

const stop = async (server: Server): Promise<void> => {
  server.closeAllConnections();
  await new Promise((resolve) => void server.close(resolve));
};
