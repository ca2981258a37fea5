import { join } from 'node:path';
import cdkJson from '../../cdk.json' with { type: 'json' };
import { buildApp } from '../../infra/app.ts';
import { prepareBundles } from '../../infra/constructs/bundle.ts';
import { folderNameOf } from '../../infra/local/folder-name.ts';
import { parseTemplate, type Template } from '../../infra/local-aws/template/template.ts';
import type { FunctionName } from '../../shared/names.ts';

/** What Lambda itself puts into a function's environment. */
const ofLambda = {
  AWS_REGION: 'us-east-1',
  AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
  AWS_ACCESS_KEY_ID: 'none',
  AWS_SECRET_ACCESS_KEY: 'none',
};

/** Stands for what only a deploy knows, such as a table's name or the API's address. */
const placeholder = 'https://cold-load.example/x';

type Variables = Readonly<Record<string, string>>;

const variablesOf = (properties: Readonly<Record<string, unknown>>): Variables => {
  const { Variables = {} } = (properties['Environment'] ?? {}) as { Variables?: Record<string, unknown> };
  return Object.fromEntries(
    Object.entries(Variables).map(([name, value]) => [name, typeof value === 'string' ? value : placeholder]),
  );
};

/** The template of the ordinary app, canary included. */
const templateIn = async (outdir: string): Promise<Template> => {
  await prepareBundles();
  const app = await buildApp({ settings: cdkJson.context.alertButton, outdir, policyPacks: false });
  return parseTemplate(app.synth().stacks[0]?.template);
};

/** The environment of each function as the template gives it, and nothing of this process's. */
export const environments = async (directory: string): Promise<(name: FunctionName) => Variables> => {
  const { resources } = await templateIn(join(directory, 'app'));
  const byName = new Map<string, Variables>();
  for (const [logicalId, { Type, Properties }] of resources) {
    if (Type === 'AWS::Lambda::Function') byName.set(folderNameOf(logicalId), variablesOf(Properties));
  }
  return (name) => {
    const variables = byName.get(name);
    if (variables === undefined) throw new Error(`the template has no function ${name}`);
    return { ...variables, ...ofLambda };
  };
};
