import { isAllowed } from './evaluate.ts';
import { parsePolicy, type Statement } from './policy.ts';
import type { Need } from './required-access.ts';

/** The policies of the deployed roles and resources. */
export type AccessControl = {
  readonly allowRole: (roleArn: string, statements: readonly Statement[]) => void;
  /** Adds to the policy that stands on a resource itself. */
  readonly addResourcePolicy: (arn: string, statements: readonly Statement[]) => void;
  /** A key's own policy decides over it, IAM only as far as it says so. */
  readonly setKeyPolicy: (keyArn: string, statements: readonly Statement[]) => void;
  /** @param principal ARN of a role, or `Service:<name>.amazonaws.com` */
  readonly mayDo: (principal: string, need: Need) => Promise<boolean>;
};

export type AccessControlOptions = {
  readonly account: string;
  /** The policy that a topic has now: topics get and lose theirs while the stack runs. */
  readonly policyOfTopic: (topicArn: string) => Promise<string | undefined>;
};

export const createAccessControl = ({ account, policyOfTopic }: AccessControlOptions): AccessControl => {
  const byRole = new Map<string, readonly Statement[]>();
  const byResource = new Map<string, readonly Statement[]>();
  const keys = new Set<string>();
  const parsedPolicies = new Map<string, readonly Statement[]>();

  const add = (map: Map<string, readonly Statement[]>, arn: string, statements: readonly Statement[]): void => {
    map.set(arn, [...(map.get(arn) ?? []), ...statements]);
  };

  const resourcePolicy = async (resource: string): Promise<readonly Statement[]> => {
    if (!resource.startsWith('arn:aws:sns:')) return byResource.get(resource) ?? [];
    const text = await policyOfTopic(resource);
    if (text === undefined || text === '') return [];
    const known = parsedPolicies.get(text) ?? parsePolicy(JSON.parse(text), resource);
    parsedPolicies.set(text, known);
    return known;
  };

  /** Condition keys that each request has; the loopback stands for AWS's TLS endpoints. */
  const valuesOf = (principal: string): Record<string, string> => {
    const common = { 'aws:securetransport': 'true', 'aws:resourceaccount': account };
    if (principal.startsWith('Service:')) return { ...common, 'aws:principalisawsservice': 'true' };
    return {
      ...common,
      'aws:principalisawsservice': 'false',
      'aws:principalarn': principal,
      'aws:principalaccount': account,
      'kms:calleraccount': account,
    };
  };

  return {
    allowRole: (roleArn, statements) => add(byRole, roleArn, statements),
    addResourcePolicy: (arn, statements) => add(byResource, arn, statements),
    setKeyPolicy: (keyArn, statements) => {
      keys.add(keyArn);
      byResource.set(keyArn, statements);
    },
    mayDo: async (principal, { action, resource, values = {} }) =>
      isAllowed(
        { action, resource, principal, account, values: { ...valuesOf(principal), ...values } },
        {
          identity: byRole.get(principal) ?? [],
          resource: await resourcePolicy(resource),
          resourcePolicyDecides: keys.has(resource),
        },
      ),
  };
};
