import * as z from 'zod';
import { channels, contactStatuses, familyWarningCodes, languages } from '../domain/vocabulary.ts';
import { destinations } from './alerts.ts';
import { instant, sentPosition, uuid } from './common.ts';
import type { PhoneRules } from './phone.ts';
import { parsePhone } from './phone.ts';
import { consentVersion } from './consent.ts';
import { language, mailbox, personName, signature } from './typed.ts';

// In the document's patterns no `\\d` or `\\w`: other engines take them for the digits and letters of all scripts.
export const pin = z.string().regex(/^[0-9]{4,12}$/, 'must be 4 to 12 digits');

/** What the document asks for; the parser reads the usual ways of writing, too. No service has the digits N11. */
const e164 = '\\+(1[2-9]([02-9][0-9]|1[02-9])[2-9]([02-9][0-9]|1[02-9])[0-9]{4}|52[2-9][0-9]{9})';

export const phone = (rules: PhoneRules) =>
  z
    .string()
    .meta({ pattern: `^${e164}${rules.extension === 'kept' ? '(;ext=[0-9]{1,7})?' : ''}$` })
    .transform((input, context) => {
      const parsed = parsePhone(input, rules);
      if ('phone' in parsed) return parsed.phone;
      context.addIssue({ code: 'custom', message: parsed.problem, params: { code: parsed.code } });
      return z.NEVER;
    });

const contactLanguage = language
  .exactOptional()
  .describe('In which this contact is written to; absent: in the person’s, whatever that is by then.');

export const contact = (countries: readonly string[]) =>
  z.discriminatedUnion(
    'channel',
    [
      z.object({
        name: signature,
        channel: z.literal('sms'),
        endpoint: phone({ countries }).describe('With the country code.'),
        language: contactLanguage,
      }),
      z.object({
        name: signature,
        channel: z.literal('email'),
        endpoint: mailbox.describe('A mailbox.'),
        language: contactLanguage,
      }),
    ],
    'must be sms or email',
  );

/**
 * `POST /v1/families`: registration of one protected person with the contacts they chose.
 * @param countries whose phones may be given, see {@link parsePhone}
 */
export const registerFamilyRequest = (countries: readonly string[]) =>
  z
    .object({
      registrationId: uuid
        .overwrite((id) => id.toLowerCase())
        .exactOptional()
        .describe('Made by the client. The same id within 10 minutes is the same registration, with a new token.'),
      registrationCode: z.string().exactOptional().describe('From the operator, if they ask for one.'),
      person: z.object({
        name: personName,
        language: language.describe('Language of the messages to contacts who chose none.'),
        homePosition: sentPosition.exactOptional().describe('Decides the office if a press has no position.'),
        phone: phone({ countries }).exactOptional().describe('The person’s own phone, E.164.'),
      }),
      contacts: z
        .array(contact(countries))
        .min(1, 'must hold at least one contact')
        .max(10, 'must hold at most ten contacts')
        .superRefine((contacts, context) => {
          const seen = new Set<string>();
          for (const [index, { endpoint }] of contacts.entries()) {
            if (seen.has(endpoint)) {
              context.addIssue({
                code: 'custom',
                path: [index, 'endpoint'],
                message: 'is the endpoint of another contact',
                params: { code: 'duplicate' },
              });
            }
            seen.add(endpoint);
          }
        }),
      pin: pin.describe('Cancels an alert and changes the contacts. 4 to 12 digits.'),
      duressPin: pin.exactOptional().describe('Answers like the PIN, and tells officers that the person was forced.'),
      consent: z.object({
        consularNotification: z
          .boolean()
          .describe(
            '“I request and authorise consular notification and protection” (Vienna Convention art. 36(1)(b)).',
          ),
        version: consentVersion.describe('Of the text that was shown: one that `GET /v1/consent` has.'),
        language: language.exactOptional().describe('Of the text that was shown; the person’s if it is left out.'),
      }),
      sharePositionWithFamily: z
        .boolean()
        .default(true)
        .describe('Whether contacts see the position while an alert is open.'),
    })
    .refine((body) => body.duressPin === undefined || body.duressPin !== body.pin, {
      path: ['duressPin'],
      message: 'must differ from the PIN',
      params: { code: 'same-as-pin' },
    })
    .meta({ id: 'RegisterFamilyRequest' });

/**
 * The state of a contact's subscription. `pending`: not made yet, or a mailbox that has not confirmed. `opted-out`: the
 * phone texted STOP; checked once a day. `unsubscribed`: somebody opened the link at the foot of a mail.
 */
export const contactStatus = z.enum(contactStatuses);

/** The token is shown once and stored only as a hash. */
export const registerFamilyResponse = z
  .object({
    familyId: uuid,
    deviceToken: z.string().describe('Send it as `Authorization: Bearer`; it cannot be read again.'),
    contacts: z.array(
      z.object({ contactId: uuid, name: z.string(), channel: z.enum(channels), status: contactStatus }),
    ),
    nearestConsulate: z
      .object({
        id: z.string(),
        name: z.string(),
        reachable: z
          .boolean()
          .nullable()
          .describe(
            'Whether somebody there had confirmed at the last check, every quarter of an hour; null: no check yet.',
          ),
      })
      .nullable()
      .describe('The office nearest to the home; null without a home, and without consent.'),
  })
  .meta({ id: 'RegisterFamilyResponse' });

export type RegisterFamilyResponse = z.infer<typeof registerFamilyResponse>;

const count = z.int().nonnegative();

const rehearsed = destinations.element.extend({
  publishedAt: instant.exactOptional().describe('When the message went out, and somebody was subscribed.'),
  openedAt: instant
    .exactOptional()
    .describe('When its link was first opened, by a person or by a virus scanner of their mail.'),
  acknowledgedAt: instant
    .exactOptional()
    .describe('When an officer there took the case, or a relative said that they had seen it.'),
});

/** `GET /v1/family`. After a real press the phone gets the counts alone. */
export const familyResponse = z
  .object({
    familyId: uuid,
    counts: z
      .object({ pending: count, subscribed: count, 'opted-out': count, unsubscribed: count })
      .describe('Contacts by status.'),
    contacts: z
      .array(
        z.object({
          contactId: uuid,
          name: z.string(),
          channel: z.enum(channels),
          language: z.enum(languages).describe('In which they are written to.'),
          endpoint: z.string().describe('Masked: `+1********01`, `l***@example.com`.'),
          status: contactStatus,
        }),
      )
      .exactOptional()
      .describe(
        'Left out, like `warnings` and `lastDrill`, from the first real alert of this device on: it counts as seized.',
      ),
    devices: z
      .array(
        z.object({
          deviceId: z.string(),
          addedAt: instant,
          thisDevice: z.boolean().describe('The phone that asks.'),
        }),
      )
      .exactOptional()
      .describe('Phones that can press. Left out like `contacts`.'),
    warnings: z
      .array(
        z.object({
          code: z.enum(familyWarningCodes),
          contactId: uuid.exactOptional().describe('The contact; absent: the family.'),
          detail: z.string().describe('The problem and what the person can do, in the family’s language. Show it.'),
        }),
      )
      .exactOptional()
      .describe('Reasons why messages may not arrive, most serious first. Left out like `contacts`.'),
    lastDrill: z
      .object({ alertId: uuid, raisedAt: instant, destinations: z.array(rehearsed) })
      .nullable()
      .exactOptional()
      .describe('The family’s latest rehearsal; null: none yet. A cancelled one stays as it was.'),
  })
  .meta({ id: 'FamilyResponse' });

export type FamilyResponse = z.infer<typeof familyResponse>;
