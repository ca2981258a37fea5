import { appointmentStory } from './appointment-story.ts';
import { pressStory } from './press-story.ts';
import { detentionStory } from './detention-story.ts';
import { forcedStory } from './forced-story.ts';
import { offlineStory } from './offline-story.ts';
import { raidStory } from './raid-story.ts';
import { handOverStory } from './hand-over-story.ts';
import { lawyerStory } from './lawyer-story.ts';
import { silenceStory } from './silence-story.ts';
import type { Story } from './story.ts';

/** By the name that `--story` takes. A further story is a file of its own and a line here. */
export const stories: ReadonlyMap<string, Story> = new Map([
  ['press', pressStory],
  ['detention', detentionStory],
  ['appointment', appointmentStory],
  ['offline', offlineStory],
  ['raid', raidStory],
  ['silence', silenceStory],
  ['hand-over', handOverStory],
  ['forced', forcedStory],
  ['lawyer', lawyerStory],
]);
