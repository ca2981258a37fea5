import { choosePlace } from '../../infra/local/demo/places.ts';
import type { Story } from '../../infra/local/demo/story.ts';
import type { TestStack } from './local-stack.ts';

type Choice = { readonly language: 'es' | 'en'; readonly drill: boolean; readonly place: string };

/** What `npm run demo` prints of a story, told with a stack that is as new. */
export const toldBy = async (running: TestStack, options: Choice, story: Story): Promise<string> => {
  const { stack } = running;
  await running.reset();
  const lines: string[] = [];
  const print = (...more: readonly string[]): void => void lines.push(...more);
  await story.tell({ ...options, stack, place: choosePlace(options.place, undefined), print });
  return lines.join('\n');
};
