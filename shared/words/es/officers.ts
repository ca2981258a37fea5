import type { CaseWords } from '../case-words.ts';
import type { TimeWords } from '../local-time.ts';
import type { OfficerWords } from '../officer-words.ts';
import type { Words } from '../words.ts';
import { caseWords } from './case.ts';
import { officersDigest } from './officers-digest.ts';
import { officersPress } from './officers-press.ts';
import { officersUpdates } from './officers-updates.ts';
import { spoken } from './spoken.ts';
import { time } from './time.ts';

/** What officers are written to with, and nothing that families and pages read: a function that writes to them loads this alone. */
export const spanishForOfficers = {
  tag: 'es-MX',
  time,
  case: caseWords,
  spoken,
  officers: { press: officersPress, updates: officersUpdates, digest: officersDigest },
} satisfies {
  readonly tag: string;
  readonly time: TimeWords;
  readonly case: CaseWords;
  readonly spoken: Words['spoken'];
  readonly officers: OfficerWords;
};
