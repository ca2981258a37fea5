import * as z from 'zod';
import { familyWarningCodes } from '../domain/vocabulary.ts';
import { uuid } from './common.ts';
import { consentVersion } from './consent.ts';
import { bothPins, personFields, pin, pinRule } from './person.ts';
import { language } from './typed.ts';

const personChange = (countries: readonly string[]) => {
  const fields = personFields(countries);
  return z
    .object({
      name: fields.name.exactOptional(),
      language: fields.language.exactOptional(),
      homePosition: fields.homePosition.nullable().exactOptional(),
      phone: fields.phone.nullable().exactOptional(),
      speaks: fields.speaks.nullable().exactOptional(),
      locator: fields.locator.nullable().exactOptional(),
      urgentAtHome: fields.urgentAtHome.nullable().exactOptional(),
      wantsRepresentative: fields.wantsRepresentative.nullable().exactOptional(),
    })
    .describe('What is named is replaced as a whole; null removes it.');
};

const consentChange = z
  .object({
    consularNotification: z.boolean(),
    version: consentVersion.exactOptional().describe('Of the text that was shown; may be left out to withdraw.'),
    language: language.exactOptional(),
  })
  .refine(({ consularNotification, version }) => !consularNotification || version !== undefined, {
    path: ['version'],
    message: 'must say to which text',
    params: { code: 'unknown-version' },
  });

/** `POST /v1/family/settings`. @param countries whose phones may be given */
export const settingsRequest = (countries: readonly string[]) =>
  z
    .object({
      pin: pin.describe(bothPins),
      person: personChange(countries).exactOptional(),
      newPin: pin.exactOptional().describe('In the place of the PIN that is typed here; the other goes on working.'),
      newDuressPin: pin
        .nullable()
        .exactOptional()
        .describe('In the place of the PIN that is not typed here; null: none is left beside the one that is.'),
      consent: consentChange.exactOptional(),
      sharePositionWithFamily: z.boolean().exactOptional(),
    })
    .superRefine(({ pin: typed, newPin, newDuressPin }, context) => {
      if (typeof newDuressPin === 'string') pinRule(context, 'newDuressPin', newPin ?? typed, newDuressPin);
    })
    .meta({ id: 'SettingsRequest' });

/** Beside a change. */
export const changeWarnings = z
  .array(z.object({ code: z.enum(familyWarningCodes), detail: z.string() }))
  .describe('What the person should know now, in their language.');

export const settingsResponse = z.object({ familyId: uuid, warnings: changeWarnings }).meta({ id: 'SettingsResponse' });
