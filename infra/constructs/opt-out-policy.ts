import { Stack } from 'aws-cdk-lib/core';
import { CfnResourcePolicy } from 'aws-cdk-lib/aws-smsvoice';
import { Construct } from 'constructs';

/**
 * Lets SNS read the account's list of phones that answered STOP, which AWS makes and names Default: without a policy of its
 * own SNS refuses to say whether a phone is on it.
 * https://docs.aws.amazon.com/sns/latest/dg/sns-sms-access-management.html
 */
export class OptOutPolicy extends Construct {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    const resourceArn = Stack.of(this).formatArn({
      service: 'sms-voice',
      resource: 'opt-out-list',
      resourceName: 'Default',
    });
    new CfnResourcePolicy(this, 'Policy', {
      resourceArn,
      policyDocument: {
        Version: '2012-10-17',
        Statement: [
          {
            Sid: 'SnsReadsOptOuts',
            Effect: 'Allow',
            Principal: { Service: 'sns.amazonaws.com' },
            Action: 'sms-voice:DescribeOptedOutNumbers',
            Resource: resourceArn,
          },
        ],
      },
    });
  }
}
