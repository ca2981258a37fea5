import { createHash, generateKeyPairSync, sign } from 'node:crypto';
import { selfSignedCertificate } from './certificate.ts';

/** The members of a message that its signature covers, as texts. */
export type SignedMembers = Readonly<Record<string, string | undefined>>;

/** Which members are signed, in this order: https://docs.aws.amazon.com/sns/latest/dg/sns-verify-signature-of-message-verify-message-signature.html */
const signedMembers: Readonly<Record<string, readonly string[]>> = {
  Notification: ['Message', 'MessageId', 'Subject', 'Timestamp', 'TopicArn', 'Type'],
  SubscriptionConfirmation: ['Message', 'MessageId', 'SubscribeURL', 'Timestamp', 'Token', 'TopicArn', 'Type'],
};

const canonical = (message: SignedMembers): string =>
  (signedMembers[message['Type'] ?? ''] ?? [])
    .flatMap((name) => (message[name] === undefined ? [] : [`${name}\n${message[name]}\n`]))
    .join('');

/** Only AWS holds the keys of its certificates; this one lives as long as the process. */
const makeIdentity = () => {
  const keys = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const certificate = selfSignedCertificate('sns.amazonaws.com', keys);
  const fingerprint = createHash('md5').update(certificate).digest('hex');
  return { ...keys, certificate, path: `/SimpleNotificationService-${fingerprint}.pem` };
};

/** Made at first use: it takes a tenth of a second, and most tests have no subscriber who gets a signature. */
let made: ReturnType<typeof makeIdentity> | undefined;
const identity = (): ReturnType<typeof makeIdentity> => (made ??= makeIdentity());

/** The certificate that stands at this path of the local endpoint, in PEM, or undefined. */
export const certificateAt = (path: string): string | undefined =>
  path.startsWith('/SimpleNotificationService-') && path === identity().path ? identity().certificate : undefined;

/** SignatureVersion 1 is SHA1withRSA, 2 is SHA256withRSA: https://docs.aws.amazon.com/sns/latest/dg/http-notification-json.html */
export const signatureOf = (
  message: SignedMembers,
  { version, origin }: { readonly version: string; readonly origin: string },
): Record<string, string> => {
  const { privateKey, path } = identity();
  const signature = sign(version === '2' ? 'sha256' : 'sha1', Buffer.from(canonical(message)), privateKey);
  return {
    SignatureVersion: version,
    Signature: signature.toString('base64'),
    SigningCertURL: `${origin}${path}`,
  };
};
