import type { Context } from 'aws-lambda';
import * as z from 'zod';
import { composeOfficeTest } from '../../shared/telling/compose-office-test.ts';
import type { AuthorityRecipient } from '../../shared/telling/recipient.ts';
import type { Clock } from '../../shared/domain/clock.ts';
import type { Consulate, MinistryDesk } from '../../shared/domain/offices/consulate.ts';
import type { OfficeChannel } from '../../shared/telling/channel.ts';
import { createLog, describeFault } from '../../shared/runtime/log.ts';

export type SendDrillDeps = {
  readonly channel: Pick<OfficeChannel, 'send'>;
  readonly consulateById: (id: string) => Consulate | undefined;
  readonly desk: MinistryDesk;
  readonly newId: () => string;
  readonly now: Clock;
};

/** From `npm run consulate -- test`: ids of offices, or `ministry`. */
const request = z.object({
  offices: z
    .array(z.string().regex(/^[a-z-]+$/))
    .min(1)
    .max(100),
});

/** `accepted`: SNS took the message. */
type Sent = {
  readonly office: string;
  readonly outcome: 'accepted' | 'refused' | 'no-topic' | 'no-such-office' | 'failed';
};

const recipientOf = (id: string, { consulateById }: SendDrillDeps): AuthorityRecipient | undefined => {
  if (id === 'ministry') return { kind: 'ministry' };
  const consulate = consulateById(id);
  return consulate && { kind: 'consulate', consulate };
};

/**
 * Sends each office a test message, one after the other. Only in this way can an operator publish to an office (the
 * topics' policies deny everybody else), and it can say nothing but that this is a drill.
 * Throws for an event that is not a {@link request}. A fault of one office leaves the others alone.
 */
export const createHandler =
  (deps: SendDrillDeps) =>
  async (event: unknown, context: Pick<Context, 'awsRequestId'>): Promise<{ readonly sent: readonly Sent[] }> => {
    const log = createLog({ function: 'send-drill', requestId: context.awsRequestId });
    const sent: Sent[] = [];
    for (const office of request.parse(event).offices) {
      const outcome = await sendTo(office).catch((fault: unknown) => {
        log.error('drill.failed', { consulateId: office, ...describeFault(fault) });
        return 'failed' as const;
      });
      sent.push({ office, outcome });
    }
    const accepted = sent.filter(({ outcome }) => outcome === 'accepted').length;
    log.info('drill.sent', { accepted, asked: sent.length });
    return { sent };

    async function sendTo(office: string): Promise<Sent['outcome']> {
      const recipient = recipientOf(office, deps);
      if (!recipient) return 'no-such-office';
      const test = composeOfficeTest(recipient, { testId: deps.newId(), desk: deps.desk, now: deps.now() });
      const { kind } = await deps.channel.send({ officeId: office }, { ...test, mail: 'each' });
      return kind;
    }
  };
