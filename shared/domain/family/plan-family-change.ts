import type { FamilyDevice } from './family-account.ts';
import { listedDevices } from './family-account.ts';
import { addContact, changeContact, inviteContact, removeContact } from './plan-contacts.ts';
import type { ChangeContext, FamilyRequest, PlannedChange } from './planned-change.ts';
import { lettersIn } from './readable-code.ts';
import { forgottenDevices } from './revoked-devices.ts';

export const maximumDevices = 5;

export const halfOfCode = 4;

const deviceCodeMs = 15 * 60_000;

type Adding =
  | Extract<PlannedChange, { kind: 'refused' }>
  | (Extract<PlannedChange, { kind: 'change' }> & { readonly device: FamilyDevice });

const addDevice = ({ account, seized, now, newId, newSecretHash }: ChangeContext): Adding => {
  if (listedDevices(account, now).length >= maximumDevices) return { kind: 'refused', reason: 'too-many-devices' };
  const device = { deviceId: newId(), addedAt: now.toISOString() };
  return {
    kind: 'change',
    change: 'device-added',
    device,
    writes: {
      devices: { ...forgottenDevices(account.devices, 0, now), [newSecretHash]: device },
      ...(seized && { seizedDevice: device.deviceId }),
    },
  };
};

/** A code in the place of a token: for now it is an entry whose secret nobody knows. */
const addDeviceByCode = (context: ChangeContext): PlannedChange => {
  const planned = addDevice(context);
  if (planned.kind === 'refused') return planned;
  const { account, now, newSecretHash: placeholder, newCode } = context;
  const { code, codeHash } = newCode(2 * halfOfCode);
  const until = new Date(now.getTime() + deviceCodeMs).toISOString();
  const firstHalf = lettersIn(code).slice(0, halfOfCode);
  return {
    ...planned,
    code: { code, expiresAt: until },
    writes: {
      ...planned.writes,
      devices: { ...planned.writes.devices, [placeholder]: { ...planned.device, joinsUntil: until } },
      code: { firstHalf, codeHash, placeholder, until, familyId: account.family.familyId },
    },
  };
};

const mute = (device: FamilyDevice, { now, newId }: ChangeContext, heard: boolean): FamilyDevice => ({
  ...device,
  muted: { at: now.toISOString(), heard, salt: newId() },
});

const revokeDevice = (context: ChangeContext, deviceId: string): PlannedChange => {
  const { account, pretend } = context;
  const [hash, device] =
    Object.entries(account.devices).find(([, each]) => each.deviceId === deviceId && !each.muted) ?? [];
  if (hash === undefined || !device) return { kind: 'refused', reason: 'unknown-phone' };
  return {
    kind: 'change',
    change: 'device-revoked',
    device,
    writes: {
      devices: { ...forgottenDevices(account.devices, 1, context.now), [hash]: mute(device, context, pretend) },
    },
  };
};

/**
 * Erasing removes every token; the event does the rest. After a pretended one the phones are heard when they press, and no
 * answer says so.
 */
const erase = (context: ChangeContext): PlannedChange => {
  const { account, pretend } = context;
  const after = (device: FamilyDevice): FamilyDevice | undefined => {
    if (!pretend) return undefined;
    return device.muted ? device : mute(device, context, true);
  };
  const devices = Object.entries(account.devices).map(([hash, device]) => [hash, after(device)] as const);
  // Relatives' links open nothing from now on, and not only when all is gone: then it takes as long with either PIN.
  return { kind: 'change', change: 'erased', writes: { devices: Object.fromEntries(devices), endsLinks: true } };
};

/** On the lists as the phones see them: the contacts hear the same of a pretended change. */
export const planChange = (context: ChangeContext, request: FamilyRequest): PlannedChange => {
  switch (request.kind) {
    case 'add-contact':
      return addContact(context, request.contact);
    case 'change-contact':
      return changeContact(context, request.contactId, request.wanted);
    case 'invite-contact':
      return inviteContact(context, request.contactId);
    case 'remove-contact':
      return removeContact(context, request.contactId);
    case 'add-device':
      return request.as === 'code' ? addDeviceByCode(context) : addDevice(context);
    case 'revoke-device':
      return revokeDevice(context, request.deviceId);
    case 'erase':
      return erase(context);
  }
};
