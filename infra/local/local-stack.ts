import type { Assembly } from '../local-aws/assembly.ts';
import type { DeployedStack } from '../local-aws/deployed-stack.ts';
import { starting, startLocalAws, type LocalAwsOptions } from '../local-aws/local-aws.ts';
import type { HttpAnswer, HttpRequest } from '../local-aws/server/http-server.ts';
import { answerControl, isControlPath } from './control/control.ts';
import type { ControlTarget } from './control/control-routes.ts';
import { subscribeDefaultInboxes } from './default-inboxes.ts';
import { folderNameOf } from './folder-name.ts';
import { keepSubscriptions, restoreSubscriptions } from './kept-subscriptions.ts';
import { isNeeded } from './rounds.ts';
import { synthesise } from './synthesise.ts';

export type LocalStackOptions = Pick<LocalAwsOptions, 'port' | 'dataDirectory' | 'confirm' | 'schedules'> & {
  /** What to serve. @default - the CDK app, synthesised in this process */
  readonly assembly?: Assembly;
};

/** The running stack. Beside what HTTP shows, what tests of the stack need; functions go by their folders' names. */
export type LocalStack = Omit<DeployedStack, keyof ControlTarget> & {
  /** `http://127.0.0.1:<port>`: the API, the control routes and AWS's endpoint. */
  readonly url: string;
  readonly control: ControlTarget;
  /** Moves the clock on as `control.advance` does, but leaves out the watchman's rounds that would find nothing to do. */
  readonly letPass: (minutes: number) => Promise<void>;
  /** Ends all threads and connections. */
  readonly close: () => Promise<void>;
};

/** Starts the stack of the template on this machine; rejects, with everything stopped, if the template is refused. */
export const startLocalStack = async (options: LocalStackOptions = {}): Promise<LocalStack> => {
  const { port, dataDirectory, confirm = 'auto', schedules } = options;
  let assembly: Assembly | undefined;
  let running: { readonly deployed: DeployedStack; readonly control: ControlTarget } | undefined;
  const answer = async (request: HttpRequest): Promise<HttpAnswer | undefined> => {
    if (!isControlPath(request.path)) return undefined;
    return running === undefined ? starting : answerControl(request, running.control);
  };
  const aws = await startLocalAws({ port, dataDirectory, confirm, schedules, functionName: folderNameOf, answer });

  const close = async (): Promise<void> => {
    await aws.close();
    // Only after a whole start: what a refused template left of the topics is not what was there.
    if (dataDirectory !== undefined && running !== undefined) await keepSubscriptions(running.deployed, dataDirectory);
    await assembly?.dispose();
  };

  try {
    const served = options.assembly ?? (await synthesise());
    assembly = served;
    const deployed = await aws.deploy(served);
    const { calls, faults, logs, now, advance, reset: resetAws, ...rest } = deployed;
    const { services, topics } = rest;
    await subscribeDefaultInboxes(services, topics, confirm);
    if (dataDirectory !== undefined) await restoreSubscriptions(deployed, { dataDirectory, confirm });
    const reset = async (): Promise<void> => {
      await resetAws();
      await subscribeDefaultInboxes(services, topics, confirm);
    };
    const control = { sns: services.sns, calls, faults, logs, now, advance, reset };
    running = { deployed, control };
    const letPass = (minutes: number): Promise<void> => advance(minutes, async (name) => isNeeded(name, deployed));
    return { ...rest, url: aws.url, control, letPass, close };
  } catch (error) {
    await close();
    throw error;
  }
};
