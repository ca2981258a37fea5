import type { AwsEndpoint } from '../aws-endpoint/aws-endpoint.ts';
import { isSigned } from '../aws-endpoint/credentials.ts';
import { responsePath, type CustomResources } from '../custom-resources/custom-resources.ts';
import type { HttpApi } from '../http-api/http-api.ts';
import type { HttpAnswer, HttpRequest } from './http-server.ts';
import type { LocalSns } from '../sns/sns.ts';
import { openSnsLink } from './sns-links.ts';

/** What one port of this machine stands for. */
export type Doors = {
  readonly aws: AwsEndpoint;
  readonly sns: LocalSns;
  readonly customResources: CustomResources;
  readonly api: HttpApi;
};

const answerAws = async (request: HttpRequest, aws: AwsEndpoint): Promise<HttpAnswer | undefined> => {
  const headers = Object.fromEntries([...request.headers].map(([name, values]) => [name, values.join(',')]));
  const { method, path, query, body, hungUp } = request;
  return aws({ method, path, query, headers, body: body.toString('utf8') }, hungUp);
};

/** CloudFormation's pre-signed URL: takes whatever fits the waiting resource. */
const acceptResponse = ({ path, body }: HttpRequest, customResources: CustomResources): HttpAnswer => ({
  statusCode: customResources.accept(path, body.toString('utf8')) ? 200 : 403,
  headers: {},
  body: '',
});

/** Sends a request through the door it is for: AWS's endpoint, CloudFormation's, the host's own, or the HTTP API. */
export const dispatch = async (
  request: HttpRequest,
  doors: Doors,
  answerOwn: (request: HttpRequest) => Promise<HttpAnswer | undefined>,
): Promise<HttpAnswer | undefined> => {
  if (isSigned(request.headers.get('authorization')?.[0])) return answerAws(request, doors.aws);
  if (request.path.startsWith(responsePath)) return acceptResponse(request, doors.customResources);
  const own = (await answerOwn(request)) ?? (await openSnsLink(request, doors.sns));
  return own ?? doors.api.handle(request);
};
