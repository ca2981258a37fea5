import { RemovalPolicy, Stack } from 'aws-cdk-lib/core';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import type { ServiceFunction } from './service-function.ts';
import { pinLogicalId } from './logical-id.ts';

export type EncryptionKeyProps = {
  /** Keeps the key when the stack goes: without it nobody can read the retained table. Not of a first deploy that fails. */
  readonly retain: boolean;
  /** Whether it can be replicated into another region. Can never be changed later: CloudFormation refuses the update. */
  readonly multiRegion: boolean;
};

/** The one customer-managed key, for the table and all topics. Roles of this account get it through their policies. */
export class EncryptionKey extends Construct {
  readonly key: Key;

  constructor(scope: Construct, id: string, props: EncryptionKeyProps) {
    super(scope, id);
    this.key = new Key(this, 'Key', {
      description: 'Alert Button: table and topics',
      enableKeyRotation: true,
      multiRegion: props.multiRegion,
      removalPolicy: props.retain ? RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE : RemovalPolicy.DESTROY,
    });
    pinLogicalId(this.key, 'EncryptionKey');
    // Alarms publish to an encrypted topic as the service itself; without this they fail in silence.
    // https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Notify_Users_Alarm_Changes.html
    this.key.addToResourcePolicy(
      new PolicyStatement({
        sid: 'AlarmsPublishToEncryptedTopic',
        principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
        actions: ['kms:Decrypt', 'kms:GenerateDataKey*'],
        resources: ['*'],
        conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } },
      }),
    );
  }

  /** GenerateDataKey and its variant without plaintext, as in AWS's examples for SNS. */
  #generateDataKeys(grantee: ServiceFunction): readonly string[] {
    grantee.acceptWildcard(
      'Action::kms:GenerateDataKey*',
      'Two variants of one call, on the one key of this stack, and only in the name of SNS or DynamoDB.',
    );
    return ['kms:GenerateDataKey*'];
  }

  /** For publishing to an encrypted topic: SNS asks KMS in the publisher's name. */
  grantPublishing(grantee: ServiceFunction): void {
    grantee.allow({
      actions: ['kms:Decrypt', ...this.#generateDataKeys(grantee)],
      resources: [this.key.keyArn],
      conditions: this.#onlyVia('sns'),
    });
  }

  /** For reading the table or its stream: DynamoDB asks KMS in the caller's name. */
  grantTableReading(grantee: ServiceFunction): void {
    grantee.allow({ actions: ['kms:Decrypt'], resources: [this.key.keyArn], conditions: this.#onlyVia('dynamodb') });
  }

  grantTableWriting(grantee: ServiceFunction): void {
    grantee.allow({
      actions: ['kms:Decrypt', 'kms:Encrypt', ...this.#generateDataKeys(grantee)],
      resources: [this.key.keyArn],
      conditions: this.#onlyVia('dynamodb'),
    });
  }

  #onlyVia(service: 'sns' | 'dynamodb'): Record<string, Record<string, string>> {
    return { StringEquals: { 'kms:ViaService': `${service}.${Stack.of(this).region}.amazonaws.com` } };
  }
}
