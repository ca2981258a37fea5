import type { AwsService } from './aws-service.ts';
import type { Activity } from './activity.ts';
import type { LocalClock } from './clock.ts';
import type { CustomResources } from './custom-resources/custom-resources.ts';
import type { Functions } from './functions/functions.ts';
import type { HttpApi } from './http-api/http-api.ts';
import type { AccessControl } from './iam/access-control.ts';
import type { LogEntry, Journal } from './journal.ts';
import type { Keys } from './resources/keys.ts';
import type { Schedules } from './schedules/schedules.ts';
import type { LocalSqs } from './sqs/sqs.ts';
import type { Streams } from './streams/streams.ts';

/** Everything that the template's resources are made of. */
export type Platform = {
  readonly region: string;
  readonly account: string;
  readonly stackName: string;
  /** Directory of the synthesised assembly, in which the functions' bundles lie. */
  readonly assetDirectory: string;
  /** Where this machine serves the HTTP API, `http://127.0.0.1:<port>`. */
  readonly apiUrl: string;
  /** Where functions reach AWS's services and CloudFormation on this machine. */
  readonly endpointUrl: string;
  readonly clock: LocalClock;
  readonly activity: Activity;
  readonly logs: Journal<LogEntry>;
  readonly dynamoDb: AwsService;
  readonly sns: AwsService;
  readonly sqs: LocalSqs;
  readonly kms: AwsService;
  readonly location: AwsService;
  readonly access: AccessControl;
  readonly keys: Keys;
  readonly functions: Functions;
  readonly streams: Streams;
  readonly schedules: Schedules;
  readonly api: HttpApi;
  readonly customResources: CustomResources;
  /** Called once for each topic that the template makes. */
  readonly onTopic: (topic: { readonly name: string; readonly arn: string }) => void;
};
