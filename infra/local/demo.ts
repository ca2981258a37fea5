import '../compile-cache.ts';
import { parseArgs } from 'node:util';
import { choosePlace, placeNames } from './demo/places.ts';
import { stories } from './demo/stories.ts';
import type { Demo, Story } from './demo/story.ts';
import { messageOf } from '../local-aws/json.ts';
import { startLocalStack } from './local-stack.ts';

const usage = `usage: npm run demo -- [--story NAME] [--place "CITY, STATE" | --at LATITUDE,LONGITUDE] [--language es|en] [--drill]

stories:
${Array.from(stories, ([name, { summary }]) => `  ${name.padEnd(14)}${summary}`).join('\n')}
places: ${placeNames.join('; ')}`;

type Choice = 'help' | (Omit<Demo, 'stack' | 'print'> & { readonly story: Story });

/** Reads the command line. @throws {Error} whose text is for people */
const choose = (args: readonly string[]): Choice => {
  const { values } = parseArgs({
    args: [...args],
    options: {
      story: { type: 'string', default: 'press' },
      place: { type: 'string' },
      at: { type: 'string' },
      language: { type: 'string', default: 'es' },
      drill: { type: 'boolean', default: false },
      help: { type: 'boolean' },
    },
  });
  const { language, drill, help } = values;
  if (help) return 'help';
  const story = stories.get(values.story);
  if (story === undefined)
    throw new Error(`There is no story of this name; there is ${[...stories.keys()].join(', ')}.`);
  if (language !== 'es' && language !== 'en') throw new Error('--language takes es or en');
  if (drill && values.story !== 'press')
    throw new Error('--drill goes with the story press alone: nobody but her family hears of a drill.');
  return { story, language, drill, place: choosePlace(values.place, values.at) };
};

const print: Demo['print'] = (...lines) => console.log(lines.join('\n'));

const run = async ({ story, ...choice }: Exclude<Choice, 'help'>): Promise<void> => {
  const startedAt = performance.now();
  const stack = await startLocalStack();
  try {
    await stack.prewarm();
    const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
    print(`The stack of the CDK app runs at ${stack.url}, ready and loaded in ${seconds} s.`);
    await story.tell({ ...choice, stack, print });
  } finally {
    await stack.close();
  }
};

const readChoice = (): Choice | undefined => {
  try {
    return choose(process.argv.slice(2));
  } catch (error) {
    console.error(`${messageOf(error)}\n\n${usage}`);
    return undefined;
  }
};

const choice = readChoice();
try {
  if (choice === undefined) process.exitCode = 1;
  else if (choice === 'help') print(usage);
  else await run(choice);
} catch (error) {
  console.error(messageOf(error));
  process.exitCode = 1;
}
