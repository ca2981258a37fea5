import { resourceTypeOf } from '../resources/resource-types.ts';
import type { Platform } from '../platform.ts';
import { creationOrder } from './creation-order.ts';
import { resolve, type IntrinsicScope, type ResourceValues } from './intrinsics.ts';
import type { Template } from './template.ts';

/** What a deployed stack answers: its outputs as texts. */
export type Deployed = { readonly outputs: ReadonlyMap<string, unknown> };

/** Names of all types in a template that the local stack does not understand. */
const unknownTypes = ({ resources }: Template): readonly string[] =>
  [...resources]
    .filter(([, { Type }]) => resourceTypeOf(Type) === undefined)
    .map(([logicalId, { Type }]) => `${Type} (${logicalId})`);

/** Makes each resource of a template, one after the other, in the order of their references. */
export const deploy = async (template: Template, platform: Platform): Promise<Deployed> => {
  const unknown = unknownTypes(template);
  if (unknown.length > 0) throw new Error(unknown.map((type) => `${type}: resource type is not understood`).join('\n'));

  const { region, account, stackName } = platform;
  const created = new Map<string, ResourceValues>();
  const scope: IntrinsicScope = {
    pseudoParameters: {
      'AWS::AccountId': account,
      'AWS::Partition': 'aws',
      'AWS::Region': region,
      'AWS::StackId': `arn:aws:cloudformation:${region}:${account}:stack/${stackName}/local`,
      'AWS::StackName': stackName,
      'AWS::URLSuffix': 'amazonaws.com',
    },
    resource: (logicalId) => created.get(logicalId),
  };

  for (const logicalId of creationOrder(template.resources)) {
    const resource = template.resources.get(logicalId);
    const make = resource && resourceTypeOf(resource.Type);
    if (resource === undefined || make === undefined) continue;
    const { Type: type, Metadata: metadata } = resource;
    const properties = resolvedProperties(resource.Properties, scope, `${type} (${logicalId})`);
    created.set(logicalId, await make({ logicalId, type, properties, metadata }, platform));
  }
  return { outputs: new Map([...template.outputs].map(([name, value]) => [name, resolve(value, scope)])) };
};

const resolvedProperties = (properties: unknown, scope: IntrinsicScope, where: string): unknown => {
  try {
    return resolve(properties, scope);
  } catch (cause) {
    throw new Error(`${where}: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  }
};
