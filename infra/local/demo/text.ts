import { countParts, countSeptets, isGsm } from '../../../shared/words/gsm0338.ts';
import type { InboxMessage } from '../../local-aws/sns/state.ts';

/** Columns of the terminal that the demo writes for. */
const columns = 100;
const gutter = '  │ ';

const wrap = (line: string, width: number): string[] => {
  const lines: string[] = [];
  let current = '';
  for (const word of line.split(' ')) {
    const longer = current === '' ? word : `${current} ${word}`;
    if (longer.length > width && current !== '') {
      lines.push(current);
      current = word;
    } else {
      current = longer;
    }
  }
  return [...lines, current];
};

/** A text as it was received, its long lines folded, beside a line that shows where it begins and ends. */
const quoted = (text: string): string[] =>
  text.split('\n').flatMap((line) => wrap(line, columns - gutter.length).map((part) => `${gutter}${part}`.trimEnd()));

export const indented = (text: string): string[] => text.split('\n').map((line) => `  ${line}`);

/** A sentence of our own, indented and folded. */
export const sentence = (text: string): string[] => wrap(text, columns - 2).map((line) => `  ${line}`);

export const heading = (title: string): string[] => ['', `── ${title} ${'─'.repeat(columns - title.length - 4)}`, ''];

/** Rows with their columns in line; the last column is not padded. */
export const table = (rows: readonly (readonly string[])[]): string[] => {
  const width = (column: number): number => Math.max(...rows.map((cells) => (cells[column] ?? '').length));
  return rows.map((cells) =>
    `  ${cells.map((cell, column) => (column < cells.length - 1 ? cell.padEnd(width(column)) : cell)).join('  ')}`.trimEnd(),
  );
};

export const clock = (time: Date): string => time.toISOString().slice(11, 16);

/** The newest link that stands in what a topic received. @throws {Error} when there is none */
export const linkIn = (messages: readonly InboxMessage[], topic: string): string => {
  const body = messages.findLast((message) => message.topic === topic)?.body ?? '';
  const link = /https?:\/\/\S+\/[cfl]\/[\w-]+/.exec(body)?.[0];
  if (link === undefined) throw new Error(`No link in what ${topic} received.`);
  return link;
};

/** What a phone would say of the length: `1 SMS, 152 of 160 characters`. */
const smsSize = (text: string): string => {
  // Ours are folded to the 7-bit alphabet; should one not be, then each part holds 70 characters or fewer.
  if (!isGsm(text)) return `${Math.ceil(text.length / (text.length > 70 ? 67 : 70))} SMS, not in the GSM alphabet`;
  const parts = countParts(text);
  return `${parts} SMS, ${countSeptets(text)} of ${parts === 1 ? 160 : parts * 153} characters`;
};

/**
 * Messages as they were received. Equal texts stand once, with all who received them.
 * @param nameOf whose endpoint it is
 */
export const received = (messages: readonly InboxMessage[], nameOf: (message: InboxMessage) => string): string[] => {
  const byText = Map.groupBy(messages, ({ protocol, subject, body }) => JSON.stringify([protocol, subject, body]));
  return Array.from(byText.values()).flatMap((group, index) => {
    const [first] = group;
    if (first === undefined) return [];
    const { protocol, subject, body } = first;
    const size = protocol === 'sms' ? ` (${smsSize(body)})` : '';
    return [
      ...(index === 0 ? [] : ['']),
      ...group.map((message) => `  ${protocol} to ${nameOf(message)}${size}`),
      ...(subject === undefined ? [] : quoted(`Subject: ${subject}\n`)),
      ...quoted(body.trimEnd()),
    ];
  });
};
