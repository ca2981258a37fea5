import type { Contact, Language } from './family.ts';
import { hasTopics } from './family.ts';
import type { AccountChange, FamilyAccount, FamilyAccounts } from './family-account.ts';
import { deviceOf, isSecondPinHeard } from './family-account.ts';
import type { ChangesOfDay, CountedChange } from './changes-of-day.ts';
import { oneChangeMore } from './changes-of-day.ts';
import type { FamilyEvent } from './family-event.ts';
import type { FamilyPresses } from './family-presses.ts';
import { isOpen, isOpenForDevices } from './family-presses.ts';
import { defined } from '../defined.ts';
import { DidNotHoldStillError, untilItHolds } from '../hold-still.ts';
import { secondsToMidnight } from '../limits.ts';
import { duressSignal } from './duress-signal.ts';
import type { PinDeps, WrongPin } from './pins.ts';
import { checkPin, wrongPin } from './pins.ts';
import type { FamilyRefusal } from '../vocabulary.ts';
import type { ChangeContext, FamilyRequest, PlannedChange } from './planned-change.ts';
import { planChange } from './plan-family-change.ts';
import type { DeviceToken } from '../press/device.ts';
import type { ReachStore, SubscriptionReader } from './reach.ts';
import { isSeized, seenContacts } from './read-family.ts';
import type { Secrets } from './register-family.ts';
import { shownFamily } from './shown-family.ts';
import type { ContactStatus, ForcedOccasion } from '../vocabulary.ts';

export type ManageFamilyDeps = PinDeps & {
  readonly accounts: FamilyAccounts;
  readonly presses: FamilyPresses;
  readonly secrets: Secrets;
  readonly subscriptions: SubscriptionReader;
  readonly reaches: Pick<ReachStore, 'get'>;
};

export type ManageFamilyOutcome =
  | {
      readonly kind: 'done';
      readonly contact?: Contact;
      readonly status?: ContactStatus;
      readonly device?: { readonly deviceId: string; readonly deviceToken: string };
      readonly code?: { readonly code: string; readonly expiresAt: string };
      /** After a removal. `isHeard`: a second PIN would warn somebody, as far as the phone may know. */
      readonly left?: { readonly isHeard: boolean; readonly language: Language };
    }
  | { readonly kind: 'unknown-device' | 'alert-open' }
  | WrongPin
  | { readonly kind: 'limited' | 'changes-used-up'; readonly retryAfterSeconds: number }
  | { readonly kind: 'refused'; readonly reason: FamilyRefusal };

const eventOf = (
  { familyId }: DeviceToken,
  { now, newId, pretend }: ChangeContext,
  { change, contact }: Extract<PlannedChange, { kind: 'change' }>,
): FamilyEvent => ({
  familyId,
  eventId: `${now.toISOString()}.${newId()}`,
  type: 'contact.list-changed.v1',
  at: now.toISOString(),
  change,
  ...defined({ contactId: contact?.contactId }),
  inSecret: pretend,
  deliveries: { family: { status: 'pending' } },
});

/** Whether the contact of a request is reached, where that matters; the others ask nobody. */
const statusOf = async (
  deps: ManageFamilyDeps,
  account: FamilyAccount,
  request: FamilyRequest,
): Promise<ContactStatus> => {
  if (request.kind !== 'change-contact' && request.kind !== 'invite-contact') return 'pending';
  const { family } = account;
  const [reach, subscriptions] = await Promise.all([
    deps.reaches.get(family.familyId),
    hasTopics(family) ? deps.subscriptions.list(family) : undefined,
  ]);
  const seen = seenContacts(account, reach, subscriptions, deps.subscriptions.refused(account.family), deps.now());
  return seen.find(({ contact }) => contact.contactId === request.contactId)?.status ?? 'pending';
};

/** Whatever the answer is, the PIN may have been a signal, and each PIN writes as much. */
const signalled = async (
  { accounts }: ManageFamilyDeps,
  { now, ...signal }: Pick<AccountChange, 'account' | 'signal'> & { readonly now: Date },
  outcome: ManageFamilyOutcome,
): Promise<ManageFamilyOutcome | 'conflict'> =>
  (await accounts.apply(signal, now)).kind === 'conflict' ? 'conflict' : outcome;

type Asked = Pick<AccountChange, 'signal'> & {
  readonly token: DeviceToken;
  readonly request: FamilyRequest;
  /** Of a phone that is added. */
  readonly deviceToken: string;
};

/** Writes what the request means for the family as it was read. */
const make = async (
  deps: ManageFamilyDeps,
  asked: Asked,
  context: ChangeContext,
): Promise<ManageFamilyOutcome | 'conflict'> => {
  const { token, request, signal, deviceToken } = asked;
  const { account, now } = context;
  const signals = { account, signal, now };
  const planned = planChange(context, request);
  if (planned.kind === 'refused') return signalled(deps, signals, planned);
  if (planned.kind === 'limited') return signalled(deps, signals, tomorrow('limited', now));
  if (planned.kind === 'none') return signalled(deps, signals, answerOf(planned, deviceToken));
  const changesOfDay = countedOf(account, request, now);
  if (changesOfDay === 'used-up') return signalled(deps, signals, tomorrow('changes-used-up', now));
  const event = eventOf(token, context, planned);
  const change = { account, ...planned.writes, ...defined({ changesOfDay }), event, signal };
  const outcome = await deps.accounts.apply(change, now);
  switch (outcome.kind) {
    case 'conflict':
      return 'conflict';
    case 'limited':
      // The contact waits, and everything else happens now.
      return make(deps, asked, { ...context, waiting: outcome.waiting });
    case 'applied':
      return { ...answerOf(planned, deviceToken), ...leftAfter(account, planned) };
  }
};

/**
 * Changes a family's contacts or phones, or erases it. Needs a PIN, and is refused while the phones know of an open alert.
 *
 * With the duress PIN, and with the PIN while a case is open in secret, calls, answer and messages to phones are the same.
 * Officers and the trusted contact go on as before, and hear of the duress PIN, also where it is refused or PINs are locked
 * (docs/adr/032-signals-and-the-trusted-contact.md). While PINs are locked nothing else changes with either PIN.
 *
 * @throws {DidNotHoldStillError} the phone sends it again
 */
export const manageFamily = async (
  deps: ManageFamilyDeps,
  token: DeviceToken,
  request: FamilyRequest,
  pin: string,
): Promise<ManageFamilyOutcome> => {
  const { familyId, secretHash } = token;
  // Before the PINs are read: the write holds only if nobody has changed anything since.
  const first = await deps.accounts.get(familyId);
  if (!deviceOf(first, secretHash)) return { kind: 'unknown-device' };
  const check = await checkPin(deps, familyId, pin);
  const { match, locked } = check;
  if (match === 'wrong' && !locked) return wrongPin(check);

  const { secret, secretHash: newSecretHash } = deps.secrets.newSecret();
  const read = async () => Promise.all([deps.accounts.get(familyId), deps.presses.list(familyId)]);
  const held = await untilItHolds<Awaited<ReturnType<typeof read>>, ManageFamilyOutcome>(
    [first, await deps.presses.list(familyId)],
    read,
    async ([account, presses]) => {
      const device = deviceOf(account, secretHash);
      if (!account || !device) return { kind: 'unknown-device' };
      const now = deps.now();
      const newId = () => deps.secrets.newId();
      const signal = duressSignal(account.family, match, presses, { now, newId, occasion: occasions[request.kind] });
      const signals = { account, signal, now };
      if (locked) return signalled(deps, signals, wrongPin(check));
      if (presses.some(isOpenForDevices)) return signalled(deps, signals, { kind: 'alert-open' });

      const context: ChangeContext = {
        account,
        pretend: match === 'duress' || presses.some(isOpen),
        seized: isSeized(account.family, presses, device.deviceId),
        now,
        newId,
        newSecretHash,
        newCode: (letters) => deps.secrets.newCode(letters),
        status: await statusOf(deps, account, request),
      };
      return make(deps, { token, request, signal, deviceToken: `${familyId}.${secret}` }, context);
    },
  );
  if (held.kind !== 'settled') throw new DidNotHoldStillError('The family did not hold still for its change.');
  return held.result;
};

/** Whoever removes the last one whom a second PIN would warn hears of that now. */
const leftAfter = ({ family }: FamilyAccount, { change, writes }: Extract<PlannedChange, { kind: 'change' }>) => {
  if (change !== 'contact-removed' || !writes.contacts) return {};
  const { consent, person } = shownFamily(family);
  return { left: { isHeard: isSecondPinHeard(consent, writes.contacts.shown), language: person.language } };
};

const occasions = {
  'add-contact': 'contacts',
  'change-contact': 'contacts',
  'invite-contact': 'contacts',
  'remove-contact': 'contacts',
  'add-device': 'devices',
  'revoke-device': 'devices',
  erase: 'erase',
} as const satisfies Record<FamilyRequest['kind'], ForcedOccasion>;

const tomorrow = (kind: 'limited' | 'changes-used-up', now: Date): ManageFamilyOutcome => ({
  kind,
  retryAfterSeconds: secondsToMidnight(now),
});

/** Nothing keeps a phone from being revoked, or a family from being erased. */
const counted: Readonly<Partial<Record<FamilyRequest['kind'], CountedChange>>> = {
  'add-contact': 'contacts',
  'change-contact': 'contacts',
  'remove-contact': 'contacts',
  'add-device': 'devices',
};

const countedOf = (
  { changesOfDay }: FamilyAccount,
  { kind }: FamilyRequest,
  now: Date,
): ChangesOfDay | 'used-up' | undefined => {
  const change = counted[kind];
  return change === undefined ? undefined : (oneChangeMore(changesOfDay, change, now) ?? 'used-up');
};

const answerOf = (
  planned: Extract<PlannedChange, { kind: 'change' | 'none' }>,
  deviceToken: string,
): ManageFamilyOutcome => {
  const { contact, status } = planned;
  const { code, device } = planned.kind === 'change' ? planned : {};
  const isAdded = planned.kind === 'change' && planned.change === 'device-added';
  return {
    kind: 'done',
    ...defined({
      contact,
      status,
      code,
      device: isAdded && device && !code ? { deviceId: device.deviceId, deviceToken } : undefined,
    }),
  };
};
