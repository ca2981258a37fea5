import { Duration, RemovalPolicy, Stage, Validations } from 'aws-cdk-lib/core';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Architecture, Code, Function, LoggingFormat, Runtime } from 'aws-cdk-lib/aws-lambda';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { EnvName, FunctionName } from '../../shared/names.ts';
import { appFiles } from './app-files.ts';
import { bundleOf } from './bundle.ts';

export type ServiceFunctionProps<Name extends FunctionName = FunctionName> = {
  readonly name: Name;
  readonly description: string;
  /** The harm to people when it fails: part of each alarm about it. */
  readonly impact: string;
  readonly timeoutSeconds: number;
  /** Megabytes; the share of a CPU grows with it. @default 512 */
  readonly memoryMegabytes?: number;
  /** Executions kept for it, and its ceiling. @default - shares the account's */
  readonly reservedConcurrency?: number | undefined;
};

/** One whole CPU: for slow hashes, and for what meets a rare press cold. */
export const wholeCpuMegabytes = 1769;

/** Always on named resources: there is no default. */
export type Grant = {
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  readonly conditions?: Record<string, Record<string, string | readonly string[]>>;
};

/**
 * One Lambda with its role and log group: the only place that knows runtime, architecture, bundling and logging.
 * The role starts with nothing but its own log stream. AWS's basic execution policy would allow every log group.
 *
 * No X-Ray: a trace would keep topic ARNs with family ids beyond our retention (G8).
 */
export class ServiceFunction<Name extends FunctionName = FunctionName> extends Construct {
  readonly name: Name;
  readonly impact: string;
  readonly function: Function;
  readonly roleArn: string;
  readonly #role: Role;

  constructor(scope: Construct, id: string, props: ServiceFunctionProps<Name>) {
    super(scope, id);
    this.name = props.name;
    this.impact = props.impact;

    const logGroup = new LogGroup(this, 'Logs', {
      retention: RetentionDays.ONE_MONTH,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    this.#role = new Role(this, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    this.roleArn = this.#role.roleArn;
    this.allow({ actions: ['logs:CreateLogStream', 'logs:PutLogEvents'], resources: [logGroup.logGroupArn] });

    this.function = new Function(this, 'Function', {
      description: props.description,
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      handler: 'index.handler',
      code: bundledCode(this, props.name),
      role: this.#role,
      memorySize: props.memoryMegabytes ?? 512,
      timeout: Duration.seconds(props.timeoutSeconds),
      ...(props.reservedConcurrency === undefined ? {} : { reservedConcurrentExecutions: props.reservedConcurrency }),
      logGroup,
      loggingFormat: LoggingFormat.JSON,
    });
  }

  /** Adds a statement to the role. Constructs that own a resource call this together with {@link setVariable}. */
  allow({ actions, resources, conditions }: Grant): void {
    this.#role.addToPolicy(
      new PolicyStatement({ actions: [...actions], resources: [...resources], ...(conditions ? { conditions } : {}) }),
    );
  }

  /**
   * Accepts a wildcard of this function's policy that cdk-nag would report.
   *
   * @param finding as cdk-nag names it: `Action::…` or `Resource::…`
   */
  acceptWildcard(finding: string, reason: string): void {
    Validations.of(this).acknowledge({ id: `AwsSolutions-IAM5[${finding}]`, reason });
  }

  setVariable(name: EnvName, value: string): void {
    this.function.addEnvironment(name, value);
  }
}

/** Writes the function's bundle into the cloud assembly; the asset's hash is that of its bytes. */
const bundledCode = (scope: Construct, name: FunctionName): Code => {
  const directory = join(Stage.of(scope)?.outdir ?? 'cdk.out', 'bundles', name);
  mkdirSync(directory, { recursive: true });
  writeFileSync(join(directory, 'index.mjs'), bundleOf(name));
  // Read by functions/serve-app/index.ts.
  if (name === 'serve-app') writeFileSync(join(directory, 'app.json'), JSON.stringify(appFiles()));
  return Code.fromAsset(directory);
};
