/** Which customer-managed key encrypts what. */
export type Keys = {
  /** A key under its id, ARN and aliases. */
  readonly add: (key: { readonly keyId: string; readonly arn: string }) => void;
  readonly alias: (alias: string, keyIdOrArn: string) => void;
  /** The ARN of a key by any of its names; undefined for AWS's own keys (`alias/aws/sns`). */
  readonly arnOf: (name: string) => string | undefined;
  readonly encryptTable: (tableName: string, key: string) => void;
  readonly keyOfTable: (tableName: string) => string | undefined;
};

export const createKeys = (): Keys => {
  const arnByName = new Map<string, string>();
  const keyByTable = new Map<string, string>();
  return {
    add: ({ keyId, arn }) => {
      arnByName.set(keyId, arn);
      arnByName.set(arn, arn);
    },
    alias: (alias, keyIdOrArn) => {
      const arn = arnByName.get(keyIdOrArn);
      if (arn === undefined) throw new Error(`the alias ${alias} names no key of this stack: ${keyIdOrArn}`);
      arnByName.set(alias, arn);
    },
    arnOf: (name) => arnByName.get(name),
    encryptTable: (tableName, key) => {
      keyByTable.set(tableName, arnByName.get(key) ?? key);
    },
    keyOfTable: (tableName) => keyByTable.get(tableName),
  };
};
