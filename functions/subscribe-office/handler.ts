import type { Context } from 'aws-lambda';
import * as z from 'zod';
import { createLog } from '../../shared/runtime/log.ts';
import type { OfficeSubscribing, Subscribed } from '../../shared/telling/channel.ts';

/** From `npm run consulate -- subscribe`: id of an office, or `ministry`. */
const request = z.object({
  office: z.string().regex(/^[a-z-]+$/),
  protocol: z.enum(['email', 'email-json', 'https', 'sms', 'sqs']),
  endpoint: z.string().min(1).max(2048),
});

export type SubscribeOfficeDeps = { readonly subscribing: OfficeSubscribing };

/**
 * Subscribes one endpoint to an office's topic. Only in this way can anybody of the account subscribe there: who hears an
 * office hears where people are. Throws for an event that is not a {@link request}.
 */
export const createHandler =
  ({ subscribing }: SubscribeOfficeDeps) =>
  async (event: unknown, context: Pick<Context, 'awsRequestId'>): Promise<Subscribed> => {
    const log = createLog({ function: 'subscribe-office', requestId: context.awsRequestId });
    const { office, protocol, endpoint } = request.parse(event);
    const outcome = await subscribing(office, protocol, endpoint);
    log.info('office.subscribed', { consulateId: office, protocol, outcome: outcome.kind });
    return outcome;
  };
