import type { Clock } from '../clock.ts';
import type { DeviceCodes } from './family-account.ts';
import { halfOfCode } from './plan-family-change.ts';
import type { Secrets } from './register-family.ts';

/** A try is counted before anything is compared. @param codeHash SHA-256 of the letters, hex */
export const joinByCode = async (
  deps: { readonly codes: DeviceCodes; readonly secrets: Pick<Secrets, 'newSecret'>; readonly now: Clock },
  letters: string,
  codeHash: string,
): Promise<{ readonly familyId: string; readonly deviceToken: string } | undefined> => {
  if (letters.length !== 2 * halfOfCode) return undefined;
  const now = deps.now();
  const code = await deps.codes.tryFirstHalf(letters.slice(0, halfOfCode), now);
  if (code?.codeHash !== codeHash) return undefined;
  const { secret, secretHash } = deps.secrets.newSecret();
  const isOurs = await deps.codes.redeem(code, secretHash, now);
  return isOurs ? { familyId: code.familyId, deviceToken: `${code.familyId}.${secret}` } : undefined;
};
