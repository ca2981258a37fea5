import { isObject, parseJson } from '../json.ts';
import { invalidParameter } from './errors.ts';
import { checkMessageAttributes, sizeOfAttributes, type MessageAttributes } from './message-attributes.ts';
import { protocols, type Protocol } from './state.ts';

/** What a caller asks SNS to publish. */
export type PublishedMessage = {
  readonly Message: string;
  readonly Subject?: string | undefined;
  readonly MessageStructure?: string | undefined;
  readonly MessageAttributes?: MessageAttributes | undefined;
};

/** A message that SNS accepted. */
export type AcceptedMessage = {
  readonly subject: string | undefined;
  readonly attributes: MessageAttributes;
  /** The text for the subscribers of a protocol, before SNS wraps it. */
  readonly textFor: (protocol: Protocol) => string;
};

/** Body and attributes together: https://docs.aws.amazon.com/sns/latest/dg/large-message-payloads.html */
const maxMessageBytes = 262_144;

/** "The total size limit for a single SMS Publish action": https://docs.aws.amazon.com/sns/latest/api/API_Publish.html */
export const maxSmsCharacters = 1600;

/** Throws for what Publish refuses: https://docs.aws.amazon.com/sns/latest/api/API_Publish.html */
export const acceptMessage = (message: PublishedMessage): AcceptedMessage => {
  const { Message, Subject, MessageStructure, MessageAttributes: attributes = {} } = message;
  if (Message === '') throw invalidParameter('Empty message');
  if (Subject !== undefined) checkSubject(Subject);
  checkMessageAttributes(attributes);
  if (sizeOf(message) > maxMessageBytes) throw invalidParameter('Message too long');
  if (MessageStructure === undefined || MessageStructure === '') {
    return { subject: Subject, attributes, textFor: () => Message };
  }
  if (MessageStructure !== 'json') throw invalidParameter('MessageStructure');
  const { fallback, texts } = readStructure(Message);
  return { subject: Subject, attributes, textFor: (protocol) => texts.get(protocol) ?? fallback };
};

export const sizeOf = ({ Message, MessageAttributes: attributes = {} }: PublishedMessage): number =>
  Buffer.byteLength(Message) + sizeOfAttributes(attributes);

/**
 * "Subjects must be ASCII text that begins with a letter, number, or punctuation mark; must not include line breaks or
 * control characters; and must be less than 100 characters long." Newer editions of the page say UTF-8 instead of
 * ASCII; what the stricter edition accepts, both do.
 */
const checkSubject = (subject: string): void => {
  if (!/^[\x21-\x7e][\x20-\x7e]{0,98}$/.test(subject)) throw invalidParameter('Subject');
};

/**
 * "Non-string values will cause the key to be ignored. Keys that do not correspond to supported transport protocols
 * are ignored. Duplicate keys are not allowed. Failure to parse or validate any key or value in the message will cause
 * the Publish call to return an error (no partial delivery)."
 */
const readStructure = (json: string): { readonly fallback: string; readonly texts: ReadonlyMap<Protocol, string> } => {
  const parsed = parseJson(json);
  if (!isObject(parsed) || hasDuplicateKeys(json)) {
    throw invalidParameter('Message Structure - JSON message body failed to parse');
  }
  const fallback = parsed['default'];
  if (typeof fallback !== 'string') {
    throw invalidParameter('Message Structure - No default entry in JSON message body');
  }
  const texts = new Map<Protocol, string>();
  for (const protocol of protocols) {
    const text = Object.hasOwn(parsed, protocol) ? parsed[protocol] : undefined;
    if (typeof text === 'string') texts.set(protocol, text);
  }
  if ((texts.get('sms')?.length ?? 0) > maxSmsCharacters) throw invalidParameter('Message too long');
  return { fallback, texts };
};

/** In valid JSON a string before a colon is a key; `JSON.parse` keeps the last of equal keys without a word. */
const hasDuplicateKeys = (json: string): boolean => {
  const keys = new Set<unknown>();
  let depth = 0;
  for (const [token] of json.matchAll(/"(?:[^"\\]|\\.)*"(?:\s*:)?|[{}[\]]/g)) {
    if (token === '{' || token === '[') depth += 1;
    else if (token === '}' || token === ']') depth -= 1;
    else if (depth === 1 && token.endsWith(':')) {
      const key = parseJson(token.slice(0, -1));
      if (keys.has(key)) return true;
      keys.add(key);
    }
  }
  return false;
};
