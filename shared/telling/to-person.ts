import type { CheckIn } from '../domain/check-in/check-in.ts';
import { composeReminder } from './compose-reminder.ts';
import type { DeliveryResult } from './deliver.ts';
import { deliverToFamily } from './family-topics.ts';
import type { TellFamilyDeps } from './to-family.ts';

/** Reminds a person by SMS that an OK is due. Makes the topic for it where there is none yet, or none any more. */
export const remindOfCheckIn = async (deps: TellFamilyDeps, checkIn: CheckIn): Promise<DeliveryResult[]> => {
  const { familyId, checkInId } = checkIn;
  const family = await deps.families.get(familyId);
  if (family?.person.phone === undefined) return [];
  return [
    await deliverToFamily(
      deps,
      { familyId, checkInId },
      { key: 'self', family },
      { write: async () => composeReminder({ checkIn, family, now: deps.now() }) },
    ),
  ];
};
