import {
  addContactResponse,
  addDeviceResponse,
  changeContactResponse,
  eraseFamilyResponse,
  inviteContactResponse,
  removeContactResponse,
  revokeDeviceResponse,
} from '../../shared/contracts/manage-family.ts';
import type { ManageFamilyOutcome } from '../../shared/domain/family/manage-family.ts';
import type { FamilyRefusal } from '../../shared/domain/vocabulary.ts';
import type { FamilyRequest } from '../../shared/domain/family/planned-change.ts';
import { maximumContacts } from '../../shared/domain/family/plan-contacts.ts';
import { maximumDevices } from '../../shared/domain/family/plan-family-change.ts';
import { secondsToMidnight } from '../../shared/domain/limits.ts';
import type { HttpAnswer } from '../../shared/runtime/http.ts';
import { composeSecondPinWarning } from '../../shared/telling/compose-warnings.ts';
import { HttpProblem, refusedPin, unauthorized } from '../../shared/runtime/problem.ts';

const conflict = (reason: FamilyRefusal | 'alert-open', detail: string): HttpProblem =>
  new HttpProblem(409, 'conflict', detail, { reason });

export const alertOpen = (): HttpProblem =>
  conflict('alert-open', 'An alert is open. Cancel it first, or wait until it is closed.');

export const usedTooOften = (path: readonly string[], retryAfterSeconds: number): HttpProblem =>
  new HttpProblem(
    429,
    'too-many-requests',
    'One phone or mailbox can be added to at most 5 families a day. Choose another, or send it again after midnight UTC; Retry-After says in how many seconds.',
    {
      errors: [{ path, code: 'used-too-often', detail: 'was added to 5 families today' }],
      reason: 'used-too-often',
      headers: { 'retry-after': String(retryAfterSeconds) },
    },
  );

/** Each change is told to all contacts; the app asks to wait. */
export const changesUsedUp = (retryAfterSeconds: number): HttpProblem =>
  new HttpProblem(
    429,
    'changes-used-up',
    'This family has changed too often today. Send it again after midnight UTC; Retry-After says in how many seconds. A phone can be revoked, and everything erased, at any time.',
    { headers: { 'retry-after': String(retryAfterSeconds) } },
  );

const refusals: Readonly<Record<FamilyRefusal, (now: Date) => HttpProblem>> = {
  'unknown-contact': () => new HttpProblem(404, 'not-found', 'This family has no such contact.'),
  'unknown-phone': () => new HttpProblem(404, 'not-found', 'This family has no such phone.'),
  'last-contact': () =>
    conflict(
      'last-contact',
      'Nobody else is told yet. Add another contact first, or erase everything with POST /v1/family/erase.',
    ),
  'too-many-contacts': () => conflict('too-many-contacts', `There are ${maximumContacts} contacts. Remove one first.`),
  'endpoint-taken': () => conflict('endpoint-taken', 'Another contact has this phone or mailbox. Change that one.'),
  'nothing-to-confirm': () =>
    conflict(
      'nothing-to-confirm',
      'A phone need not confirm, a mailbox that has confirmed need not again, and one that waits is asked later.',
    ),
  'invited-today': (now) =>
    new HttpProblem(429, 'too-many-requests', 'This mailbox was asked today. Ask it again after midnight UTC.', {
      headers: { 'retry-after': String(secondsToMidnight(now)) },
      reason: 'invited-today',
    }),
  'too-many-devices': () => conflict('too-many-devices', `There are ${maximumDevices} phones. Revoke one first.`),
};

type Done = Extract<ManageFamilyOutcome, { kind: 'done' }>;

const bodyOf = (change: FamilyRequest, { contact, status, device, code, left }: Done): object => {
  switch (change.kind) {
    case 'add-contact':
      return addContactResponse.parse({ ...contact, status });
    case 'change-contact':
      return changeContactResponse.parse({ ...contact, status });
    case 'invite-contact':
      return inviteContactResponse.parse({ contactId: change.contactId, status });
    case 'remove-contact':
      return removeContactResponse.parse({
        contactId: change.contactId,
        warnings: left ? composeSecondPinWarning(left.isHeard, left.language) : [],
      });
    case 'add-device':
      return addDeviceResponse.parse(code ?? device);
    case 'revoke-device':
      return revokeDeviceResponse.parse({ deviceId: change.deviceId });
    case 'erase':
      return eraseFamilyResponse.parse({ erased: true });
  }
};

/** The answer to a change, the same for both PINs. @throws {HttpProblem} to one that was not made */
export const answerTo = (change: FamilyRequest, outcome: ManageFamilyOutcome, now: Date): HttpAnswer => {
  switch (outcome.kind) {
    case 'unknown-device':
      throw unauthorized();
    case 'wrong-pin':
      throw refusedPin(outcome);
    case 'alert-open':
      throw alertOpen();
    case 'refused':
      throw refusals[outcome.reason](now);
    case 'changes-used-up':
      throw changesUsedUp(outcome.retryAfterSeconds);
    case 'limited':
      throw usedTooOften(['endpoint'], outcome.retryAfterSeconds);
    case 'done': {
      const isNew = change.kind === 'add-contact' || change.kind === 'add-device';
      return { status: isNew ? 201 : 200, body: bodyOf(change, outcome) };
    }
  }
};
