import { GenerateMacCommand, KMSClient } from '@aws-sdk/client-kms';
import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import type { PinHasher } from '../domain/family/pins.ts';

/** A client for one call within a request: three tries, each at most 1.2 s. */
export const createKmsClient = (): KMSClient =>
  new KMSClient({
    maxAttempts: 3,
    requestHandler: { connectionTimeout: 500, requestTimeout: 1200, throwOnRequestTimeout: true },
  });

/** Parameters of scrypt: memory is 128 × N × r bytes, work N × r × p. */
export type ScryptCost = { readonly N: number; readonly r: number; readonly p: number };

/** @throws without all three */
export const scryptCostOf = ([N, r, p]: readonly number[]): ScryptCost => {
  if (N === undefined || r === undefined || p === undefined) throw new Error('The cost of scrypt needs N, r and p.');
  return { N, r, p };
};

const hashBytes = 32;

const scryptAsync = promisify<Uint8Array, Buffer, number, ScryptCost & { maxmem: number }, Buffer>(scrypt);

type Stored = ScryptCost & { readonly salt: Buffer; readonly hash: Buffer };

const format = ({ N, r, p, salt, hash }: Stored): string =>
  ['hmac-scrypt', N, r, p, salt.toString('base64url'), hash.toString('base64url')].join('$');

const parse = (text: string): Stored => {
  const [, N, r, p, salt, hash] = /^hmac-scrypt\$(\d+)\$(\d+)\$(\d+)\$([\w-]+)\$([\w-]+)$/.exec(text) ?? [];
  if (salt === undefined || hash === undefined) throw new Error('A stored PIN hash cannot be read.');
  return {
    N: Number(N),
    r: Number(r),
    p: Number(p),
    salt: Buffer.from(salt, 'base64url'),
    hash: Buffer.from(hash, 'base64url'),
  };
};

const stretch = async (mac: Uint8Array, { N, r, p }: ScryptCost, salt: Buffer): Promise<Buffer> =>
  scryptAsync(mac, salt, hashBytes, { N, r, p, maxmem: 128 * N * r + 128 * r * p + 1024 * 1024 });

const fits = async (mac: Uint8Array, stored: Stored): Promise<boolean> => {
  const hash = await stretch(mac, stored, stored.salt);
  return hash.length === stored.hash.length && timingSafeEqual(hash, stored.hash);
};

/** What a PIN is compared with that does not exist: nothing fits, and it takes as long. */
const nothingLike = ({ N, r, p }: ScryptCost): Stored => ({
  N,
  r,
  p,
  salt: randomBytes(16),
  hash: randomBytes(hashBytes),
});

/** HMAC-SHA256 of a text by a key that never leaves KMS. */
export const macOf = async (client: KMSClient, keyId: string, text: string): Promise<Uint8Array> => {
  const { Mac } = await client.send(
    new GenerateMacCommand({
      KeyId: keyId,
      MacAlgorithm: 'HMAC_SHA_256',
      Message: Buffer.from(text, 'utf8'),
    }),
  );
  if (!Mac) throw new Error('KMS answered without a MAC.');
  return Mac;
};

/**
 * PIN hashes `hmac-scrypt$N$r$p$<salt>$<hash>`, base64url: scrypt over an HMAC of `<familyId>|<pin>` by a KMS key. PINs
 * are short, so that scrypt alone would give them to whoever has the table; the HMAC cannot be computed without KMS,
 * which records each use (docs/adr/010-pins.md).
 *
 * @param keyId ARN of a KMS key with the spec HMAC_256
 * @param cost of new hashes; a stored one is checked with its own
 */
export const kmsPinHasher = (client: KMSClient, keyId: string, cost: ScryptCost): PinHasher => {
  const macOfPin = async (familyId: string, pin: string) => macOf(client, keyId, `${familyId}|${pin}`);
  return {
    hash: async (familyId, pin) => {
      const salt = randomBytes(16);
      return format({ ...cost, salt, hash: await stretch(await macOfPin(familyId, pin), cost, salt) });
    },

    match: async (familyId, pin, hashes) => {
      const real = parse(hashes.pin);
      const duress = hashes.duressPin === undefined ? nothingLike(real) : parse(hashes.duressPin);
      const mac = await macOfPin(familyId, pin);
      const [isReal, isDuress] = await Promise.all([fits(mac, real), fits(mac, duress)]);
      if (isReal) return 'pin';
      return isDuress ? 'duressPin' : 'wrong';
    },
  };
};
