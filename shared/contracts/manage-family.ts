import * as z from 'zod';
import { channels } from '../domain/vocabulary.ts';
import { uuid } from './common.ts';
import { contact, contactStatus } from './families.ts';
import { bothPins, pin } from './person.ts';

/**
 * `POST /v1/family/contacts`.
 * @param countries whose phones may be given
 */
export const addContactRequest = (countries: readonly string[]) => {
  const [bySms, byEmail] = contact(countries, {}).options;
  const withPin = { pin: pin.describe(bothPins) };
  return z
    .discriminatedUnion('channel', [bySms.extend(withPin), byEmail.extend(withPin)], 'must be sms or email')
    .meta({ id: 'AddContactRequest' });
};

/** The body of every other change. */
export const pinRequest = z.object({ pin: pin.describe(bothPins) }).meta({ id: 'PinRequest' });

export const addContactResponse = z
  .object({ contactId: uuid, name: z.string(), channel: z.enum(channels), status: contactStatus })
  .meta({ id: 'AddContactResponse' });

export const removeContactResponse = z.object({ contactId: uuid }).meta({ id: 'RemoveContactResponse' });

/** The token is shown once and stored only as a hash. */
export const addDeviceResponse = z
  .object({ deviceId: uuid, deviceToken: z.string().describe('For the other phone: it cannot be read again.') })
  .meta({ id: 'AddDeviceResponse' });

export const revokeDeviceResponse = z.object({ deviceId: uuid }).meta({ id: 'RevokeDeviceResponse' });

export const eraseFamilyResponse = z.object({ erased: z.literal(true) }).meta({ id: 'EraseFamilyResponse' });
