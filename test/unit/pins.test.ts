import type { KMSClient } from '@aws-sdk/client-kms';
import { randomUUID } from 'node:crypto';
import { ScanCommand } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { createKms } from '../../infra/local-aws/kms/kms.ts';
import { dynamoFamilyRegister } from '../../shared/adapters/dynamo-family-register.ts';
import { dynamoPinRecord } from '../../shared/adapters/dynamo-pin-attempts.ts';
import { kmsKeyedHash } from '../../shared/adapters/kms-keyed-hash.ts';
import { kmsPinHasher } from '../../shared/adapters/kms-pins.ts';
import type { PinDeps, PinHasher } from '../../shared/domain/family/pins.ts';
import { checkPin, maximumWrongPins, pinLockMs } from '../../shared/domain/family/pins.ts';
import { aFamily } from '../support/fixtures.ts';
import { clientOf } from '../support/sdk-client.ts';
import { startTable } from '../support/table.ts';
import { plainHash } from '../support/keyed-hash.ts';

const cheap = { N: 2, r: 8, p: 1 };
const familyId = aFamily().familyId;

const startKms = async () => {
  const kms = createKms({ region: 'us-east-1', account: '000000000000' });
  const made = await kms.call('CreateKey', { KeySpec: 'HMAC_256', KeyUsage: 'GENERATE_VERIFY_MAC' });
  return { ...clientOf(kms), keyArn: (made['KeyMetadata'] as { Arn: string }).Arn };
};

describe('PIN hashes', () => {
  it('name their parameters and differ for the same PIN', async () => {
    const { client, keyArn } = await startKms();
    const hasher = kmsPinHasher(client, keyArn, { N: 2 ** 10, r: 8, p: 3 });
    const [one, other] = await Promise.all([hasher.hash(familyId, '4821'), hasher.hash(familyId, '4821')]);
    expect(one).toMatch(/^hmac-scrypt\$1024\$8\$3\$[\w-]{22}\$[\w-]{43}$/);
    expect(one).not.toBe(other);
    expect(await hasher.match(familyId, '4821', { pin: one, duressPin: other })).toBe('pin');
  });

  it('tell the PIN, the duress PIN and every other apart', async () => {
    const { client, keyArn } = await startKms();
    const hasher = kmsPinHasher(client, keyArn, cheap);
    const pins = { pin: await hasher.hash(familyId, '4821'), duressPin: await hasher.hash(familyId, '1248') };
    expect(await hasher.match(familyId, '4821', pins)).toBe('pin');
    expect(await hasher.match(familyId, '1248', pins)).toBe('duressPin');
    expect(await hasher.match(familyId, '0000', pins)).toBe('wrong');
    expect(await hasher.match(familyId, '1248', { pin: pins.pin })).toBe('wrong');
  });

  it('are worth nothing without the key, and for another family', async () => {
    const { client, keyArn } = await startKms();
    const thief = await startKms();
    const pins = { pin: await kmsPinHasher(client, keyArn, cheap).hash(familyId, '4821') };
    expect(await kmsPinHasher(thief.client, thief.keyArn, cheap).match(familyId, '4821', pins)).toBe('wrong');
    expect(await kmsPinHasher(client, keyArn, cheap).match(randomUUID(), '4821', pins)).toBe('wrong');
  });

  it('cost one call of KMS, whichever PIN it is', async () => {
    const { client, keyArn, sent } = await startKms();
    const hasher = kmsPinHasher(client, keyArn, cheap);
    const pins = { pin: await hasher.hash(familyId, '4821'), duressPin: await hasher.hash(familyId, '1248') };
    for (const pin of ['4821', '1248', '0000']) {
      sent.length = 0;
      await hasher.match(familyId, pin, pins);
      expect(sent.map(({ operation }) => operation)).toEqual(['GenerateMac']);
    }
  });
});

describe('keyed hashes', () => {
  it('are the same for the same text, and others with another key', async () => {
    const [one, other] = [await startKms(), await startKms()];
    const hash = kmsKeyedHash(one.client, one.keyArn);
    const phone = await hash('endpoint|+12135550101');
    expect(phone).toMatch(/^[0-9a-f]{64}$/);
    expect(await hash('endpoint|+12135550101')).toBe(phone);
    expect(await kmsKeyedHash(one.client, one.keyArn)('endpoint|+12135550101')).toBe(phone);
    expect(await hash('endpoint|+12135550102')).not.toBe(phone);
    expect(await kmsKeyedHash(other.client, other.keyArn)('endpoint|+12135550101')).not.toBe(phone);
  });

  it('cost one call of KMS in the life of a process, and another after a fault', async () => {
    const { client, keyArn, sent } = await startKms();
    const hash = kmsKeyedHash(client, keyArn);
    await Promise.all(['a', 'b', 'c'].map(hash));
    expect(sent.map(({ operation }) => operation)).toEqual(['GenerateMac']);
    let down = true;
    const send = async (command: never) =>
      down ? Promise.reject(new Error('KMS is down')) : (client as KMSClient).send(command);
    const late = kmsKeyedHash({ send } as never, keyArn);
    await expect(late('a')).rejects.toThrow('KMS is down');
    down = false;
    expect(await late('a')).toBe(await hash('a'));
  });
});

describe('tries', () => {
  let table: Awaited<ReturnType<typeof startTable>>;
  let deps: PinDeps;
  let family: string;
  let time: number;
  const match = vi.fn<PinHasher['match']>();
  beforeAll(async () => {
    table = await startTable();
  });
  afterAll(async () => table.stop());
  beforeEach(async () => {
    family = randomUUID();
    time = Date.parse('2026-11-22T20:00:00.000Z');
    // A mailbox of its own: one joins at most five families a day.
    const { topics: _topics, ...registered } = aFamily({
      familyId: family,
      person: { name: 'Ana', language: 'es' },
      contacts: [{ contactId: 'c', name: 'Lupita', channel: 'email', endpoint: `${family}@example.com` }],
    });
    await dynamoFamilyRegister(table.client, table.tableName, plainHash).register({
      family: registered,
      pins: { pin: 'real', duressPin: 'duress' },
      device: { deviceId: 'd', secretHash: family },
      recoveryHash: family,
      now: new Date(time),
    });
    match.mockReset().mockImplementation(async (_familyId, pin, pins) => {
      if (pin === pins.pin) return 'pin';
      return pin === pins.duressPin ? 'duressPin' : 'wrong';
    });
    deps = {
      pins: dynamoPinRecord(table.client, table.tableName),
      hasher: { match, hash: async () => '' },
      now: () => new Date(time),
    };
  });
  const check = async (pin: string) => checkPin(deps, family, pin);
  const wrong = async (times: number) => {
    for (let index = 0; index < times; index += 1) {
      expect(await check('wrong')).toEqual({ match: 'wrong', locked: false });
    }
  };

  it('are five; then every PIN is locked for 15 minutes after the last, and known all the same', async () => {
    await wrong(maximumWrongPins);
    expect(await check('wrong')).toEqual({ match: 'wrong', locked: true, retryAfterSeconds: pinLockMs / 1000 });
    expect(await check('real')).toMatchObject({ match: 'pin', locked: true });
    expect(await check('duress')).toMatchObject({ match: 'duress', locked: true });
    time += pinLockMs - 1;
    expect(await check('real')).toMatchObject({ match: 'pin', locked: true, retryAfterSeconds: 1 });
    time += 1;
    expect(await check('real')).toMatchObject({ match: 'pin', locked: false });
  });

  it.each(['real', 'duress'])('are forgotten with the right PIN (%s)', async (pin) => {
    await wrong(maximumWrongPins - 1);
    expect(await check(pin)).toMatchObject({ locked: false });
    await wrong(maximumWrongPins);
    expect(await check(pin)).toMatchObject({ locked: true });
  });

  it('are forgotten after a pause of 15 minutes', async () => {
    await wrong(maximumWrongPins - 1);
    time += pinLockMs;
    await wrong(maximumWrongPins);
    expect(await check('wrong')).toMatchObject({ locked: true });
  });

  it('are counted before anything is hashed, so that guesses at once do not slip through', async () => {
    const guesses = await Promise.all(Array.from({ length: 12 }, async () => check('wrong')));
    expect(guesses.filter(({ locked }) => !locked)).toHaveLength(maximumWrongPins);
  });

  it('are not lost to a fault of ours', async () => {
    match.mockRejectedValue(new Error('KMS is down'));
    for (let index = 0; index < 8; index += 1) await expect(check('real')).rejects.toThrow('KMS is down');
    match.mockResolvedValue('pin');
    expect(await check('real')).toMatchObject({ match: 'pin', locked: false });
  });

  it('of a family that is gone are wrong', async () => {
    expect(await checkPin(deps, randomUUID(), 'real')).toEqual({ match: 'wrong', locked: false });
  });

  it('that change nothing can still write as much as a change does', async () => {
    await wrong(1);
    await deps.pins.pretend(family, new Date(time));
    await deps.pins.pretend(family, new Date(time));
    await wrong(maximumWrongPins - 1);
    expect(await check('wrong')).toMatchObject({ locked: true });
    const { Items = [] } = await table.client.send(new ScanCommand({ TableName: table.tableName }));
    const own = Items.map((item) => unmarshall(item)).filter(({ pk }) => pk === `FAMILY#${family}`);
    expect(new Set(own.map(({ sk }) => sk))).toEqual(
      new Set(['FAMILY', 'REACH', 'PIN-ATTEMPTS', 'PIN-ATTEMPTS#PRETENCE']),
    );
  });
});
