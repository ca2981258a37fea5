import type { DeployTemplate } from '../resources/resource-type.ts';
import { resourceTypeOf } from '../resources/resource-types.ts';
import { creationOrder } from './creation-order.ts';
import { resolve, type IntrinsicScope, type ResourceValues } from './intrinsics.ts';
import type { Template } from './template.ts';

/** Names of all types in a template that the local stack does not understand. */
const unknownTypes = ({ resources }: Template): readonly string[] =>
  [...resources]
    .filter(([, { Type }]) => resourceTypeOf(Type) === undefined)
    .map(([logicalId, { Type }]) => `${Type} (${logicalId})`);

/** Makes each resource of a template, one after the other, in the order of their references. @returns its outputs */
export const deploy: DeployTemplate = async (template, platform, parameters) => {
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
    resource: (name) => created.get(name) ?? parameterOf(parameters, name),
  };

  for (const logicalId of creationOrder(template.resources)) {
    const resource = template.resources.get(logicalId);
    const make = resource && resourceTypeOf(resource.Type);
    if (resource === undefined || make === undefined) continue;
    const { Type: type, Metadata: metadata } = resource;
    const properties = resolvedProperties(resource.Properties, scope, `${type} (${logicalId})`);
    created.set(logicalId, await make({ logicalId, type, properties, metadata }, platform, deploy));
  }
  return new Map([...template.outputs].map(([name, value]) => [name, resolve(value, scope)]));
};

const parameterOf = (parameters: Readonly<Record<string, string>>, name: string): ResourceValues | undefined => {
  const value = parameters[name];
  return value === undefined ? undefined : { ref: value };
};

const resolvedProperties = (properties: unknown, scope: IntrinsicScope, where: string): unknown => {
  try {
    return resolve(properties, scope);
  } catch (cause) {
    throw new Error(`${where}: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  }
};
