import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { AwsError, type AwsService } from '../../../infra/local-aws/aws-service.ts';

type Request = { readonly headers: Readonly<Record<string, string>>; readonly body: string };

/**
 * A real SDK client whose requests reach `service` as AWS JSON 1.0, in this process: sockets took a tenth of the time.
 * No retries: a test sees each error.
 */
export const dynamoDbClient = (service: AwsService): DynamoDBClient => {
  const answerTo = async ({ headers, body }: Request) => {
    const operation = headers['x-amz-target']?.split('.')[1] ?? '';
    const answer = await service.call(operation, JSON.parse(body) as Record<string, unknown>).then(
      (output) => ({ statusCode: 200, body: output }),
      (error: unknown) => errorAnswer(error),
    );
    return { statusCode: answer.statusCode, headers: {}, body: Buffer.from(JSON.stringify(answer.body)) };
  };
  return new DynamoDBClient({
    requestHandler: { handle: async (request: Request) => ({ response: await answerTo(request) }) },
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    maxAttempts: 1,
  });
};

const errorAnswer = (error: unknown): { statusCode: number; body: Record<string, unknown> } => {
  if (!(error instanceof AwsError))
    return { statusCode: 500, body: { __type: 'InternalServerError', message: String(error) } };
  const type = `com.amazonaws.dynamodb.v20120810#${error.code}`;
  return { statusCode: error.statusCode, body: { __type: type, message: error.message, ...error.details } };
};
