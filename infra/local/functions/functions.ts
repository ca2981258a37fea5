import { fitsPattern } from '../iam/wildcard.ts';
import type { LambdaFunction } from './lambda-function.ts';

/** All deployed functions with who may invoke them. */
export type Functions = {
  add: (deployed: LambdaFunction) => void;
  list: () => readonly LambdaFunction[];
  /** By name or ARN, as the template refers to functions. */
  find: (nameOrArn: string) => LambdaFunction | undefined;
  byAccessKey: (accessKeyId: string) => LambdaFunction | undefined;
  permit: (permission: Permission) => void;
  /** Whether the function's resource policy lets a service invoke it in the name of `sourceArn`. */
  isPermitted: (functionArn: string, service: string, sourceArn: string) => boolean;
  close: () => Promise<void>;
};

/** `AWS::Lambda::Permission`. */
type Permission = {
  readonly functionArn: string;
  readonly principal: string;
  readonly sourceArn: string | undefined;
};

export const createFunctions = (): Functions => {
  const deployedFunctions: LambdaFunction[] = [];
  const permissions: Permission[] = [];
  return {
    add: (deployed) => {
      deployedFunctions.push(deployed);
    },
    list: () => deployedFunctions,
    find: (nameOrArn) =>
      deployedFunctions.find(({ arn, functionName }) => nameOrArn === arn || nameOrArn === functionName),
    byAccessKey: (accessKeyId) => deployedFunctions.find((deployed) => deployed.accessKeyId === accessKeyId),
    permit: (permission) => {
      permissions.push(permission);
    },
    isPermitted: (functionArn, service, sourceArn) =>
      permissions.some(
        (permission) =>
          permission.functionArn === functionArn &&
          permission.principal === service &&
          (permission.sourceArn === undefined || fitsPattern(permission.sourceArn, sourceArn)),
      ),
    close: async () => {
      await Promise.all(deployedFunctions.map((deployed) => deployed.close()));
    },
  };
};
