import type { SNSClient } from '@aws-sdk/client-sns';
import { mailAttribute } from '../office-filter.ts';
import { defined } from '../domain/defined.ts';
import type { OfficeChannel } from '../telling/channel.ts';
import { type SmsOptions, countConfirmed, publish } from './sns-publisher.ts';
import { type OfficeTopicArns, officeTopicArn } from './sns-topics.ts';

/** The topics of offices and ministry. Subscriptions may filter by the attribute `mail`. */
export const snsOfficeChannel = (client: SNSClient, arns: OfficeTopicArns, sms: SmsOptions): OfficeChannel => ({
  send: async (topic, { mail, attributes, reached, ...message }) =>
    publish(
      client,
      officeTopicArn(arns, topic),
      { ...message, attributes: { ...attributes, [mailAttribute]: mail } },
      { ...sms, ...defined({ reached }) },
    ),
  reach: async (topic) => countConfirmed(client, officeTopicArn(arns, topic)),
});
