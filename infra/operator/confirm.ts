import {
  ConfirmSubscriptionCommand,
  GetSubscriptionAttributesCommand,
  InvalidParameterException,
  NotFoundException,
} from '@aws-sdk/client-sns';
import { resourceNames } from '../../shared/names.ts';
import { type Office, offices } from './offices.ts';
import { OperatorError } from './operator-error.ts';
import { findTopicArnPrefix, readSubscriptions } from './subscriptions.ts';
import type { Aws } from './target.ts';

type Sns = Aws['sns'];

/** What SNS put into its mail: a token, or the whole link with it, which also names the topic. */
type Given = { readonly token: string; readonly topicArn?: string };

const readGiven = (text: string): Given => {
  const link = URL.canParse(text) ? new URL(text).searchParams : undefined;
  const token = link ? link.get('Token') : text.trim();
  if (token === null || !/^[\w-]{16,}$/.test(token)) {
    throw new OperatorError(
      "--token takes the link of SNS's confirmation mail, in quotes, or what follows Token= in it up to the next &.",
    );
  }
  const topicArn = link?.get('TopicArn') ?? undefined;
  return { token, ...(topicArn !== undefined && { topicArn }) };
};

const nameOf = (topicArn: string): string => topicArn.split(':').at(-1) ?? '';

const checkTopic = (topicArn: string, office: Office | undefined): void => {
  const name = nameOf(topicArn);
  if (office && office.topic !== name) throw new OperatorError(`That link is for ${name}, not for ${office.id}.`);
  if (name.startsWith(resourceNames.familyTopicPrefix)) {
    throw new OperatorError("That link is for a family's contact, who alone may open it.");
  }
};

/** Where a token may belong: the topic that is named, else each one that waits for somebody's confirmation. */
const candidates = async (aws: Aws, given: Given, office: Office | undefined): Promise<readonly string[]> => {
  if (given.topicArn !== undefined) {
    checkTopic(given.topicArn, office);
    return [given.topicArn];
  }
  const prefix = await findTopicArnPrefix(aws);
  if (office) return [prefix + office.topic];
  const rows = await readSubscriptions(aws);
  return rows
    .filter(({ subscriptions }) => subscriptions?.some(({ confirmed }) => !confirmed))
    .map((row) => prefix + row.office.topic);
};

/** @returns the subscription's ARN; `undefined`: the token is not of this topic, or no longer */
const tryConfirm = async (sns: Sns, topicArn: string, token: string): Promise<string | undefined> => {
  try {
    const { SubscriptionArn } = await sns.send(
      new ConfirmSubscriptionCommand({ TopicArn: topicArn, Token: token, AuthenticateOnUnsubscribe: 'true' }),
    );
    return SubscriptionArn;
  } catch (fault) {
    if (fault instanceof InvalidParameterException || fault instanceof NotFoundException) return undefined;
    throw fault;
  }
};

export type Confirmed = {
  /** Id of the office or `ministry`; another topic's name, such as that of the alarms. */
  readonly office: string;
  readonly protocol: string;
  readonly endpoint: string;
  /** Whether nobody can unsubscribe it by the link in its mails. */
  readonly protected: boolean;
};

/**
 * Confirms a subscription in its owner's stead and so that only we can end it: mail scanners open the link at the foot
 * of SNS's mails, and that would unsubscribe a duty officer.
 * https://docs.aws.amazon.com/sns/latest/api/API_ConfirmSubscription.html
 *
 * @param text the token, or the link of SNS's mail
 * @throws OperatorError when the token is of no topic, or no longer
 */
export const confirm = async (aws: Aws, text: string, office: Office | undefined): Promise<Confirmed> => {
  const given = readGiven(text);
  for (const topicArn of await candidates(aws, given, office)) {
    const arn = await tryConfirm(aws.sns, topicArn, given.token);
    if (arn === undefined) continue;
    const { Attributes = {} } = await aws.sns.send(new GetSubscriptionAttributesCommand({ SubscriptionArn: arn }));
    const name = nameOf(topicArn);
    return {
      office: offices.find(({ topic }) => topic === name)?.id ?? name,
      protocol: Attributes['Protocol'] ?? '',
      endpoint: Attributes['Endpoint'] ?? '',
      protected: Attributes['ConfirmationWasAuthenticated'] === 'true',
    };
  }
  throw new OperatorError(
    `SNS does not know this token${office ? ` at ${office.id}` : ''}. It is valid for 48 hours: if that is over, subscribe ` +
      'again and take the token of the new mail. Else check that it was copied whole, and the --region.',
  );
};
