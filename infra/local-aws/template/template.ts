import * as z from 'zod';

/** One resource as CloudFormation reads it. Attributes that only steer updates and deletions have no effect here. */
const resourceSchema = z.strictObject({
  Type: z.string(),
  Properties: z.record(z.string(), z.unknown()).default({}),
  DependsOn: z.union([z.string().transform((id) => [id]), z.array(z.string())]).default([]),
  Metadata: z.record(z.string(), z.unknown()).default({}),
  DeletionPolicy: z.string().optional(),
  UpdateReplacePolicy: z.string().optional(),
});

const templateSchema = z.object({
  Resources: z.record(z.string(), z.unknown()),
  Outputs: z.record(z.string(), z.object({ Value: z.unknown() })).default({}),
});

export type TemplateResource = z.infer<typeof resourceSchema>;

export type Template = {
  readonly resources: ReadonlyMap<string, TemplateResource>;
  readonly outputs: ReadonlyMap<string, unknown>;
};

/** Parses a synthesised template; a resource attribute that it does not understand is an error with its name. */
export const parseTemplate = (document: unknown): Template => {
  const { Resources, Outputs } = templateSchema.parse(document);
  const resources = Object.entries(Resources).map(([logicalId, raw]): [string, TemplateResource] => {
    const parsed = resourceSchema.safeParse(raw);
    if (parsed.success) return [logicalId, parsed.data];
    throw new Error(`${logicalId}: ${parsed.error.issues.map((issue) => issue.message).join('; ')}`);
  });
  return {
    resources: new Map(resources),
    outputs: new Map(Object.entries(Outputs).map(([name, { Value }]) => [name, Value])),
  };
};
