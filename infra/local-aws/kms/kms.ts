import { createHmac, randomBytes, randomUUID, timingSafeEqual } from 'node:crypto';
import * as z from 'zod';
import { operationsOf, serviceOf, type InputProblem, type Operation } from '../aws-input.ts';
import { AwsError, type AwsService } from '../aws-service.ts';

type Key = {
  readonly id: string;
  readonly arn: string;
  readonly spec: string;
  readonly usage: string;
  readonly material: Buffer;
  readonly multiRegion: boolean;
};

const refuse = (code: string, message: string): AwsError => new AwsError(code, message);

const refuseInput = ({ path, detail }: InputProblem): AwsError => refuse('ValidationException', `${path}: ${detail}`);

const define = operationsOf(refuseInput);

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_GenerateMac.html */
const macInput = {
  KeyId: z.string().min(1).max(2048),
  Message: z.instanceof(Uint8Array).refine(({ length }) => length >= 1 && length <= 4096, 'must have 1 to 4096 bytes'),
  MacAlgorithm: z.string(),
};

export type KmsOptions = {
  readonly region: string;
  readonly account: string;
  /**
   * What key material comes from, in the order in which keys are created: the same template with the same seed has
   * the same keys. @default - other keys each time
   */
  readonly seed?: Uint8Array;
};

/** Keys by id. */
type Keys = Map<string, Key>;

const findKey = (keys: Keys, keyId: string): Key => {
  const key = keys.get(keyId.startsWith('arn:') ? (keyId.split(':key/')[1] ?? '') : keyId);
  if (key === undefined || (keyId.startsWith('arn:') && keyId !== key.arn)) {
    throw refuse('NotFoundException', `Key '${keyId}' does not exist`);
  }
  return key;
};

const macOf = (
  keys: Keys,
  { KeyId, MacAlgorithm, Message }: { KeyId: string; MacAlgorithm: string; Message: Uint8Array },
): { readonly key: Key; readonly mac: Buffer } => {
  const key = findKey(keys, KeyId);
  if (key.usage !== 'GENERATE_VERIFY_MAC') {
    throw refuse('InvalidKeyUsageException', `${key.arn} key usage is ${key.usage} which is not valid for MACs.`);
  }
  if (MacAlgorithm !== 'HMAC_SHA_256') {
    throw refuse('InvalidKeyUsageException', `Algorithm ${MacAlgorithm} is incompatible with key spec ${key.spec}.`);
  }
  return { key, mac: createHmac('sha256', key.material).update(Message).digest() };
};

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_CreateKey.html */
const createKey = (keys: Keys, { region, account, seed = randomBytes(32) }: KmsOptions): Operation =>
  define(
    z.strictObject({
      KeySpec: z.enum(['SYMMETRIC_DEFAULT', 'HMAC_256']).optional(),
      KeyUsage: z.enum(['ENCRYPT_DECRYPT', 'GENERATE_VERIFY_MAC']).optional(),
      Description: z.string().max(8192).optional(),
      MultiRegion: z.boolean().optional(),
      Policy: z.string().optional(),
    }),
    ({
      KeySpec: spec = 'SYMMETRIC_DEFAULT',
      KeyUsage: usage = 'ENCRYPT_DECRYPT',
      MultiRegion: multiRegion = false,
    }) => {
      if ((spec === 'HMAC_256') !== (usage === 'GENERATE_VERIFY_MAC')) {
        throw refuse('ValidationException', `KeyUsage ${usage} is not compatible with KeySpec ${spec}`);
      }
      // A key of several regions has the same id in each, which says what it is.
      const id = multiRegion ? `mrk-${randomUUID().replaceAll('-', '')}` : randomUUID();
      const material = createHmac('sha256', seed).update(String(keys.size)).digest();
      const key = { id, arn: `arn:aws:kms:${region}:${account}:key/${id}`, spec, usage, material, multiRegion };
      keys.set(id, key);
      return { KeyMetadata: describe(key) };
    },
  );

/** A wrong code is an exception, not an answer: https://docs.aws.amazon.com/kms/latest/APIReference/API_VerifyMac.html */
const verifyMac = (keys: Keys): Operation =>
  define(z.strictObject({ ...macInput, Mac: z.instanceof(Uint8Array) }), ({ Mac, ...input }) => {
    const { key, mac } = macOf(keys, input);
    if (Mac.length !== mac.length || !timingSafeEqual(Mac, mac)) {
      throw refuse('KMSInvalidMacException', 'The request was rejected because the MAC is not valid.');
    }
    return { MacValid: true, MacAlgorithm: input.MacAlgorithm, KeyId: key.arn };
  });

/**
 * AWS KMS in this process: keys by id or ARN, and message authentication codes with HMAC_256 keys. Nothing is
 * encrypted here; who may use a key for an encrypted topic is the business of the policy check.
 */
export const createKms = (options: KmsOptions): AwsService => {
  const keys: Keys = new Map();
  return serviceOf('KMS', {
    CreateKey: createKey(keys, options),
    /** All on one page: a stack has few. */
    ListKeys: define(z.strictObject({}), () => ({
      Keys: [...keys.values()].map(({ id, arn }) => ({ KeyId: id, KeyArn: arn })),
      Truncated: false,
    })),
    DescribeKey: define(z.strictObject({ KeyId: macInput.KeyId }), ({ KeyId }) => ({
      KeyMetadata: describe(findKey(keys, KeyId)),
    })),
    GenerateMac: define(z.strictObject(macInput), (input) => {
      const { key, mac } = macOf(keys, input);
      return { Mac: new Uint8Array(mac), MacAlgorithm: input.MacAlgorithm, KeyId: key.arn };
    }),
    VerifyMac: verifyMac(keys),
  });
};

const describe = ({ id, arn, spec, usage, multiRegion }: Key): Record<string, unknown> => ({
  KeyId: id,
  Arn: arn,
  KeySpec: spec,
  KeyUsage: usage,
  MultiRegion: multiRegion,
  KeyState: 'Enabled',
  Enabled: true,
});
