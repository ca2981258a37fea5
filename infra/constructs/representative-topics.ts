import { Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { envNames, resourceNames } from '../../shared/names.ts';
import type { EncryptionKey } from './encryption-key.ts';
import type { ServiceFunction } from './service-function.ts';

export type RepresentativeTopicsProps = { readonly key: EncryptionKey };

/** The operator's command makes these topics, one a representative. The stack has no resource for them, only grants by name. */
export class RepresentativeTopics extends Construct {
  readonly #key: EncryptionKey;

  constructor(scope: Construct, id: string, { key }: RepresentativeTopicsProps) {
    super(scope, id);
    this.#key = key;
  }

  /** Publishing to every representative, and counting confirmed subscriptions. */
  grantPublishing(grantee: ServiceFunction): void {
    const { region } = Stack.of(this);
    const prefix = Stack.of(this).formatArn({ service: 'sns', resource: resourceNames.representativeTopicPrefix });
    grantee.allow({ actions: ['sns:GetTopicAttributes', 'sns:Publish'], resources: [`${prefix}*`] });
    grantee.acceptWildcard(
      `Resource::arn:aws:sns:${region}:<AWS::AccountId>:${resourceNames.representativeTopicPrefix}*`,
      'One topic a representative, made by the operator: the name prefix is the limit.',
    );
    this.#key.grantPublishing(grantee);
    grantee.setVariable(envNames.representativeTopicArnPrefix, prefix);
  }
}
