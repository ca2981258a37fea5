import { expect, it } from 'vitest';
import { consulatesQuery } from '../../shared/contracts/consulates.ts';
import { personFields, pin } from '../../shared/contracts/person.ts';
import { freeText, language, mailbox, personName, signature } from '../../shared/contracts/typed.ts';
import { plainText } from '../../shared/domain/plain-text.ts';
import { readInstant, readNumber, readUuid } from '../../shared/domain/sent-values.ts';
import { tidyText } from '../../shared/domain/typed-text.ts';

const { phone, locator } = personFields(['US', 'MX']);

const readers = {
  mailbox: (text) => mailbox.safeParse(text),
  phone: (text) => phone.safeParse(text),
  name: (text) => personName.safeParse(text),
  signature: (text) => signature.safeParse(text),
  'free text': (text) => freeText(80).safeParse(text),
  'note of a press': tidyText,
  language: (text) => language.safeParse(text),
  PIN: (text) => pin.safeParse(text),
  'number of a file': (text) => locator.safeParse({ aNumber: text, birthDate: text }),
  'degrees in a query': (text) => consulatesQuery.safeParse({ latitude: text, longitude: text, limit: text }),
  'plain text': plainText,
  'number, time and id of a press': (text) => [readNumber(text), readInstant(text), readUuid(text)],
} satisfies Readonly<Record<string, (text: string) => unknown>>;

const repeated = [' ', '.', '. ', '\u2028', '1', '+', '<', '@', ' @', '?', '\u200D', '\u0316\u0301'];

const timeOf = (read: (text: string) => unknown, text: string): number => {
  const times = Array.from({ length: 3 }, () => {
    const started = performance.now();
    read(text);
    return performance.now() - started;
  });
  return Math.min(...times);
};

// A text that is four times as long takes sixteen times as long where time grows with the square.
it.each(Object.entries(readers))(
  '%s: a text that is longer takes longer by no more than that',
  { retry: 2 },
  (_, read) => {
    const texts = repeated.flatMap((part) => [
      ['a', part],
      ['', part],
    ]);
    const slow = texts.filter(([start = '', part = '']) => {
      const textOf = (length: number) => `${start}${part.repeat(length / part.length)}b`;
      // What takes less than a millisecond is not measured.
      const [short, long] = [timeOf(read, textOf(4000)), timeOf(read, textOf(16_000))];
      return long > Math.max(short, 0.125) * 8;
    });
    expect(slow).toEqual([]);
  },
);
