import { functionNames } from '../../shared/names.ts';

const kebab = (pascal: string): string => pascal.replaceAll(/(?<=[a-z0-9])(?=[A-Z])/g, '-').toLowerCase();

/**
 * The folder under `functions/` of a function in the template: CDK's logical id is made of the constructs' ids, of
 * which the one before `Function` is the folder's name in Pascal case.
 * @param folders names of the folders
 */
export const folderNameOf = (logicalId: string, folders: readonly string[] = functionNames): string => {
  const path = kebab(logicalId.replace(/(Function)?([0-9A-F]{8})?$/, ''));
  return folders.find((name) => path === name || path.endsWith(`-${name}`)) ?? path;
};
