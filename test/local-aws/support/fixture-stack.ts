import type { DeployedStack } from '../../../infra/local-aws/deployed-stack.ts';
import { startLocalAws } from '../../../infra/local-aws/local-aws.ts';
import { fixtureAssembly, type FixtureFunction } from './fixture-assembly.ts';

/** A parsed document that a test looks into without a schema. */
export type Json = ReturnType<typeof JSON.parse>;

type HttpResult = { status: number; headers: Headers; text: string; json: Json };

/** A hand-written stack behind its own port. */
export type FixtureStack = DeployedStack & {
  url: string;
  send: (method: string, path: string, body?: string, headers?: Record<string, string>) => Promise<HttpResult>;
  close: () => Promise<void>;
};

/** Starts these functions and resources on a free port; rejects, with everything stopped, if they are refused. */
export const startFixture = async (
  functions: Record<string, FixtureFunction>,
  resources: Record<string, object> = {},
): Promise<FixtureStack> => {
  const assembly = await fixtureAssembly(functions, resources);
  const aws = await startLocalAws({ schedules: 'when-advanced' });
  const close = async (): Promise<void> => {
    await aws.close();
    await assembly.dispose();
  };
  const deployed = await aws.deploy(assembly).catch(async (error: unknown) => {
    await close();
    throw error;
  });

  const send: FixtureStack['send'] = async (method, path, body, headers = {}) => {
    const response = await fetch(`${aws.url}${path}`, { method, headers, ...(body === undefined ? {} : { body }) });
    const text = await response.text();
    const isJson = text !== '' && response.headers.get('content-type')?.includes('json') === true;
    return { status: response.status, headers: response.headers, text, json: isJson ? JSON.parse(text) : undefined };
  };
  return { ...deployed, url: aws.url, send, close };
};

/** Credentials and endpoint of an operator, who may do everything. */
export const asOperator = ({ url }: FixtureStack) => ({
  endpoint: url,
  region: 'us-east-1',
  credentials: { accessKeyId: 'local-operator', secretAccessKey: 'any' },
});
