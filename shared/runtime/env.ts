import type { EnvName } from '../names.ts';

/** @throws {Error} naming the variable if it is missing */
export const required = (env: NodeJS.ProcessEnv, name: EnvName): string => {
  const value = env[name];
  if (value === undefined || value === '') throw new Error(`The environment variable ${name} is not set.`);
  return value;
};

export const optional = (env: NodeJS.ProcessEnv, name: EnvName): string | undefined => {
  const value = env[name];
  return value === '' ? undefined : value;
};

/** Numbers, comma separated. @throws {Error} naming the variable if it holds anything else */
export const requiredNumbers = (env: NodeJS.ProcessEnv, name: EnvName): readonly number[] => {
  const numbers = required(env, name).split(',').map(Number);
  if (numbers.some(Number.isNaN)) throw new Error(`The environment variable ${name} does not hold numbers.`);
  return numbers;
};
