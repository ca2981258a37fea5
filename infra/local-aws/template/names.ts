import { createHash } from 'node:crypto';

/** Hexadecimal text that is the same each time for the same seed: names survive a restart with `--data`. */
export const stableId = (seed: string, length: number): string =>
  createHash('sha256').update(seed).digest('hex').slice(0, length);

/** A UUID that is the same each time for the same seed. */
export const stableUuid = (seed: string): string => {
  const hex = stableId(seed, 32);
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
};

/** The physical name that CloudFormation would make, `<stack>-<logical id>-<random>`, at most 64 characters. */
export const physicalName = (stackName: string, logicalId: string): string =>
  `${stackName}-${logicalId.slice(0, 24)}-${stableId(logicalId, 12).toUpperCase()}`;
