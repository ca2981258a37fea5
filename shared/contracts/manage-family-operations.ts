import * as z from 'zod';
import { uuid } from './common.ts';
import {
  addContactRequest,
  addContactResponse,
  addDeviceResponse,
  eraseFamilyResponse,
  pinRequest,
  removeContactResponse,
  revokeDeviceResponse,
} from './manage-family.ts';
import type { Operation } from './operations.ts';

const problems = {
  400: 'The body is not JSON, or the fields named under `errors` are wrong.',
  401: 'No, a malformed, an unknown or a revoked token: always this one body.',
  403: 'The PIN is wrong, or there were 5 wrong ones within the last 15 minutes.',
  409: 'An alert is open.',
  413: 'The body is over 16 KB (ours, a problem document) or over 10 MB (the gateway’s).',
  415: 'The body is not sent as JSON.',
};

const told =
  'The contacts are told that the list was changed. Nothing that a phone can see tells the PIN and the duress PIN apart.';

export const manageFamilyOperations: readonly Operation[] = [
  {
    method: 'POST',
    path: '/v1/family/contacts',
    id: 'addContact',
    summary: 'Adds a contact, with the PIN or the duress PIN',
    description: `At most 10. A phone is welcomed by SMS, a mailbox has to confirm. ${told} The same contact sent again is the same contact.`,
    auth: 'device',
    request: addContactRequest(['+1', '+52']),
    answers: { 201: { when: 'Added, now or before.', body: addContactResponse } },
    problems: {
      ...problems,
      409: 'An alert is open, there are 10 contacts, or another one has this endpoint.',
      429: 'This phone or mailbox has joined 5 families today (UTC). `Retry-After` says in how many seconds it can again.',
    },
  },
  {
    method: 'POST',
    path: '/v1/family/contacts/{contactId}/remove',
    id: 'removeContact',
    summary: 'Removes a contact, with the PIN or the duress PIN',
    description: `${told} The one who is removed gets nothing more, but for an alert that was raised before.`,
    auth: 'device',
    pathParameters: z.object({ contactId: uuid }),
    request: pinRequest,
    answers: { 200: { when: 'Removed.', body: removeContactResponse } },
    problems: {
      ...problems,
      404: 'This family has no such contact; also when it was removed before.',
      409: 'An alert is open, or it is the last contact.',
    },
  },
  {
    method: 'POST',
    path: '/v1/family/devices',
    id: 'addDevice',
    summary: 'A token for another phone, with the PIN or the duress PIN',
    description: `At most 5 phones. ${told} One that is added by a phone that raised a real alert sees as little as that.`,
    auth: 'device',
    request: pinRequest,
    answers: { 201: { when: 'The token is shown this once.', body: addDeviceResponse } },
    problems: { ...problems, 409: 'An alert is open, or there are 5 phones.' },
  },
  {
    method: 'POST',
    path: '/v1/family/devices/{deviceId}/revoke',
    id: 'revokeDevice',
    summary: 'Revokes a phone’s token, with the PIN or the duress PIN',
    description: `One’s own as well; after the last one nobody can change anything any more. ${told}`,
    auth: 'device',
    pathParameters: z.object({ deviceId: uuid }),
    request: pinRequest,
    answers: { 200: { when: 'Revoked.', body: revokeDeviceResponse } },
    problems: { ...problems, 404: 'This family has no such phone; also when it was revoked before.' },
  },
  {
    method: 'POST',
    path: '/v1/family/erase',
    id: 'eraseFamily',
    summary: 'Erases the family, with the PIN or the duress PIN',
    description:
      'Tokens are worth nothing from now on, so that sent again it is a 401; the contacts are told goodbye, and everything about the family is deleted. Nothing that a phone can see tells the PIN and the duress PIN apart.',
    auth: 'device',
    request: pinRequest,
    answers: { 200: { when: 'Being erased; it cannot be taken back.', body: eraseFamilyResponse } },
    problems,
  },
];
