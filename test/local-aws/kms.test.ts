import { beforeEach, describe, expect, it } from 'vitest';
import type { AwsService } from '../../infra/local-aws/aws-service.ts';
import { createKms } from '../../infra/local-aws/kms/kms.ts';

const Message = Buffer.from('office losangeles');
let kms: AwsService;
let KeyId: string;

const createKey = async (input: Record<string, unknown>) => {
  const { KeyMetadata } = (await kms.call('CreateKey', input)) as { KeyMetadata: { Arn: string; KeyId: string } };
  return KeyMetadata;
};

beforeEach(async () => {
  kms = createKms({ region: 'us-east-1', account: '111122223333' });
  ({ Arn: KeyId } = await createKey({ KeySpec: 'HMAC_256', KeyUsage: 'GENERATE_VERIFY_MAC' }));
});

const generate = async (input: Record<string, unknown> = {}) =>
  kms.call('GenerateMac', { KeyId, Message, MacAlgorithm: 'HMAC_SHA_256', ...input });
const verify = async (input: Record<string, unknown>) =>
  kms.call('VerifyMac', { KeyId, Message, MacAlgorithm: 'HMAC_SHA_256', ...input });

// https://docs.aws.amazon.com/kms/latest/developerguide/multi-region-keys-overview.html
it('a key of several regions says so, and has an id that begins with mrk-', async () => {
  const made = { KeySpec: 'HMAC_256', KeyUsage: 'GENERATE_VERIFY_MAC' };
  expect(await createKey({ ...made, MultiRegion: true })).toMatchObject({
    KeyId: expect.stringMatching(/^mrk-[0-9a-f]{32}$/),
    MultiRegion: true,
  });
  expect(await createKey(made)).toMatchObject({ KeyId: expect.not.stringMatching(/^mrk-/), MultiRegion: false });
});

// https://docs.aws.amazon.com/kms/latest/APIReference/API_VerifyMac.html
it('a code verifies for its message and its key, and for nothing else', async () => {
  const { Mac } = await generate();
  expect(Mac).toHaveLength(32);
  expect(await verify({ Mac })).toEqual({ MacValid: true, MacAlgorithm: 'HMAC_SHA_256', KeyId });
  const invalid = { code: 'KMSInvalidMacException' };
  await expect(verify({ Mac, Message: Buffer.from('office boise') })).rejects.toMatchObject(invalid);
  await expect(verify({ Mac: new Uint8Array(31) })).rejects.toMatchObject(invalid);
  const other = await createKey({ KeySpec: 'HMAC_256', KeyUsage: 'GENERATE_VERIFY_MAC' });
  await expect(verify({ Mac, KeyId: other.KeyId })).rejects.toMatchObject(invalid);
});

// https://docs.aws.amazon.com/kms/latest/APIReference/API_GenerateMac.html
describe('GenerateMac', () => {
  it('refuses unknown keys, keys for encryption, other algorithms and long messages', async () => {
    const { KeyId: encryption } = await createKey({});
    await expect(generate({ KeyId: 'gone' })).rejects.toMatchObject({ code: 'NotFoundException' });
    await expect(generate({ KeyId: encryption })).rejects.toMatchObject({ code: 'InvalidKeyUsageException' });
    await expect(generate({ MacAlgorithm: 'HMAC_SHA_512' })).rejects.toMatchObject({
      code: 'InvalidKeyUsageException',
    });
    await expect(generate({ Message: new Uint8Array(4097) })).rejects.toMatchObject({ code: 'ValidationException' });
    await expect(generate({ Message: new Uint8Array(0) })).rejects.toMatchObject({ code: 'ValidationException' });
    await expect(generate({ DryRun: true })).rejects.toMatchObject({ code: 'NotImplemented' });
  });
});

it('the same seed gives the same keys in the same order, another seed others', async () => {
  const macs = async (seed: Uint8Array) => {
    kms = createKms({ region: 'us-east-1', account: '111122223333', seed });
    const keys = [
      await createKey({ KeySpec: 'HMAC_256', KeyUsage: 'GENERATE_VERIFY_MAC' }),
      await createKey({ KeySpec: 'HMAC_256', KeyUsage: 'GENERATE_VERIFY_MAC' }),
    ];
    return Promise.all(keys.map(async ({ Arn }) => (await generate({ KeyId: Arn }))['Mac']));
  };
  const [first, second] = await macs(Buffer.alloc(32, 1));
  expect(first).not.toEqual(second);
  expect(await macs(Buffer.alloc(32, 1))).toEqual([first, second]);
  expect(await macs(Buffer.alloc(32, 2))).not.toContainEqual(first);
});

it('a key is described by id and by ARN, and its usage must fit its spec', async () => {
  const { KeyMetadata } = await kms.call('DescribeKey', { KeyId });
  expect(KeyMetadata).toMatchObject({ Arn: KeyId, KeySpec: 'HMAC_256', KeyState: 'Enabled' });
  expect(await kms.call('ListKeys', {})).toMatchObject({ Keys: [{ KeyArn: KeyId }], Truncated: false });
  await expect(createKey({ KeySpec: 'HMAC_256' })).rejects.toMatchObject({ code: 'ValidationException' });
});
