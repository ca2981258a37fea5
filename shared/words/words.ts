import type { SpokenLanguage } from '../domain/vocabulary.ts';
import type { CaseWords } from './case-words.ts';
import type { EventWords } from './event-words.ts';
import type { FamilyWords } from './family-words.ts';
import type { TimeWords } from './local-time.ts';
import type { NumbersWords } from './numbers-words.ts';
import type { PageWords } from './page-words.ts';
import type { PersonWords } from './person-words.ts';
import type { RepresentativeWords } from './representative-words.ts';
import type { RightsWords } from './rights-words.ts';

/** Everything that people read, in one language. */
export type Words = {
  /** BCP 47, for documents and for the names of languages. */
  readonly tag: string;
  /** How the language calls itself. */
  readonly name: string;
  readonly time: TimeWords;
  readonly case: CaseWords;
  readonly events: EventWords;
  readonly family: FamilyWords;
  readonly person: PersonWords;
  readonly spoken: Readonly<Record<SpokenLanguage, string>>;
  readonly pages: PageWords;
  readonly numbers: NumbersWords;
  readonly representatives: RepresentativeWords;
  readonly rights: RightsWords;
};
