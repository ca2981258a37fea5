import { conditionsHold, type ConditionValues } from './conditions.ts';
import type { Statement } from './policy.ts';
import { fitsPattern } from './wildcard.ts';

/** One thing that a principal asks for. */
export type AccessRequest = {
  /** `service:Action`. */
  readonly action: string;
  /** ARN, or `*` for an action that has no resource. */
  readonly resource: string;
  /** ARN of the caller's role, or `Service:<name>.amazonaws.com`. */
  readonly principal: string;
  readonly account: string;
  readonly values: ConditionValues;
};

export type Policies = {
  readonly identity: readonly Statement[];
  /** The resource's own policy; empty if it has none. */
  readonly resource: readonly Statement[];
  /** A KMS key obeys its own policy alone, which may hand over to IAM by admitting the account. */
  readonly resourcePolicyDecides?: boolean;
};

const actionMatches = ({ actions, notActions }: Statement, action: string): boolean => {
  // Action names are compared without case, resources with it.
  const fits = (pattern: string): boolean => fitsPattern(pattern.toLowerCase(), action.toLowerCase());
  return actions === undefined ? notActions !== undefined && !notActions.some(fits) : actions.some(fits);
};

const resourceMatches = ({ resources, notResources }: Statement, resource: string): boolean => {
  const fits = (pattern: string): boolean => fitsPattern(pattern, resource);
  if (resources !== undefined) return resources.some(fits);
  return notResources === undefined || !notResources.some(fits);
};

const isAccount = (principal: string, account: string): boolean =>
  principal === account || (principal.startsWith('arn:') && principal.endsWith(`:iam::${account}:root`));

const matches = (statement: Statement, request: AccessRequest): boolean =>
  actionMatches(statement, request.action) &&
  resourceMatches(statement, request.resource) &&
  conditionsHold(statement.conditions, request.values);

const names = (statement: Statement, request: AccessRequest): boolean => {
  const named = (principal: string): boolean => principal === '*' || principal === request.principal;
  if (statement.principals !== undefined) return statement.principals.some(named);
  return statement.notPrincipals !== undefined && !statement.notPrincipals.some(named);
};

const namesAccount = ({ principals }: Statement, { account }: AccessRequest): boolean =>
  principals?.some((principal) => isAccount(principal, account)) ?? false;

/**
 * Whether policies of one account let a request through: never against a Deny, else by an Allow of the identity or
 * of the resource, https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
export const isAllowed = (request: AccessRequest, policies: Policies): boolean => {
  const identity = policies.identity.filter((statement) => matches(statement, request));
  const resource = policies.resource.filter((statement) => matches(statement, request));
  const direct = resource.filter((statement) => names(statement, request));
  const throughAccount = resource.filter((statement) => namesAccount(statement, request));

  const applicable = [...identity, ...direct, ...throughAccount];
  if (applicable.some(({ effect }) => effect === 'Deny')) return false;
  if (direct.some(({ effect }) => effect === 'Allow')) return true;
  const byIdentity = identity.some(({ effect }) => effect === 'Allow');
  return byIdentity && (policies.resourcePolicyDecides !== true || throughAccount.length > 0);
};
