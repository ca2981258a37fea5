import * as z from 'zod';
import { resourceNames } from '../../../shared/names.ts';
import { call } from './phone.ts';
import type { Demo } from './story.ts';
import { clock, heading, linkIn, table } from './text.ts';

/** Name of the topic of an office, or of the ministry. */
export const topicOf = (office: string): string =>
  office === 'ministry' ? resourceNames.ministryTopic : `${resourceNames.consulateTopicPrefix}${office}`;

/** Path of the page behind the newest link that a topic received. */
export const pageOf = ({ stack }: Demo, topic: string): string =>
  new URL(linkIn(stack.services.sns.inbox(), topic)).pathname;

/** Does what a form of the page does. */
export const act = async ({ stack }: Demo, page: string, action: string, body: object): Promise<void> => {
  await call(stack.url, { method: 'POST', path: `${page}/${action}`, body, answer: z.unknown() });
};

const caseTimeline = z.object({
  timeline: z.array(
    z.object({
      at: z.string(),
      type: z.string(),
      by: z.object({ kind: z.string(), name: z.string().optional(), office: z.object({ id: z.string() }).optional() }),
    }),
  ),
});

export const printTimeline = async ({ stack, print }: Demo, page: string): Promise<void> => {
  const { body } = await call(stack.url, { method: 'GET', path: page, answer: caseTimeline });
  print(...heading('The timeline as the officer reads it'));
  print(
    ...table(
      body.timeline.map(({ at, type, by }) => [
        clock(new Date(at)),
        type,
        [by.kind, by.office?.id, by.name].filter(Boolean).join(' '),
      ]),
    ),
  );
};
