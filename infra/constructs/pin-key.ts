import { RemovalPolicy } from 'aws-cdk-lib/core';
import { Key, KeySpec, KeyUsage } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import { envNames } from '../../shared/names.ts';
import { pinLogicalId } from './logical-id.ts';
import type { ServiceFunction } from './service-function.ts';

export type PinKeyProps = {
  /** Keeps the key when the stack goes: without it no PIN of the retained table can be checked. Not of a first deploy that fails. */
  readonly retain: boolean;
  /** Whether PINs can be checked in another region. Can never be changed later: CloudFormation refuses the update. */
  readonly multiRegion: boolean;
};

// OWASP's minimum for scrypt: 32 MiB, three rounds.
// https://cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html#scrypt
const scryptCost = { N: 2 ** 15, r: 8, p: 3 };

/** Without this key in KMS nobody can check or guess a PIN. KMS does not rotate keys of this kind. */
export class PinKey extends Construct {
  readonly #key: Key;

  constructor(scope: Construct, id: string, props: PinKeyProps) {
    super(scope, id);
    this.#key = new Key(this, 'Key', {
      description: 'Alert Button: PINs',
      keySpec: KeySpec.HMAC_256,
      keyUsage: KeyUsage.GENERATE_VERIFY_MAC,
      multiRegion: props.multiRegion,
      removalPolicy: props.retain ? RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE : RemovalPolicy.DESTROY,
    });
    pinLogicalId(this.#key, 'PinKey');
  }

  grantHashing(grantee: ServiceFunction): void {
    grantee.allow({ actions: ['kms:GenerateMac'], resources: [this.#key.keyArn] });
    grantee.setVariable(envNames.pinKeyArn, this.#key.keyArn);
    grantee.setVariable(envNames.pinScryptCost, `${scryptCost.N},${scryptCost.r},${scryptCost.p}`);
  }
}
