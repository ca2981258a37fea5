import * as z from 'zod';
import { channels } from '../domain/vocabulary.ts';
import { instant, uuid } from './common.ts';
import { contact, contactStatus, recoveryCode } from './families.ts';
import { bothPins, phone, pin } from './person.ts';
import { changeWarnings } from './settings.ts';
import { language, mailbox, signature } from './typed.ts';

/**
 * `POST /v1/family/contacts`.
 * @param countries whose phones may be given
 */
export const addContactRequest = (countries: readonly string[]) => {
  const [bySms, byEmail] = contact(countries, {
    trusted: z
      .boolean()
      .exactOptional()
      .describe(
        'Whether this one hears the truth when the person is forced: 30 days from now, while others would. Never shown.',
      ),
  }).options;
  const withPin = { pin: pin.describe(bothPins) };
  return z
    .discriminatedUnion('channel', [bySms.extend(withPin), byEmail.extend(withPin)], 'must be sms or email')
    .meta({ id: 'AddContactRequest' });
};

/** No phone has an `@`. */
export const channelOf = (endpoint: string): (typeof channels)[number] => (endpoint.includes('@') ? 'email' : 'sms');

/** A phone or a mailbox, whichever it looks like. @param countries whose phones may be given */
const endpointOf = (countries: readonly string[]) => {
  const [bySms, byEmail] = [phone({ countries }), mailbox];
  return z
    .string()
    .meta({ anyOf: [bySms, byEmail].map((each) => ({ pattern: each.meta()?.['pattern'] })) })
    .transform((text, context) => {
      const parsed = (channelOf(text) === 'email' ? byEmail : bySms).safeParse(text);
      if (parsed.success) return parsed.data;
      for (const issue of parsed.error.issues) {
        const params = issue.code === 'custom' ? (issue.params ?? {}) : {};
        context.addIssue({ code: 'custom', message: issue.message, params });
      }
      return z.NEVER;
    });
};

/** `POST /v1/family/contacts/{contactId}`. What is left out stays. */
export const changeContactRequest = (countries: readonly string[]) =>
  z
    .object({
      pin: pin.describe(bothPins),
      name: signature.exactOptional(),
      endpoint: endpointOf(countries).exactOptional().describe('A phone with the country code, or a mailbox.'),
      language: language.exactOptional().describe('In which this contact is written to.'),
    })
    .meta({ id: 'ChangeContactRequest' });

/** The body of every other change. */
export const pinRequest = z.object({ pin: pin.describe(bothPins) }).meta({ id: 'PinRequest' });

/** `POST /v1/family/devices`. */
export const addDeviceRequest = z
  .object({
    pin: pin.describe(bothPins),
    as: z.literal('code').exactOptional().describe('A short code for the other phone, in the place of a token.'),
  })
  .meta({ id: 'AddDeviceRequest' });

const deviceCodeResponse = z.object({
  code: z.string().describe('`XXXX-XXXX`, to be typed on the other phone.'),
  expiresAt: instant,
});

/** `POST /v1/devices`. */
export const joinRequest = z
  .object({ code: z.string().max(64).describe('Spaces, dashes and case do not matter.') })
  .meta({ id: 'JoinRequest' });

/** `POST /v1/families/recover`. */
export const recoverRequest = z
  .object({
    recoveryCode: z.string().max(64).describe('Spaces, dashes and case do not matter.'),
    pin: pin.describe(bothPins),
  })
  .meta({ id: 'RecoverRequest' });

const token = z.string().describe('Send it as `Authorization: Bearer`; it cannot be read again.');

export const joinResponse = z.object({ familyId: uuid, deviceToken: token }).meta({ id: 'JoinResponse' });

export const recoverResponse = z
  .object({ familyId: uuid, deviceToken: token, recoveryCode: recoveryCode.describe('In the place of the old one.') })
  .meta({ id: 'RecoverResponse' });

export const addContactResponse = z
  .object({ contactId: uuid, name: z.string(), channel: z.enum(channels), status: contactStatus })
  .meta({ id: 'AddContactResponse' });

export const changeContactResponse = addContactResponse.meta({ id: 'ChangeContactResponse' });

export const inviteContactResponse = z
  .object({ contactId: uuid, status: contactStatus })
  .meta({ id: 'InviteContactResponse' });

export const removeContactResponse = z
  .object({ contactId: uuid, warnings: changeWarnings })
  .meta({ id: 'RemoveContactResponse' });

/** The token is shown once and stored only as a hash. */
export const addDeviceResponse = z
  .union([
    z.object({ deviceId: uuid, deviceToken: z.string().describe('For the other phone: it cannot be read again.') }),
    deviceCodeResponse,
  ])
  .meta({ id: 'AddDeviceResponse' });

export const revokeDeviceResponse = z.object({ deviceId: uuid }).meta({ id: 'RevokeDeviceResponse' });

export const eraseFamilyResponse = z.object({ erased: z.literal(true) }).meta({ id: 'EraseFamilyResponse' });
