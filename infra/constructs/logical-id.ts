import { CfnResource } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';

/**
 * Fixes the logical id of what must survive a change of the construct tree: a new id means a new resource, and the
 * old one's data or subscribers go with it.
 */
export const pinLogicalId = (construct: IConstruct, logicalId: string): void => {
  const resource = construct.node.defaultChild ?? construct;
  if (!CfnResource.isCfnResource(resource)) throw new Error(`${construct.node.path} is no single resource.`);
  resource.overrideLogicalId(logicalId);
};
