import { createHash, randomBytes, randomUUID } from 'node:crypto';
import type { Secrets } from '../domain/family/register-family.ts';

/** Secrets from Node's own cryptography. */
export const nodeSecrets: Secrets = {
  newId: () => randomUUID(),
  newSecret: () => {
    const secret = randomBytes(32).toString('base64url');
    return { secret, secretHash: createHash('sha256').update(secret).digest('hex') };
  },
};
