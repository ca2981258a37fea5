import { join } from 'node:path';
import * as z from 'zod';
import { createLambdaFunction } from '../functions/lambda-function.ts';
import { operatorAccessKeyId } from '../aws-endpoint/credentials.ts';
import { physicalName, stableId } from '../template/names.ts';
import type { Platform } from '../platform.ts';
import { inert, resourceType, type ResolvedResource } from './resource-type.ts';

/** Enough concurrency to show races, few enough threads for two cores. */
const maxWorkers = 8;

const bundlePath = ({ metadata, type, logicalId }: ResolvedResource, { assetDirectory }: Platform): string => {
  const directory = metadata['aws:asset:path'];
  if (typeof directory === 'string') return join(assetDirectory, directory, 'index.mjs');
  throw new Error(`${type} (${logicalId}): its metadata has no aws:asset:path; synthesise with asset metadata enabled`);
};

/** What Lambda itself puts into a function's environment, https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html */
const lambdaEnvironment = (
  { region, endpointUrl }: Platform,
  {
    functionName,
    memory,
    accessKeyId,
  }: { readonly functionName: string; readonly memory: number; readonly accessKeyId: string },
): Record<string, string> => ({
  TZ: 'UTC',
  LANG: 'en_US.UTF-8',
  AWS_REGION: region,
  AWS_DEFAULT_REGION: region,
  AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
  AWS_LAMBDA_FUNCTION_NAME: functionName,
  AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
  AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(memory),
  AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
  AWS_LAMBDA_LOG_FORMAT: 'JSON',
  AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${functionName}`,
  AWS_LAMBDA_LOG_STREAM_NAME: 'local',
  AWS_ACCESS_KEY_ID: accessKeyId,
  AWS_SECRET_ACCESS_KEY: operatorAccessKeyId,
  // Not Lambda's: where AWS is on this machine.
  AWS_ENDPOINT_URL: endpointUrl,
});

/** `AWS::Lambda::Function` */
export const lambdaFunction = resourceType(
  z.strictObject({
    FunctionName: z.string().optional(),
    Role: z.string(),
    Handler: z.string().regex(/^index\.\w+$/, 'the bundle is index.mjs'),
    Runtime: z.literal('nodejs24.x'),
    Timeout: z.number().int().min(1).max(900).default(3),
    MemorySize: z.number().default(128),
    Environment: z.strictObject({ Variables: z.record(z.string(), z.string()) }).optional(),
    ReservedConcurrentExecutions: z.number().int().min(0).optional(),
    // The code is read from the assembly, as the metadata says; S3 exists in AWS only.
    Code: inert,
    Architectures: inert,
    Description: inert,
    LoggingConfig: inert,
    Tags: inert,
  }),
  (given, resource, platform) => {
    const { region, account, stackName, clock, activity, logs } = platform;
    const { logicalId } = resource;
    const functionName = given.FunctionName ?? physicalName(stackName, logicalId);
    const arn = `arn:aws:lambda:${region}:${account}:function:${functionName}`;
    const name = platform.functionName(logicalId);
    const accessKeyId = `ASIALOCAL${stableId(functionName, 11).toUpperCase()}`;
    const memory = given.MemorySize;
    const data = {
      bundlePath: bundlePath(resource, platform),
      exportName: given.Handler.slice('index.'.length),
      clockOffset: clock.sharedOffset,
      functionName,
      functionArn: arn,
      memoryMegabytes: memory,
    };
    const environment = {
      ...given.Environment?.Variables,
      ...lambdaEnvironment(platform, { functionName, memory, accessKeyId }),
    };
    const onLog = (line: string, requestId: string | undefined): void =>
      logs.add({
        at: clock.now().toISOString(),
        function: name,
        ...(requestId === undefined ? {} : { requestId }),
        line,
      });
    platform.functions.add(
      createLambdaFunction({
        name,
        functionName,
        arn,
        accessKeyId,
        activity,
        roleArn: given.Role,
        timeoutSeconds: given.Timeout,
        maxWorkers: Math.min(maxWorkers, given.ReservedConcurrentExecutions ?? maxWorkers),
        worker: (sessionToken) => ({ data, environment: { ...environment, AWS_SESSION_TOKEN: sessionToken }, onLog }),
      }),
    );
    return { ref: functionName, attributes: { Arn: arn } };
  },
);

/** `AWS::Lambda::Permission` */
export const lambdaPermission = resourceType(
  z.strictObject({
    Action: z.literal('lambda:InvokeFunction'),
    FunctionName: z.string(),
    Principal: z.string(),
    SourceArn: z.string().optional(),
    SourceAccount: inert,
  }),
  ({ FunctionName, Principal, SourceArn }, { type, logicalId }, { functions }) => {
    const permitted = functions.find(FunctionName);
    if (permitted === undefined) throw new Error(`${type} (${logicalId}): there is no function ${FunctionName}`);
    functions.permit({ functionArn: permitted.arn, principal: Principal, sourceArn: SourceArn });
    return { ref: logicalId };
  },
);
