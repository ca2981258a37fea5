import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { inGroups, lettersOf } from '../domain/family/readable-code.ts';
import type { Secrets } from '../domain/family/register-family.ts';

const base58 = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';

/** Base58 has no letter or digit that looks like another, for an address that is typed from a text. */
const linkTokenOf = (bytes: Uint8Array): string => {
  let rest = bytes.reduce((number, byte) => number * 256n + BigInt(byte), 0n);
  let token = '';
  for (; rest > 0n; rest /= 58n) token = base58.charAt(Number(rest % 58n)) + token;
  return token.padStart(22, base58.charAt(0));
};

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** Secrets from Node's own cryptography. */
export const nodeSecrets: Secrets = {
  newId: () => randomUUID(),
  newSecret: () => {
    const secret = randomBytes(32).toString('base64url');
    return { secret, secretHash: sha256(secret) };
  },
  newCode: (count) => {
    const letters = lettersOf(randomBytes(count));
    return { code: inGroups(letters), codeHash: sha256(letters) };
  },
  newLinkToken: () => linkTokenOf(randomBytes(16)),
};
