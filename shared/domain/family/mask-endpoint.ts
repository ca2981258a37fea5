import type { Contact } from './family.ts';

// The calling codes of one and two digits; all others have three. https://www.itu.int/pub/T-SP-E.164D
const callingCode = /^\+(?:[17]|2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58]|\d{3})/;

const maskPhone = (phone: string): string => {
  const [code = '+'] = callingCode.exec(phone) ?? [];
  const hidden = Math.max(phone.length - code.length - 2, 0);
  return `${code}${'*'.repeat(hidden)}${phone.slice(code.length + hidden)}`;
};

// Always three stars: the length of the name would help to guess it.
const maskMailbox = (mailbox: string): string => {
  const at = mailbox.lastIndexOf('@');
  return `${Array.from(mailbox)[0] ?? ''}***${mailbox.slice(at)}`;
};

/** The owner's friends recognise it and others cannot write to it: `+1********01`, `l***@example.com`. */
export const maskEndpoint = ({ channel, endpoint }: Pick<Contact, 'channel' | 'endpoint'>): string =>
  channel === 'sms' ? maskPhone(endpoint) : maskMailbox(endpoint);
