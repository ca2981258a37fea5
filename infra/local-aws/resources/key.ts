import * as z from 'zod';
import { isObject, stringAt } from '../json.ts';
import { parsePolicy } from '../iam/policy.ts';
import { inert, resourceType } from './resource-type.ts';

/** `AWS::KMS::Key`. Nothing is encrypted here, but who may use the key is checked. */
export const key = resourceType(
  z.strictObject({
    KeyPolicy: z.unknown(),
    Description: z.string().optional(),
    KeySpec: z.string().optional(),
    KeyUsage: z.string().optional(),
    MultiRegion: z.boolean().optional(),
    EnableKeyRotation: inert,
    RotationPeriodInDays: inert,
    PendingWindowInDays: inert,
    Tags: inert,
  }),
  async ({ KeyPolicy, Description, KeySpec, KeyUsage, MultiRegion }, { logicalId }, { kms, keys, access }) => {
    const given = {
      ...(Description && { Description }),
      ...(KeySpec && { KeySpec }),
      ...(KeyUsage && { KeyUsage }),
      ...(MultiRegion && { MultiRegion }),
    };
    const { KeyMetadata: made } = await kms.call('CreateKey', given);
    const keyId = isObject(made) ? (stringAt(made, 'KeyId') ?? '') : '';
    const arn = isObject(made) ? (stringAt(made, 'Arn') ?? '') : '';
    keys.add({ keyId, arn });
    access.setKeyPolicy(arn, parsePolicy(KeyPolicy, `AWS::KMS::Key (${logicalId})`));
    return { ref: keyId, attributes: { Arn: arn, KeyId: keyId } };
  },
);

/** `AWS::KMS::Alias` */
export const keyAlias = resourceType(
  z.strictObject({ AliasName: z.string(), TargetKeyId: z.string() }),
  ({ AliasName, TargetKeyId }, _resource, { keys }) => {
    keys.alias(AliasName, TargetKeyId);
    return { ref: AliasName };
  },
);
