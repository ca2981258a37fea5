import type { Context } from 'aws-lambda';
import * as z from 'zod';
import type { OfficeLinks } from '../../shared/domain/case/links.ts';
import type { Clock } from '../../shared/domain/clock.ts';
import { createLog } from '../../shared/runtime/log.ts';
import type { OfficeSubscribing, Subscribed } from '../../shared/telling/channel.ts';

/** Id of an office, or `ministry`. */
const office = z.string().regex(/^[a-z-]+$/);

const request = z.union([
  /** From `npm run consulate -- subscribe`. */
  z.object({
    office,
    protocol: z.enum(['email', 'email-json', 'https', 'sms', 'sqs']),
    endpoint: z.string().min(1).max(2048),
  }),
  /** From `npm run consulate -- revoke-links`. */
  z.strictObject({ endLinksOf: office }),
]);

export type SubscribeOfficeDeps = {
  readonly subscribing: OfficeSubscribing;
  readonly links: OfficeLinks;
  readonly now: Clock;
};

/** When the links of an office ended, by this clock: links are made by the same, and an operator's may be wrong. */
type LinksEnded = { readonly endedAt: string };

/**
 * Subscribes one endpoint to an office's topic, or ends the links that the office was sent. Only in this way can anybody of
 * the account do either: who hears an office hears where people are. Throws for an event that is not a {@link request}.
 */
export const createHandler =
  ({ subscribing, links, now }: SubscribeOfficeDeps) =>
  async (event: unknown, context: Pick<Context, 'awsRequestId'>): Promise<Subscribed | LinksEnded> => {
    const log = createLog({ function: 'subscribe-office', requestId: context.awsRequestId });
    const asked = request.parse(event);
    if ('endLinksOf' in asked) {
      const at = now();
      await links.end(asked.endLinksOf, at);
      log.info('links.ended', { consulateId: asked.endLinksOf });
      return { endedAt: at.toISOString() };
    }
    const outcome = await subscribing(asked.office, asked.protocol, asked.endpoint);
    log.info('office.subscribed', { consulateId: asked.office, protocol: asked.protocol, outcome: outcome.kind });
    return outcome;
  };
