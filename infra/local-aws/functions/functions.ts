import { fitsPattern } from '../iam/wildcard.ts';
import type { LambdaFunction } from './lambda-function.ts';
import type { InvokeOutcome } from './lambda-worker.ts';

/** All deployed functions with who may invoke them. */
export type Functions = {
  readonly add: (deployed: LambdaFunction) => void;
  readonly list: () => readonly LambdaFunction[];
  /** By name or ARN, as the template refers to functions. */
  readonly find: (nameOrArn: string) => LambdaFunction | undefined;
  readonly byAccessKey: (accessKeyId: string) => LambdaFunction | undefined;
  readonly permit: (permission: Permission) => void;
  /** Whether the function's resource policy lets a service invoke it in the name of `sourceArn`. */
  readonly isPermitted: (functionArn: string, service: string, sourceArn: string) => boolean;
  /** Invokes a function by the name that the journals have for it. */
  readonly invoke: (name: string, event: unknown) => Promise<InvokeOutcome>;
  /** Loads workers of each function. @param workers how many of each; @default 1 */
  readonly prewarm: (workers?: number) => Promise<void>;
  readonly close: () => Promise<void>;
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
    invoke: async (name, event) => {
      const found = deployedFunctions.find((deployed) => deployed.name === name);
      if (found === undefined) throw new Error(`there is no function ${name}`);
      return found.invoke(event);
    },
    prewarm: async (workers = 1) => {
      for (const deployed of deployedFunctions) await deployed.prewarm(workers);
    },
    close: async () => {
      await Promise.all(deployedFunctions.map((deployed) => deployed.close()));
    },
  };
};
