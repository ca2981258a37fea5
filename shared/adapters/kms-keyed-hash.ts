import type { KMSClient } from '@aws-sdk/client-kms';
import { createHmac } from 'node:crypto';
import type { KeyedHash } from '../domain/keyed-hash.ts';
import { macOf } from './kms-pins.ts';

/**
 * HMAC-SHA256 by a key that KMS derives from its own once in the life of a process, so that many hashes are one call. No
 * PIN is hashed under this text: those begin with a family's id.
 *
 * @param keyId ARN of a KMS key with the spec HMAC_256
 */
export const kmsKeyedHash = (client: KMSClient, keyId: string): KeyedHash => {
  let derived: Promise<Uint8Array> | undefined;
  const derive = async (): Promise<Uint8Array> => {
    try {
      return await macOf(client, keyId, 'derived key of keyed hashes');
    } catch (fault) {
      derived = undefined;
      throw fault;
    }
  };
  return async (text) => {
    derived ??= derive();
    return createHmac('sha256', await derived)
      .update(text)
      .digest('hex');
  };
};
