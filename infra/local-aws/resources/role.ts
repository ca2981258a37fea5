import * as z from 'zod';
import { parsePolicy } from '../iam/policy.ts';
import { physicalName } from '../template/names.ts';
import type { Platform } from '../platform.ts';
import { inert, resourceType } from './resource-type.ts';

const arnOfRole = ({ account }: Platform, name: string): string => `arn:aws:iam::${account}:role/${name}`;

/** `AWS::IAM::Role`. Who may assume it is checked nowhere: each function has its own key here. */
export const role = resourceType(
  z.strictObject({
    RoleName: z.string().optional(),
    AssumeRolePolicyDocument: z.unknown(),
    Policies: z.array(z.strictObject({ PolicyName: z.string(), PolicyDocument: z.unknown() })).default([]),
    // Policies that AWS wrote are not known here. The one every function may have allows nothing but logs.
    ManagedPolicyArns: z
      .array(z.string().endsWith(':iam::aws:policy/service-role/AWSLambdaBasicExecutionRole'))
      .default([]),
    Description: inert,
    MaxSessionDuration: inert,
    Tags: inert,
  }),
  ({ RoleName, Policies }, { logicalId }, platform) => {
    const name = RoleName ?? physicalName(platform.stackName, logicalId);
    const arn = arnOfRole(platform, name);
    for (const { PolicyName, PolicyDocument } of Policies) {
      platform.access.allowRole(arn, parsePolicy(PolicyDocument, `AWS::IAM::Role (${logicalId}): ${PolicyName}`));
    }
    return { ref: name, attributes: { Arn: arn } };
  },
);

/** `AWS::IAM::Policy` and `AWS::IAM::ManagedPolicy` of roles. */
export const policy = resourceType(
  z.strictObject({
    PolicyName: z.string().optional(),
    ManagedPolicyName: z.string().optional(),
    PolicyDocument: z.unknown(),
    Roles: z.array(z.string()),
    Description: inert,
    Path: inert,
  }),
  ({ PolicyDocument, Roles }, { logicalId, type }, platform) => {
    const statements = parsePolicy(PolicyDocument, `${type} (${logicalId})`);
    for (const name of Roles) platform.access.allowRole(arnOfRole(platform, name), statements);
    return { ref: logicalId };
  },
);
