import { createHash } from 'node:crypto';
import type { KeyedHash } from '../../shared/domain/keyed-hash.ts';

/** A hash without a key, for tests that are not about the key. */
export const plainHash: KeyedHash = async (text) => createHash('sha256').update(text).digest('hex');
