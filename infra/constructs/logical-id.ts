import { CfnResource } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';

/**
 * Fixes the logical id of a resource, so that a change of the construct tree does not change it. With a new id
 * CloudFormation makes a new resource, and the data or subscribers of the old one are lost.
 */
export const pinLogicalId = (construct: IConstruct, logicalId: string): void => {
  const resource = construct.node.defaultChild ?? construct;
  if (!CfnResource.isCfnResource(resource)) throw new Error(`${construct.node.path} is no single resource.`);
  resource.overrideLogicalId(logicalId);
};
