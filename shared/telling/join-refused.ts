import { type Family, contactKeys, contactsOf } from '../domain/family/family.ts';
import { tryTopic } from './family-topics.ts';
import { type TellFamilyDeps, welcomeOf } from './to-family.ts';

/**
 * Lets contacts join whom the channel refused before, and welcomes the phones that do: the welcome of their topic went out
 * without them.
 * @param refusedOf the contacts, by id, who have not joined by what a family knows of its topics
 * @returns the family with what is known by then
 */
export const joinRefused = async (
  deps: TellFamilyDeps,
  given: Family,
  refusedOf: (family: Family) => readonly string[],
): Promise<Family> => {
  const refused = new Set(refusedOf(given));
  let family = given;
  for (const key of contactKeys) {
    if (!contactsOf(family, key).some(({ contactId }) => refused.has(contactId))) continue;
    const { topic } = await tryTopic(deps, { key, family });
    ({ family } = topic);
    const left = refusedOf(family);
    const joined = contactsOf(family, key).filter(
      ({ contactId }) => refused.has(contactId) && !left.includes(contactId),
    );
    for (const { channel, contactId } of joined) {
      if (channel === 'sms') await deps.channel.send(topic, { ...welcomeOf(deps, topic), only: contactId });
    }
  }
  return family;
};
