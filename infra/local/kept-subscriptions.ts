import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { DeployedStack } from '../local-aws/deployed-stack.ts';
import { parseJson } from '../local-aws/json.ts';

/** Who is subscribed to each topic of the template, by its name. */
const keptSchema = z.record(
  z.string(),
  z.array(
    z.object({
      protocol: z.string(),
      endpoint: z.string(),
      filterPolicy: z.string().optional(),
      status: z.enum(['confirmed', 'pending']),
    }),
  ),
);

const fileIn = (dataDirectory: string): string => join(dataDirectory, 'subscriptions.json');

/**
 * Gives the template's topics the subscribers that they had when the data directory was last used. Families' topics
 * need nothing: whoever publishes to a missing one makes it again from the table.
 */
export const restoreSubscriptions = async (
  { services: { sns, setConfirm }, topics }: DeployedStack,
  { dataDirectory, confirm }: { readonly dataDirectory: string; readonly confirm: 'auto' | 'manual' },
): Promise<void> => {
  const text = await readFile(fileIn(dataDirectory), 'utf8').catch(() => '');
  const kept = keptSchema.safeParse(parseJson(text));
  if (!kept.success) return;
  for (const { name, arn } of topics) {
    const subscribers = kept.data[name];
    if (subscribers === undefined) continue;
    sns.removeSubscriptions(name);
    for (const { protocol, endpoint, filterPolicy, status } of subscribers) {
      setConfirm(status === 'confirmed' ? 'as-before' : confirm);
      const Attributes = filterPolicy === undefined ? {} : { FilterPolicy: filterPolicy };
      await sns.call('Subscribe', { TopicArn: arn, Protocol: protocol, Endpoint: endpoint, Attributes });
    }
  }
  setConfirm(confirm);
};

/** Writes down who is subscribed to the template's topics. */
export const keepSubscriptions = async (
  { services: { sns }, topics }: DeployedStack,
  dataDirectory: string,
): Promise<void> => {
  const names = new Set(topics.map(({ name }) => name));
  const kept = sns.topics().filter(({ topic }) => names.has(topic));
  await mkdir(dataDirectory, { recursive: true });
  const document = Object.fromEntries(kept.map(({ topic, subscriptions }) => [topic, subscriptions]));
  await writeFile(fileIn(dataDirectory), JSON.stringify(document, undefined, 1));
};
