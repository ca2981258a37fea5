import type { officersDigest } from './es/officers-digest.ts';
import type { officersPress } from './es/officers-press.ts';
import type { officersUpdates } from './es/officers-updates.ts';

/**
 * What duty officers are sent. They are written to in one language, {@link officersWords}: another language of families
 * needs no translation of this, until offices choose it.
 */
export type OfficerWords = {
  readonly press: typeof officersPress;
  readonly updates: typeof officersUpdates;
  readonly digest: typeof officersDigest;
};
