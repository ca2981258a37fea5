import type { Template } from './template/template.ts';

/** What is deployed: the template of one stack, and the bundles of its functions. */
export type Assembly = {
  readonly stackName: string;
  readonly region: string;
  readonly template: Template;
  /** Where the functions' bundles lie: in the directory that the metadata `aws:asset:path` names, `index.mjs`. */
  readonly assetDirectory: string;
  /** Removes the directory. */
  readonly dispose: () => Promise<void>;
};
