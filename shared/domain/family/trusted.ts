import type { Contact, Family } from './family.ts';
import { dayMs } from '../limits.ts';

/** How long somebody who was named trusted later waits while others would hear: a captor may have named them. */
export const trustedAfterMs = 30 * dayMs;

export const removedUnderDuress = ({ removed = [] }: Pick<Family, 'removed'>): readonly Contact[] =>
  removed.flatMap(({ contact }) => contact ?? []);

/** Whom the family named so, and who may have to wait before they are told anything. */
export const namedAsTrusted = (family: Pick<Family, 'contacts' | 'removed'>): readonly Contact[] =>
  [...family.contacts, ...removedUnderDuress(family)].filter(({ trusted }) => trusted === true);

/**
 * Who is told the truth about duress, by now. One who was named at registration is at once; one who was named later after
 * 30 days, or as soon as nobody else would hear. One who was added with the duress PIN never is, and one who was removed
 * with it goes on hearing: neither says anything of trust.
 */
export const trustedContacts = (
  family: Pick<Family, 'contacts' | 'removed' | 'consent'>,
  now: Date,
): readonly Contact[] => {
  const named = namedAsTrusted(family);
  const settled = named.filter(
    ({ addedAt }) => addedAt === undefined || now.getTime() - Date.parse(addedAt) >= trustedAfterMs,
  );
  return settled.length > 0 || family.consent.consularNotification ? settled : named;
};
