import type { EnvName } from '../names.ts';

/** Reads a variable that `infra/` sets. @throws {Error} naming it when it is missing */
export const required = (env: NodeJS.ProcessEnv, name: EnvName): string => {
  const value = env[name];
  if (value === undefined || value === '') throw new Error(`The environment variable ${name} is not set.`);
  return value;
};

/** Reads a variable that may be absent. */
export const optional = (env: NodeJS.ProcessEnv, name: EnvName): string | undefined => {
  const value = env[name];
  return value === '' ? undefined : value;
};

/** Reads a variable that holds numbers, comma separated. @throws {Error} naming it when it does not */
export const requiredNumbers = (env: NodeJS.ProcessEnv, name: EnvName): readonly number[] => {
  const numbers = required(env, name).split(',').map(Number);
  if (numbers.some(Number.isNaN)) throw new Error(`The environment variable ${name} does not hold numbers.`);
  return numbers;
};
