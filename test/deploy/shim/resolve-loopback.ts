/**
 * Preload (`node --import`) for the CDK CLI and the functions: every name under `localhost` is 127.0.0.1, so neither
 * the hosts file nor the system's resolver matters. S3 puts the bucket before the endpoint's host, Location `geofencing.`.
 */
import { resolveLoopbackNames } from '../../../infra/local-aws/functions/worker-surroundings.ts';

resolveLoopbackNames();
