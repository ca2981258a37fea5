import { recoveryKey } from './dynamo-keys.ts';
import type { Write } from './table.ts';
import { present } from './table-expressions.ts';

/** What a recovery code finds: the family. The code itself is nowhere. */
export const putRecovery = (familyId: string, codeHash: string): Write => ({
  put: { ...recoveryKey(codeHash), itemType: 'recovery' as const, familyId },
});

/** Another code has taken its place. */
export const endRecovery = (codeHash: string, now: Date): Write => ({
  update: recoveryKey(codeHash),
  set: { expiresAt: Math.floor(now.getTime() / 1000) },
  if: present('pk'),
});
