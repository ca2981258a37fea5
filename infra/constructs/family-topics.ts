import { Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { envNames, resourceNames } from '../../shared/env-names.ts';
import type { Config } from '../config.ts';
import type { EncryptionKey } from './encryption-key.ts';
import type { ServiceFunction } from './service-function.ts';

export type FamilyTopicsProps = {
  readonly key: EncryptionKey;
  readonly config: Pick<Config, 'smsOriginationNumber'>;
};

/** The topics that functions make at run time, one a family: no resources, only the right to their names. */
export class FamilyTopics extends Construct {
  readonly #props: FamilyTopicsProps;

  constructor(scope: Construct, id: string, props: FamilyTopicsProps) {
    super(scope, id);
    this.#props = props;
  }

  /** Making a family's topic, subscribing its contacts, publishing to it. */
  grantAnnouncing(grantee: ServiceFunction): void {
    const { key, config } = this.#props;
    const prefix = Stack.of(this).formatArn({ service: 'sns', resource: resourceNames.familyTopicPrefix });
    grantee.allow({
      actions: ['sns:CreateTopic', 'sns:GetTopicAttributes', 'sns:Publish', 'sns:SetTopicAttributes', 'sns:Subscribe'],
      resources: [`${prefix}*`],
    });
    grantee.acceptWildcard(
      `Resource::arn:aws:sns:${Stack.of(this).region}:<AWS::AccountId>:${resourceNames.familyTopicPrefix}*`,
      'One topic a family, made at run time: the name prefix is the limit.',
    );
    key.grantPublishing(grantee);
    grantee.setVariable(envNames.familyTopicArnPrefix, prefix);
    grantee.setVariable(envNames.topicKeyArn, key.key.keyArn);
    if (config.smsOriginationNumber) grantee.setVariable(envNames.smsOriginationNumber, config.smsOriginationNumber);
  }
}
