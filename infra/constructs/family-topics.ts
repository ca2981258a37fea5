import { Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { envNames, resourceNames } from '../../shared/names.ts';
import type { Config } from '../config.ts';
import type { EncryptionKey } from './encryption-key.ts';
import type { ServiceFunction } from './service-function.ts';

export type FamilyTopicsProps = {
  readonly key: EncryptionKey;
  readonly config: Pick<Config, 'smsOriginationNumber'>;
};

/** Functions make these topics at run time, one a family. The stack has no resource for them, only grants by name. */
export class FamilyTopics extends Construct {
  readonly #props: FamilyTopicsProps;

  constructor(scope: Construct, id: string, props: FamilyTopicsProps) {
    super(scope, id);
    this.#props = props;
  }

  /** Making a family's topic, subscribing and unsubscribing its contacts, publishing to it, deleting it. */
  grantAnnouncing(grantee: ServiceFunction): void {
    const { key, config } = this.#props;
    const prefix = this.#grant(grantee, [
      'sns:CreateTopic',
      'sns:DeleteTopic',
      'sns:GetTopicAttributes',
      'sns:ListSubscriptionsByTopic',
      'sns:Publish',
      'sns:SetTopicAttributes',
      'sns:Subscribe',
    ]);
    // The code removes only subscriptions of the family's own topic.
    grantee.allow({ actions: ['sns:Unsubscribe'], resources: ['*'] });
    grantee.acceptWildcard('Resource::*', 'SNS knows no resource for taking away a subscription (ADR 014).');
    key.grantPublishing(grantee);
    grantee.setVariable(envNames.familyTopicArnPrefix, prefix);
    grantee.setVariable(envNames.topicKeyArn, key.key.keyArn);
    if (config.smsOriginationNumber) grantee.setVariable(envNames.smsOriginationNumber, config.smsOriginationNumber);
  }

  /** Needs no variable: the family's item has the topic's ARN. */
  grantReadingSubscriptions(grantee: ServiceFunction): void {
    this.#grant(grantee, ['sns:ListSubscriptionsByTopic']);
  }

  /** Of the whole account: SNS knows no narrower resource for opted-out phones. */
  grantReadingOptOuts(grantee: ServiceFunction): void {
    grantee.allow({ actions: ['sns:CheckIfPhoneNumberIsOptedOut'], resources: ['*'] });
    grantee.acceptWildcard('Resource::*', 'CheckIfPhoneNumberIsOptedOut knows no resources.');
    // SNS asks AWS End User Messaging in the caller's name.
    // https://docs.aws.amazon.com/sns/latest/dg/sns-sms-access-management.html
    grantee.allow({
      actions: ['sms-voice:DescribeOptedOutNumbers'],
      resources: ['*'],
      conditions: { StringEquals: { 'aws:CalledViaLast': 'sns.amazonaws.com' } },
    });
  }

  /** @returns the ARN of every family's topic without the family id */
  #grant(grantee: ServiceFunction, actions: readonly string[]): string {
    const prefix = Stack.of(this).formatArn({ service: 'sns', resource: resourceNames.familyTopicPrefix });
    grantee.allow({ actions, resources: [`${prefix}*`] });
    grantee.acceptWildcard(
      `Resource::arn:aws:sns:${Stack.of(this).region}:<AWS::AccountId>:${resourceNames.familyTopicPrefix}*`,
      'One topic a family, made at run time: the name prefix is the limit.',
    );
    return prefix;
  }
}
