/** What a signed request says of its caller. The signature itself is not checked: everything here is loopback. */
export type Credentials = { readonly accessKeyId: string; readonly signingName: string; readonly sessionToken: string };

/** The access key with which operators and tests call the local stack; it may do everything. */
export const operatorAccessKeyId = 'local-operator';

export const isSigned = (authorization: string | undefined): authorization is string =>
  authorization?.startsWith('AWS4-HMAC-SHA256') ?? false;

/** Reads `Credential=<key>/<date>/<region>/<service>/aws4_request`. */
export const parseCredentials = (authorization: string, sessionToken: string): Credentials | undefined => {
  const scope = /Credential=([^,\s]+)/.exec(authorization)?.[1]?.split('/') ?? [];
  const [accessKeyId, , , signingName] = scope;
  if (accessKeyId === undefined || signingName === undefined) return undefined;
  return { accessKeyId, signingName, sessionToken };
};
