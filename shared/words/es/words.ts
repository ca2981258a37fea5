import type { OfficerWords } from '../officer-words.ts';
import type { Words } from '../words.ts';
import { caseWords } from './case.ts';
import { events } from './events.ts';
import { family } from './family.ts';
import { officersDigest } from './officers-digest.ts';
import { officersPress } from './officers-press.ts';
import { officersUpdates } from './officers-updates.ts';
import { numbers } from './numbers.ts';
import { pages } from './pages.ts';
import { person } from './person.ts';
import { representatives } from './representatives.ts';
import { rights } from './rights.ts';
import { spoken } from './spoken.ts';
import { time } from './time.ts';

/** Español de México, de usted. */
export const spanish: Words & { readonly officers: OfficerWords } = {
  tag: 'es-MX',
  name: 'Español',
  time,
  case: caseWords,
  events,
  family,
  person,
  spoken,
  pages,
  numbers,
  representatives,
  rights,
  officers: { press: officersPress, updates: officersUpdates, digest: officersDigest },
};
