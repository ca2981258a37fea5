import { randomUUID } from 'node:crypto';
import { AwsError } from '../aws-service.ts';
import { certificateAt } from '../sns/signature.ts';
import type { LocalSns } from '../sns/sns.ts';
import { awsQuery } from '../wire/aws-query.ts';
import type { HttpAnswer, HttpRequest } from './http-server.ts';

/** SNS's namespace for its XML. */
export const snsXmlNamespace = 'http://sns.amazonaws.com/doc/2010-03-31/';

const wire = awsQuery(snsXmlNamespace);

/** What a link in one of SNS's messages asks for. Mails to people have a page of their own, `confirmation.html`. */
const actionOf = ({ method, path, query }: HttpRequest): string | undefined => {
  if (method !== 'GET') return undefined;
  if (path === '/confirmation.html') return 'ConfirmSubscription';
  const action = path === '/' ? query.get('Action') : undefined;
  return action === 'ConfirmSubscription' || action === 'Unsubscribe' ? action : undefined;
};

/**
 * The links in SNS's messages, which people and web hooks open without a signature, and the certificate of the key that
 * the messages are signed with. Undefined for any other request.
 */
export const openSnsLink = async (request: HttpRequest, sns: LocalSns): Promise<HttpAnswer | undefined> => {
  const { method, path, query } = request;
  const certificate = method === 'GET' ? certificateAt(path) : undefined;
  if (certificate !== undefined) {
    return { statusCode: 200, headers: { 'content-type': 'application/x-pem-file' }, body: certificate };
  }
  const action = actionOf(request);
  if (action === undefined) return undefined;
  const requestId = randomUUID();
  try {
    if (action === 'Unsubscribe') {
      sns.openUnsubscribeLink(query.get('SubscriptionArn') ?? '');
      return wire.encode(action, {}, requestId);
    }
    const input = { TopicArn: query.get('TopicArn') ?? '', Token: query.get('Token') ?? '' };
    return wire.encode(action, await sns.call(action, input), requestId);
  } catch (error) {
    if (error instanceof AwsError) return wire.encodeError(error, requestId);
    throw error;
  }
};
