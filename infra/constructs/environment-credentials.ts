// Stands in for `@aws-sdk/credential-provider-node` in the functions' bundles (see bundle.ts). It runs in Lambda, not here.

type Credentials = { accessKeyId: string; secretAccessKey: string; sessionToken?: string };

const fromEnvironment = async (): Promise<Credentials> => {
  const accessKeyId = process.env['AWS_ACCESS_KEY_ID'];
  const secretAccessKey = process.env['AWS_SECRET_ACCESS_KEY'];
  const sessionToken = process.env['AWS_SESSION_TOKEN'];
  if (!accessKeyId || !secretAccessKey) throw new Error('AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY are not set.');
  return { accessKeyId, secretAccessKey, ...(sessionToken ? { sessionToken } : {}) };
};

/**
 * The credentials that Lambda puts into a function's environment: it has no others. The SDK's own chain also carries
 * single sign-on, container, instance and configuration-file providers, which cost time at every cold start.
 * https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html#configuration-envvars-runtime
 */
export const defaultProvider = (): (() => Promise<Credentials>) => fromEnvironment;
