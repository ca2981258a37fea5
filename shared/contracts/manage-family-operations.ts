import * as z from 'zod';
import { uuid } from './common.ts';
import {
  addContactRequest,
  addContactResponse,
  addDeviceRequest,
  addDeviceResponse,
  changeContactRequest,
  changeContactResponse,
  eraseFamilyResponse,
  inviteContactResponse,
  joinRequest,
  joinResponse,
  pinRequest,
  recoverRequest,
  recoverResponse,
  removeContactResponse,
  revokeDeviceResponse,
} from './manage-family.ts';
import { settingsRequest, settingsResponse } from './settings.ts';
import { type Operation, commonProblems } from './operation.ts';

const problems = { 403: commonProblems.WrongPin, 409: 'An alert is open.' };

/** Revoking and erasing have no number. */
const usedUp =
  '`code` is `changes-used-up`: the family has had its changes of this kind today (UTC), 20 of contacts, 20 new phones, 5 recoveries.';

const told =
  'The contacts are told that the list was changed. A phone sees the same with the PIN and with the duress PIN.';

export const manageFamilyOperations: readonly Operation[] = [
  {
    method: 'POST',
    path: '/v1/family/settings',
    id: 'changeSettings',
    summary: 'Changes what was registered, and PINs, with the PIN or the duress PIN',
    description:
      'A new PIN takes the place of the one that is typed, a new duress PIN that of the other, which no phone takes any more. Withdrawing the consular consent holds at once; officers who have a case read it. A phone sees the same with the PIN and with the duress PIN.',
    auth: 'device',
    request: settingsRequest(['US', 'MX']),
    answers: { 200: { when: 'Changed.', body: settingsResponse } },
    problems: {
      ...problems,
      409: 'An alert is open, and PINs, home or consent were to change.',
      429: 'The person’s new phone has joined 5 families today (UTC). It can join again after `Retry-After` seconds.',
    },
  },
  {
    method: 'POST',
    path: '/v1/family/contacts',
    id: 'addContact',
    summary: 'Adds a contact, with the PIN or the duress PIN',
    description: `At most 10. A phone is welcomed by SMS, a mailbox has to confirm. ${told} The same contact sent again is the same contact. One who has joined 5 families today (UTC) is \`waiting\`.`,
    auth: 'device',
    request: addContactRequest(['US', 'MX']),
    answers: { 201: { when: 'Added, now or before.', body: addContactResponse } },
    problems: {
      ...problems,
      409: 'An alert is open, there are 10 contacts, or another one has this endpoint.',
      429: `All contacts would wait: this phone or mailbox has joined 5 families today (UTC). It can join again after \`Retry-After\` seconds. Or ${usedUp}`,
    },
  },
  {
    method: 'POST',
    path: '/v1/family/contacts/{contactId}',
    id: 'changeContact',
    summary: 'Changes a contact’s name, phone or mailbox, or language, with the PIN or the duress PIN',
    description: `What is left out stays. The former phone or mailbox gets nothing more, except about an alert that was raised before. A mailbox has to confirm anew if it or its language changes. ${told} A phone or mailbox that has joined 5 families today (UTC) is \`waiting\`. Sent again it changes nothing more.`,
    auth: 'device',
    pathParameters: z.object({ contactId: uuid }),
    request: changeContactRequest(['US', 'MX']),
    answers: { 200: { when: 'Changed, now or before.', body: changeContactResponse } },
    problems: {
      ...problems,
      409: 'An alert is open, or another contact has this endpoint.',
      429: `All contacts would wait: this phone or mailbox has joined 5 families today (UTC). It can join again after \`Retry-After\` seconds. Or ${usedUp}`,
    },
  },
  {
    method: 'POST',
    path: '/v1/family/contacts/{contactId}/invite',
    id: 'inviteContact',
    summary: 'Asks a mailbox again to confirm, with the PIN or the duress PIN',
    description: 'Once a day (UTC). Nobody else is told.',
    auth: 'device',
    pathParameters: z.object({ contactId: uuid }),
    request: pinRequest,
    answers: { 200: { when: 'It is being asked.', body: inviteContactResponse } },
    problems: {
      ...problems,
      409: 'An alert is open, or there is nothing to confirm: it is a phone, or the mailbox has confirmed or is `waiting`.',
      429: 'It was asked today (UTC). It can be asked again after `Retry-After` seconds.',
    },
  },
  {
    method: 'POST',
    path: '/v1/family/contacts/{contactId}/remove',
    id: 'removeContact',
    summary: 'Removes a contact, with the PIN or the duress PIN',
    description: `${told} The removed contact gets nothing more, except about an alert that was raised before.`,
    auth: 'device',
    pathParameters: z.object({ contactId: uuid }),
    request: pinRequest,
    answers: { 200: { when: 'Removed.', body: removeContactResponse } },
    problems: {
      ...problems,
      409: 'An alert is open, or no contact would be left who does not wait.',
      429: usedUp,
    },
  },
  {
    method: 'POST',
    path: '/v1/family/devices',
    id: 'addDevice',
    summary: 'A token or a code for another phone, with the PIN or the duress PIN',
    description: `At most 5 phones. A code is valid for 15 minutes, once, and for 5 tries: \`POST /v1/devices\`. ${told} If a phone that raised a real alert adds another, the new one sees as little.`,
    auth: 'device',
    request: addDeviceRequest,
    answers: { 201: { when: 'The token or code is shown only now.', body: addDeviceResponse } },
    problems: { ...problems, 409: 'An alert is open, or there are 5 phones.', 429: usedUp },
  },
  {
    method: 'POST',
    path: '/v1/family/devices/{deviceId}/revoke',
    id: 'revokeDevice',
    summary: 'Revokes a phone’s token, with the PIN or the duress PIN',
    description: `It may be the phone that asks. After the last phone nobody can change anything any more. ${told}`,
    auth: 'device',
    pathParameters: z.object({ deviceId: uuid }),
    request: pinRequest,
    answers: { 200: { when: 'Revoked.', body: revokeDeviceResponse } },
    problems,
  },
  {
    method: 'POST',
    path: '/v1/devices',
    id: 'joinByCode',
    summary: 'Makes a phone of a code that another one shows',
    auth: 'none',
    request: joinRequest,
    answers: { 201: { when: 'The token is shown only now.', body: joinResponse } },
    problems: { 403: 'The code is wrong, over, used, or was tried 5 times.' },
  },
  {
    method: 'POST',
    path: '/v1/families/recover',
    id: 'recoverFamily',
    summary: 'After a lost phone: this one becomes the only one, with the PIN or the duress PIN',
    description:
      'Every other phone gets 401 from then on; for 30 days officers still hear of its presses. The contacts are told that a phone was added. The phone sees contacts again unless an alert is open. Each code is valid once.',
    auth: 'none',
    request: recoverRequest,
    answers: { 201: { when: 'Token and next code are shown only now.', body: recoverResponse } },
    problems: {
      403: 'Code or PIN is wrong, or there were 5 wrong PINs within the last 15 minutes: then `Retry-After` says for how many seconds.',
      429: usedUp,
    },
  },
  {
    method: 'POST',
    path: '/v1/family/erase',
    id: 'eraseFamily',
    summary: 'Erases the family, with the PIN or the duress PIN',
    description:
      'From now on all tokens are unknown, so a repeat gets a 401. The contacts are told goodbye, and everything about the family is deleted. A phone sees the same with the PIN and with the duress PIN.',
    auth: 'device',
    request: pinRequest,
    answers: { 200: { when: 'Being erased; it cannot be taken back.', body: eraseFamilyResponse } },
    problems,
  },
];
