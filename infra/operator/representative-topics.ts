import {
  CreateTopicCommand,
  DeleteTopicCommand,
  GetTopicAttributesCommand,
  InvalidParameterException,
  SubscribeCommand,
  UnsubscribeCommand,
} from '@aws-sdk/client-sns';
import { subscriptionPages } from '../../shared/adapters/sns-pages.ts';
import { type Representative, takesSms } from '../../shared/domain/representatives/representative.ts';
import { resourceNames } from '../../shared/names.ts';
import { subscriptionsOf, findTopicArnPrefix } from './subscriptions.ts';
import type { Aws } from './target.ts';

/** Where representatives' topics are, and by which key they are encrypted: that of the offices' topics. */
export type TopicPlace = { readonly arnPrefix: string; readonly keyArn: string | undefined };

export const findTopicPlace = async (aws: Aws): Promise<TopicPlace> => {
  const arnPrefix = await findTopicArnPrefix(aws);
  const { Attributes } = await aws.sns.send(
    new GetTopicAttributesCommand({ TopicArn: `${arnPrefix}${resourceNames.ministryTopic}` }),
  );
  return {
    arnPrefix: `${arnPrefix}${resourceNames.representativeTopicPrefix}`,
    keyArn: Attributes?.['KmsMasterKeyId'],
  };
};

const topicArnOf = ({ arnPrefix }: TopicPlace, { representativeId }: Pick<Representative, 'representativeId'>) =>
  `${arnPrefix}${representativeId}`;

type Endpoint = { readonly protocol: 'sms' | 'email'; readonly endpoint: string };

const endpointsOf = (representative: Representative): readonly Endpoint[] => [
  ...(takesSms(representative) ? [{ protocol: 'sms' as const, endpoint: representative.phone }] : []),
  ...(representative.email === undefined ? [] : [{ protocol: 'email' as const, endpoint: representative.email }]),
];

/** A tenth of what SNS takes in its slowest regions, so that nothing else of the account is throttled. */
const callsASecond = 20;

/** Lets one call of SNS begin at a time, so many a second. */
const pacer = ({ wait }: Pick<Aws, 'wait'>) => {
  let last: Promise<unknown> = Promise.resolve();
  return async (): Promise<void> => {
    const turn = last.then(async () => wait(1000 / callsASecond));
    last = turn;
    await turn;
  };
};

/** The topics of representatives, made and changed one after the other in the time that SNS's quotas give. */
export const representativeTopics = (aws: Aws, place: TopicPlace) => {
  const { sns } = aws;
  const turn = pacer(aws);

  /** @returns whether SNS takes the endpoint */
  const subscribe = async (topicArn: string, { protocol, endpoint }: Endpoint): Promise<boolean> => {
    try {
      await turn();
      await sns.send(new SubscribeCommand({ TopicArn: topicArn, Protocol: protocol, Endpoint: endpoint }));
      return true;
    } catch (fault) {
      // One endpoint that SNS refuses must not keep 328 others from being asked.
      if (fault instanceof InvalidParameterException) return false;
      throw fault;
    }
  };

  const unsubscribeOthers = async (topicArn: string, wanted: readonly Endpoint[]): Promise<void> => {
    const known = new Set(wanted.map(({ endpoint }) => endpoint.toLowerCase()));
    await turn();
    for await (const found of subscriptionPages(sns, topicArn)) {
      for (const { Endpoint: endpoint = '', SubscriptionArn = '' } of found) {
        if (known.has(endpoint.toLowerCase()) || !SubscriptionArn.startsWith('arn:')) continue;
        await turn();
        await sns.send(new UnsubscribeCommand({ SubscriptionArn }));
      }
    }
  };

  return {
    /**
     * Makes the topic and subscribes phone and mailbox, and takes away what is theirs no more.
     * @returns the protocols that SNS refused
     */
    ensure: async (representative: Representative): Promise<readonly string[]> => {
      const topicArn = topicArnOf(place, representative);
      await turn();
      await sns.send(
        new CreateTopicCommand({
          Name: topicArn.split(':').at(-1),
          ...(place.keyArn !== undefined && { Attributes: { KmsMasterKeyId: place.keyArn } }),
        }),
      );
      const endpoints = endpointsOf(representative);
      const refused: string[] = [];
      for (const one of endpoints) if (!(await subscribe(topicArn, one))) refused.push(one.protocol);
      await unsubscribeOthers(topicArn, endpoints);
      return refused;
    },

    remove: async (representative: Representative): Promise<void> => {
      await turn();
      await sns.send(new DeleteTopicCommand({ TopicArn: topicArnOf(place, representative) }));
    },

    /** `undefined`: there is no topic. */
    subscriptions: async (representative: Representative) => {
      await turn();
      return subscriptionsOf(sns, topicArnOf(place, representative));
    },
  };
};
