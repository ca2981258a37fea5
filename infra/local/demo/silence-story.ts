import { randomUUID } from 'node:crypto';
import { resourceNames } from '../../../shared/names.ts';
import type { InboxMessage } from '../../local-aws/sns/state.ts';
import { nameOf, personName, press, register } from './phone.ts';
import type { Demo, Story } from './story.ts';
import { clock, heading, received, sentence, table } from './text.ts';

const readers = ['family', 'offices', 'ministry'] as const;

const readerOf = ({ topic }: InboxMessage): (typeof readers)[number] => {
  if (topic.startsWith(resourceNames.familyTopicPrefix)) return 'family';
  return topic === resourceNames.ministryTopic ? 'ministry' : 'offices';
};

/** Every text by the minute after the press in which it came. */
const printMinutes = ({ print }: Demo, messages: readonly InboxMessage[], minuteOf: (at: string) => number): void => {
  for (const [minute, own] of Map.groupBy(messages, ({ at }) => minuteOf(at))) {
    const [{ at } = { at: '' }] = own;
    print(...heading(`${clock(new Date(at))}  minute ${minute}`));
    print(...received(own, nameOf));
  }
};

/** How many messages each reader got, of which kind and when. */
const printCounts = ({ print }: Demo, messages: readonly InboxMessage[], minuteOf: (at: string) => number): void => {
  // What the mailbox and the phone of one reader get is one message.
  const once = new Map(messages.map((message) => [`${message.topic} ${message.messageId}`, message]));
  const rows = readers.flatMap((reader) => {
    const own = [...once.values()].filter((message) => readerOf(message) === reader);
    return [...Map.groupBy(own, ({ topic }) => topic)].map(([topic, some]) => [
      reader === 'offices' ? topic.replace(resourceNames.consulateTopicPrefix, '') : reader,
      `${some.length} messages`,
      `minutes ${some.map(({ at }) => minuteOf(at)).join(', ')}`,
    ]);
  });
  print(...heading('How often each of them was told'), ...table(rows));
};

const tell = async (demo: Demo, hours: number): Promise<void> => {
  const { stack, language, place, print } = demo;
  const { deviceToken } = await register(stack.url, language);
  await stack.idle();
  const before = stack.services.sns.inbox().length;
  const pressedAt = stack.control.now().getTime();
  const { latitude, longitude } = place;
  print(...heading(`${clock(new Date(pressedAt))}  ${personName} presses in ${place.name}, and no officer acts`));
  print(...sentence(`Every text of the ${hours} hours that follow, with its minute.`));
  await press(stack.url, deviceToken, {
    alertId: randomUUID(),
    position: { latitude, longitude, accuracyMeters: 20 },
  });
  await stack.idle();
  await stack.letPass(hours * 60 + 2);
  await stack.idle();

  const messages = stack.services.sns.inbox().slice(before);
  const minuteOf = (at: string): number => Math.floor((Date.parse(at) - pressedAt) / 60_000);
  printMinutes(demo, messages, minuteOf);
  printCounts(demo, messages, minuteOf);
  for (const reader of readers) {
    if (!messages.some((message) => readerOf(message) === reader && minuteOf(message.at) > 60)) {
      throw new Error(`After an hour nobody told the ${reader} anything more.`);
    }
  }
};

/** @param hours more than two, after which the family hears again */
export const silenceOf = (hours: number): Story => ({
  summary: 'nobody acts for twelve hours: every text to family, offices and ministry',
  tell: async (demo) => tell(demo, hours),
});

export const silenceStory = silenceOf(12);
