import * as z from 'zod';
import { operationsOf, serviceOf } from '../aws-input.ts';
import { AwsError, type AwsService } from '../aws-service.ts';

/** CloudFormation's namespace for its XML. */
export const cloudFormationXmlNamespace = 'http://cloudformation.amazonaws.com/doc/2010-05-15/';

const refuse = (message: string): AwsError => new AwsError('ValidationError', message);
const define = operationsOf(({ path, detail }) => refuse(`${path}: ${detail}`));

/** The one stack of this process. Its outputs are known once it is deployed. */
export type DescribedStack = {
  readonly stackName: string;
  readonly stackId: string;
  readonly outputs: () => ReadonlyMap<string, unknown> | undefined;
  readonly createdAt: Date;
};

/**
 * AWS CloudFormation as far as an operator asks it: the stack with its outputs.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_DescribeStacks.html
 */
export const createCloudFormation = ({ stackName, stackId, outputs, createdAt }: DescribedStack): AwsService =>
  serviceOf('CloudFormation', {
    DescribeStacks: define(z.strictObject({ StackName: z.string().optional() }), ({ StackName = stackName }) => {
      if (StackName !== stackName && StackName !== stackId) {
        throw refuse(`Stack with id ${StackName} does not exist`);
      }
      const deployed = outputs();
      return {
        Stacks: [
          {
            StackId: stackId,
            StackName: stackName,
            CreationTime: createdAt,
            StackStatus: deployed ? 'CREATE_COMPLETE' : 'CREATE_IN_PROGRESS',
            Outputs: [...(deployed ?? [])].map(([OutputKey, value]) => ({ OutputKey, OutputValue: String(value) })),
          },
        ],
      };
    }),
  });
