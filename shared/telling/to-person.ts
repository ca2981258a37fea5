import type { CheckIn } from '../domain/check-in/check-in.ts';
import { composeReminder } from './compose-reminder.ts';
import type { DeliveryResult } from './deliver.ts';
import type { FamilyTopic } from './channel.ts';
import { deliverToFamily, ensureTopic } from './family-topics.ts';
import type { TellFamilyDeps } from './to-family.ts';

/** Reminds a person by SMS that an OK is due. Makes the topic for it where there is none yet, or none any more. */
export const remindOfCheckIn = async (deps: TellFamilyDeps, checkIn: CheckIn): Promise<DeliveryResult[]> => {
  const { familyId, checkInId } = checkIn;
  const family = await deps.families.get(familyId);
  if (family?.person.phone === undefined) return [];
  const topic: FamilyTopic = { key: 'self', family };
  return [
    await deliverToFamily(deps, { familyId, checkInId }, topic, {
      write: async () => {
        // The phone may have changed since the topic was made.
        if (!family.topics?.self) await deps.channel.unsubscribeOthers(await ensureTopic(deps, topic));
        return composeReminder({ checkIn, family, now: deps.now() });
      },
    }),
  ];
};
