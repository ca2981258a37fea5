import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { physicalName } from '../template/names.ts';
import { parseTemplate } from '../template/template.ts';
import { inert, resourceType } from './resource-type.ts';

/** `AWS::CloudFormation::Stack`, as CDK's `NestedStack` writes it: the template lies beside the parent's. */
export const nestedStack = resourceType(
  z.strictObject({
    Parameters: z.record(z.string(), z.string()).default({}),
    // Read from the assembly, as the metadata says; S3 exists in AWS only.
    TemplateURL: inert,
    Tags: inert,
  }),
  async ({ Parameters }, { type, logicalId, metadata }, platform, deployTemplate) => {
    const file = metadata['aws:asset:path'];
    if (typeof file !== 'string') throw new Error(`${type} (${logicalId}): its metadata has no aws:asset:path`);
    const template = parseTemplate(JSON.parse(await readFile(join(platform.assetDirectory, file), 'utf8')));
    const stackName = physicalName(platform.stackName, logicalId);
    const outputs = await deployTemplate(template, { ...platform, stackName }, Parameters);
    const { region, account } = platform;
    return {
      ref: `arn:aws:cloudformation:${region}:${account}:stack/${stackName}/local`,
      attributes: Object.fromEntries([...outputs].map(([name, value]) => [`Outputs.${name}`, String(value)])),
    };
  },
);
