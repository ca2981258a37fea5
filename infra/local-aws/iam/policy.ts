import * as z from 'zod';
import { assertUnderstood, type ConditionBlock } from './conditions.ts';

/** One statement of a policy, with every member as a list. */
export type Statement = {
  readonly effect: 'Allow' | 'Deny';
  readonly principals: readonly string[] | undefined;
  readonly notPrincipals: readonly string[] | undefined;
  readonly actions: readonly string[] | undefined;
  readonly notActions: readonly string[] | undefined;
  readonly resources: readonly string[] | undefined;
  readonly notResources: readonly string[] | undefined;
  readonly conditions: ConditionBlock;
};

const oneOrMore = z.union([z.string().transform((one) => [one]), z.array(z.string())]);
const conditionValue = z.union([z.string(), z.boolean(), z.number()]).transform(String);
const conditionValues = z.union([conditionValue.transform((one) => [one]), z.array(conditionValue)]);

/** `*` stands as it is; `{"AWS": …}` as ARNs; services and others with their kind before them: `Service:sns.amazonaws.com`. */
const principalSchema = z.union([
  z.literal('*').transform(() => ['*']),
  z
    .record(z.string(), oneOrMore)
    .transform((byKind) =>
      Object.entries(byKind).flatMap(([kind, names]) =>
        kind === 'AWS' ? names : names.map((name) => `${kind}:${name}`),
      ),
    ),
]);

const statementSchema = z.strictObject({
  Sid: z.string().optional(),
  Effect: z.enum(['Allow', 'Deny']),
  Principal: principalSchema.optional(),
  NotPrincipal: principalSchema.optional(),
  Action: oneOrMore.optional(),
  NotAction: oneOrMore.optional(),
  Resource: oneOrMore.optional(),
  NotResource: oneOrMore.optional(),
  Condition: z.record(z.string(), z.record(z.string(), conditionValues)).default({}),
});

const policySchema = z.strictObject({
  Version: z.string().optional(),
  Id: z.string().optional(),
  Statement: z.union([statementSchema.transform((one) => [one]), z.array(statementSchema)]),
});

/** Parses a policy document. What this evaluator would not understand later is an error now, named with `where`. */
export const parsePolicy = (document: unknown, where: string): readonly Statement[] => {
  const parsed = policySchema.safeParse(document);
  if (!parsed.success) throw new Error(`${where}: the policy is not understood: ${z.prettifyError(parsed.error)}`);
  return parsed.data.Statement.map((statement) => {
    assertUnderstood(statement.Condition, where);
    return {
      effect: statement.Effect,
      principals: statement.Principal,
      notPrincipals: statement.NotPrincipal,
      actions: statement.Action,
      notActions: statement.NotAction,
      resources: statement.Resource,
      notResources: statement.NotResource,
      conditions: statement.Condition,
    };
  });
};
