import { createHash, randomBytes, randomUUID, scrypt } from 'node:crypto';
import { promisify } from 'node:util';
import type { Secrets } from '../domain/register-family.ts';

// OWASP's floor for scrypt: 2^15 × 8 × 3 costs a guesser about as much memory and time as we can spend on a press's PIN.
// https://cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html#scrypt
const cost = { N: 2 ** 15, r: 8, p: 3 } as const;

const scryptAsync = promisify<string, Buffer, number, { N: number; r: number; p: number; maxmem: number }, Buffer>(
  scrypt,
);

/** Secrets from Node's own cryptography. A PIN hash names its parameters: `scrypt$N$r$p$<salt>$<hash>`, base64url. */
export const nodeSecrets: Secrets = {
  newId: () => randomUUID(),
  newSecret: () => {
    const secret = randomBytes(32).toString('base64url');
    return { secret, secretHash: createHash('sha256').update(secret).digest('hex') };
  },
  hashPin: async (pin) => {
    const salt = randomBytes(16);
    const hash = await scryptAsync(pin, salt, 32, { ...cost, maxmem: 64 * 1024 * 1024 });
    return ['scrypt', cost.N, cost.r, cost.p, salt.toString('base64url'), hash.toString('base64url')].join('$');
  },
};
