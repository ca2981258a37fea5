import type { TimelineEntry, TimelineEntryOf } from '../contracts/timeline.ts';
import { fill } from '../words/fill.ts';
import { writeTime } from '../words/local-time.ts';
import type { Words } from '../words/words.ts';
import type { Line } from './event-spec.ts';
import { specOf } from './event-specs.ts';
import { shortName } from './office-ref.ts';

/** Whose words and clock a line is written by. */
export type Reader = { readonly words: Pick<Words, 'case' | 'events' | 'time'>; readonly timeZone: string };

const describePress = (
  { type, origin, promisedAt }: TimelineEntryOf<'alert.raised.v1'>,
  { words, timeZone }: Reader,
): Line => ({
  what: words.events[type].happened[origin ?? 'button'],
  more:
    promisedAt === undefined
      ? undefined
      : fill(words.case.promised, { promised: writeTime(new Date(promisedAt), timeZone, words.time, 'short') }),
});

/** What happened, in one line: the same on pages, in mails and documents, and in the operator's commands. */
export const describe = (entry: TimelineEntry, reader: Reader): Line =>
  entry.type === 'alert.raised.v1' ? describePress(entry, reader) : specOf(entry.type).line(entry, reader.words);

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** Who did it, as it stands before what they did. */
export const describeActor = (by: TimelineEntry['by'], words: Words['case']): string => {
  switch (by.kind) {
    case 'officer':
      return [...(by.name === undefined ? [] : [by.name]), shortName(by.office, words)].join(', ');
    case 'family':
    case 'representative':
      return fill(words.by[by.kind], { name: by.name });
    case 'person':
    case 'system':
      return capital(words.by[by.kind]);
  }
};

/** The sentence without what people wrote as a note. @param writePhone how this reader's phones are written */
export const sentenceOf = (
  { what, about = '', phone = '', more }: Line,
  writePhone: (phone: string) => string = (e164) => e164,
): string => {
  const whom = [about, writePhone(phone)].filter((part) => part !== '').join(', ');
  return [`${what}${whom === '' ? '' : `: ${whom}`}.`, ...(more === undefined ? [] : [`${more}.`])].join(' ');
};
