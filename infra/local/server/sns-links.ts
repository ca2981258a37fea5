import { randomUUID } from 'node:crypto';
import { AwsError } from '../aws-service.ts';
import type { LocalSns } from '../sns/sns.ts';
import { awsQuery } from '../wire/aws-query.ts';
import type { HttpAnswer, HttpRequest } from './http-server.ts';

/** SNS's namespace for its XML. */
export const snsXmlNamespace = 'http://sns.amazonaws.com/doc/2010-03-31/';

const wire = awsQuery(snsXmlNamespace);

/** What a link in one of SNS's mails asks for. Mails to people have a page of their own, `confirmation.html`. */
const actionOf = ({ method, path, query }: HttpRequest): string | undefined => {
  if (method !== 'GET') return undefined;
  if (path === '/confirmation.html') return 'ConfirmSubscription';
  const action = path === '/' ? query.get('Action') : undefined;
  return action === 'ConfirmSubscription' || action === 'Unsubscribe' ? action : undefined;
};

/**
 * The links in SNS's mails, which people open without a signature. In a mail they point to AWS; their path and query
 * work here too. Undefined for any other request.
 */
export const openSnsLink = async (request: HttpRequest, sns: LocalSns): Promise<HttpAnswer | undefined> => {
  const { query } = request;
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
