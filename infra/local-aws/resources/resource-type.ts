import * as z from 'zod';
import { stableId } from '../template/names.ts';
import type { ResourceValues } from '../template/intrinsics.ts';
import type { Template } from '../template/template.ts';
import type { Platform } from '../platform.ts';

/** A resource of the template with its intrinsic functions resolved. */
export type ResolvedResource = {
  readonly logicalId: string;
  readonly type: string;
  readonly properties: unknown;
  readonly metadata: Readonly<Record<string, unknown>>;
};

/** Makes the resources of a template with these parameters. @returns its outputs */
export type DeployTemplate = (
  template: Template,
  platform: Platform,
  parameters: Readonly<Record<string, string>>,
) => Promise<ReadonlyMap<string, unknown>>;

/** Makes one type of resource. Throws where it does not understand a property. @param deployTemplate for a stack within it */
export type ResourceType = ((
  resource: ResolvedResource,
  platform: Platform,
  deployTemplate: DeployTemplate,
) => Promise<ResourceValues>) & {
  /** The properties that it understands. */
  readonly schema?: z.ZodType;
};

/** A property that has no effect on one machine, whatever it says. Each use is a decision: see the schema it stands in. */
export const inert = z.unknown().optional();

const problem = ({ type, logicalId }: ResolvedResource, issue: z.core.$ZodIssue): string => {
  const at = (key: PropertyKey | undefined): string =>
    [...issue.path, ...(key === undefined ? [] : [key])].map(String).join('.');
  return issue.code === 'unrecognized_keys'
    ? issue.keys.map((key) => `${type} (${logicalId}): property ${at(key)} is not understood`).join('; ')
    : `${type} (${logicalId}): property ${at(undefined)}: ${issue.message}`;
};

/**
 * Defines a resource type by the strict schema of all properties that it understands.
 * @param create makes it and answers what `Ref` and `Fn::GetAtt` give
 */
export const resourceType = <Schema extends z.ZodType>(
  schema: Schema,
  create: (
    properties: z.output<Schema>,
    resource: ResolvedResource,
    platform: Platform,
    deployTemplate: DeployTemplate,
  ) => Promise<ResourceValues> | ResourceValues,
): ResourceType => {
  const make: ResourceType = async (resource, platform, deployTemplate) => {
    const parsed = schema.safeParse(resource.properties);
    if (!parsed.success) throw new Error(parsed.error.issues.map((issue) => problem(resource, issue)).join('\n'));
    return create(parsed.data, resource, platform, deployTemplate);
  };
  return Object.assign(make, { schema });
};

/** A type that exists in AWS only: alarms, log groups. It answers a made-up name, ARN and domain to those who refer to it. */
export const inertType: ResourceType = async ({ logicalId, type }, { region, account, stackName }) => {
  const name = `${stackName}-${logicalId}-${stableId(logicalId, 8)}`;
  const service = type.split('::')[1]?.toLowerCase() ?? 'none';
  const domain = `${name.toLowerCase()}.${service}.invalid`;
  return { ref: name, attributes: { Arn: `arn:aws:${service}:${region}:${account}:${name}`, DomainName: domain } };
};
