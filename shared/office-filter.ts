/*
 * The filter policy of a subscription to an office's or the ministry's topic. Whoever subscribes sets it: the stack, the
 * operator's commands, the local stack. The watchman and `npm run consulate -- list` set it where it is missing.
 */

/** Of each message to these topics: `each` is one mail, `none` is for machines, `digest` is for mailboxes and duty phones. */
export const mailAttribute = 'mail';

type Condition = string | { readonly 'anything-but': readonly string[] };
type FilterPolicy = Readonly<Record<string, readonly Condition[]>>;

const forPeople: FilterPolicy = { [mailAttribute]: [{ 'anything-but': ['none'] }] };
const forMachines: FilterPolicy = { [mailAttribute]: [{ 'anything-but': ['digest'] }] };

/** What a subscription of this protocol is to get. Drills never page a duty phone. */
export const officeFilter = (protocol: string): FilterPolicy => {
  if (protocol === 'sms') return { drill: ['false'], ...forPeople };
  return protocol === 'email' || protocol === 'email-json' ? forPeople : forMachines;
};

const readPolicy = (text: string | undefined): object | undefined => {
  try {
    const policy: unknown = JSON.parse(text === undefined || text === '' ? '{}' : text);
    return typeof policy === 'object' && policy !== null ? policy : undefined;
  } catch {
    return undefined;
  }
};

/**
 * The filter policy that a subscription lacks, as JSON; `undefined` if it has one that speaks of mails. Conditions of its
 * own are kept. One that filters by the document cannot filter by attributes as well, and is left as it is.
 *
 * @param attributes as GetSubscriptionAttributes answers them
 */
export const missingOfficeFilter = (attributes: Readonly<Record<string, string>>): string | undefined => {
  const { Protocol: protocol = '', FilterPolicy: given, FilterPolicyScope: scope } = attributes;
  const policy = readPolicy(given);
  if (!policy || scope === 'MessageBody' || mailAttribute in policy) return undefined;
  return JSON.stringify({ ...officeFilter(protocol), ...policy });
};
