import type { SNSClient } from '@aws-sdk/client-sns';
import type { RepresentativeChannel } from '../telling/channel.ts';
import { type SmsOptions, countConfirmed, publish } from './sns-publisher.ts';

/** The topics of representatives, which the operator's command makes. @param arnPrefix of a topic without the id */
export const snsRepresentativeChannel = (
  client: SNSClient,
  arnPrefix: string,
  sms: SmsOptions,
): RepresentativeChannel => ({
  send: async ({ representativeId }, message) => publish(client, `${arnPrefix}${representativeId}`, message, sms),
  reach: async ({ representativeId }) => countConfirmed(client, `${arnPrefix}${representativeId}`),
});
