import type { Clock } from '../domain/clock.ts';
import type { Consulate, MinistryDesk } from '../domain/offices/consulate.ts';
import type { OfficeChannel, SendOutcome } from './channel.ts';
import { composeOfficeTest } from './compose-office-test.ts';
import type { AuthorityRecipient } from './recipient.ts';

export type SendOfficeTestDeps = {
  readonly channel: Pick<OfficeChannel, 'send'>;
  readonly consulateById: (id: string) => Consulate | undefined;
  readonly desk: MinistryDesk;
  readonly newId: () => string;
  readonly now: Clock;
};

export type OfficeTestOutcome = SendOutcome['kind'] | 'no-such-office';

const recipientOf = (id: string, { consulateById }: SendOfficeTestDeps): AuthorityRecipient | undefined => {
  if (id === 'ministry') return { kind: 'ministry' };
  const consulate = consulateById(id);
  return consulate && { kind: 'consulate', consulate };
};

/**
 * Sends one office a message that can say nothing but that it is a test.
 * @param officeId an office's, or `ministry`
 * @throws what may pass with time
 */
export const sendOfficeTest = async (deps: SendOfficeTestDeps, officeId: string): Promise<OfficeTestOutcome> => {
  const recipient = recipientOf(officeId, deps);
  if (!recipient) return 'no-such-office';
  const test = composeOfficeTest(recipient, { testId: deps.newId(), desk: deps.desk, now: deps.now() });
  const { kind } = await deps.channel.send({ officeId }, { ...test, mail: 'each' });
  return kind;
};
