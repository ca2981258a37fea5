import * as z from 'zod';
import { channels, contactStatuses, familyWarningCodes, languages } from '../domain/vocabulary.ts';
import { destinations } from './alerts.ts';
import { instant, uuid } from './common.ts';
import { personFields, phone, pin, pinRule } from './person.ts';
import { consentVersion } from './consent.ts';
import { doneWork } from './registration-challenge.ts';
import { language, mailbox, signature } from './typed.ts';

const trusted = z
  .boolean()
  .describe('Whether this one hears the truth when the person is forced. One at the most; never shown.');

const contactLanguage = language
  .exactOptional()
  .describe('In which this contact is written to; absent: in the person’s, whatever that is by then.');

/** @param more fields of either kind */
export const contact = <More extends z.ZodRawShape>(countries: readonly string[], more: More) =>
  z.discriminatedUnion(
    'channel',
    [
      z.object({
        name: signature,
        channel: z.literal('sms'),
        endpoint: phone({ countries }).describe('With the country code.'),
        language: contactLanguage,
        ...more,
      }),
      z.object({
        name: signature,
        channel: z.literal('email'),
        endpoint: mailbox.describe('A mailbox.'),
        language: contactLanguage,
        ...more,
      }),
    ],
    'must be sms or email',
  );

const contactsOf = (countries: readonly string[]) =>
  z
    .array(contact(countries, { trusted: trusted.exactOptional() }))
    .min(1, 'must hold at least one contact')
    .max(10, 'must hold at most ten contacts')
    .superRefine((contacts, context) => {
      const refuse = (path: PropertyKey[], message: string): void =>
        context.addIssue({ code: 'custom', path, message, params: { code: 'duplicate' } });
      const [seen, isNamed] = [new Set<string>(), new Set<boolean>()];
      for (const [index, { endpoint, trusted: isTrusted = false }] of contacts.entries()) {
        // A mailbox in capitals is the same one, as it is for the contacts of a family.
        const same = endpoint.toLowerCase();
        if (seen.has(same)) refuse([index, 'endpoint'], 'is the endpoint of another contact');
        if (isTrusted && isNamed.has(true)) refuse([index, 'trusted'], 'is not the only trusted contact');
        seen.add(same);
        isNamed.add(isTrusted);
      }
    });

const personOf = (countries: readonly string[]) => {
  const fields = personFields(countries);
  return z.object({
    name: fields.name,
    language: fields.language,
    homePosition: fields.homePosition.exactOptional(),
    phone: fields.phone.exactOptional(),
    speaks: fields.speaks.exactOptional(),
    locator: fields.locator.exactOptional(),
    urgentAtHome: fields.urgentAtHome.exactOptional(),
    wantsRepresentative: fields.wantsRepresentative.exactOptional(),
  });
};

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
        .describe(
          'Made by the client. The same id and content within 10 minutes is the same registration, with a new token.',
        ),
      registrationCode: z.string().exactOptional().describe('From the operator, if they ask for one.'),
      work: doneWork.exactOptional(),
      person: personOf(countries),
      contacts: contactsOf(countries),
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
        .default(false)
        .describe('Whether contacts see the position while an alert is open, and the place where the person is held.'),
    })
    .superRefine(({ pin: first, duressPin: second, contacts, consent }, context) => {
      if (second === undefined) return;
      pinRule(context, 'duressPin', first, second);
      if (consent.consularNotification || contacts.some((one) => one.trusted === true)) return;
      context.addIssue({
        code: 'custom',
        path: ['duressPin'],
        message: 'would warn nobody: there is neither consular consent nor a trusted contact',
        params: { code: 'warns-nobody' },
      });
    })
    .meta({ id: 'RegisterFamilyRequest' });

/**
 * The state of a contact's subscription. `pending`: not made yet, a mailbox that has not confirmed, or, with the warning
 * `refused`, somebody whom SNS does not take at the moment. `opted-out`: the
 * phone texted STOP; checked once a day. `unsubscribed`: somebody opened the link at the foot of a mail. `waiting`: was added
 * to five families today already, and is joined, five families a day, after midnight UTC.
 */
export const contactStatus = z.enum(contactStatuses);

/** 80 random bits in letters that paper and eye keep apart. */
export const recoveryCode = z.string().regex(/^[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){3}$/);

/** The token is shown once and stored only as a hash. */
export const registerFamilyResponse = z
  .object({
    familyId: uuid,
    deviceToken: z.string().describe('Send it as `Authorization: Bearer`; it cannot be read again.'),
    recoveryCode: recoveryCode.describe('With the PIN it makes another phone the family’s. It cannot be read again.'),
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
      .object({ pending: count, subscribed: count, 'opted-out': count, unsubscribed: count, waiting: count })
      .describe('Contacts by status.'),
    person: z
      .object({
        name: z.string(),
        language: z.enum(languages),
        hasHome: z.boolean(),
        phone: z.string().nullable().describe('Masked.'),
        consent: z.boolean().describe('Whether consular notification is authorised.'),
        sharePositionWithFamily: z.boolean(),
      })
      .exactOptional()
      .describe('Left out like `contacts`.'),
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
