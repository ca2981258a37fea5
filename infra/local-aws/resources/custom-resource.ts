import * as z from 'zod';
import { resourceType } from './resource-type.ts';

/** `Custom::…` and `AWS::CloudFormation::CustomResource`: its function makes it. All further properties are the function's. */
export const customResource = resourceType(
  z.looseObject({ ServiceToken: z.string(), ServiceTimeout: z.coerce.number().default(3600) }),
  async ({ ServiceToken, ServiceTimeout, ...own }, { type, logicalId }, { functions, customResources }) => {
    const handler = functions.find(ServiceToken);
    if (handler === undefined)
      throw new Error(`${type} (${logicalId}): its ServiceToken ${ServiceToken} is no function here`);
    const { physicalId, data } = await customResources.create({
      function: handler,
      resourceType: type,
      logicalId,
      // CloudFormation passes ServiceToken on, and ServiceTimeout as text.
      properties: { ServiceToken, ServiceTimeout: String(ServiceTimeout), ...own },
      timeoutSeconds: ServiceTimeout,
    });
    const attributes = Object.entries(data).map(([name, value]): [string, string] => [name, String(value)]);
    return { ref: physicalId, attributes: Object.fromEntries(attributes) };
  },
);
