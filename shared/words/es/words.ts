import type { Words } from '../words.ts';
import { caseWords } from './case.ts';
import { spanishForOfficers } from './officers.ts';
import { events } from './events.ts';
import { family } from './family.ts';
import { numbers } from './numbers.ts';
import { pages } from './pages.ts';
import { person } from './person.ts';
import { representatives } from './representatives.ts';
import { rights } from './rights.ts';
import { spoken } from './spoken.ts';
import { time } from './time.ts';

/** Español de México, de usted. */
export const spanish: Words = {
  tag: spanishForOfficers.tag,
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
};
