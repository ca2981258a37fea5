import { verify, X509Certificate } from 'node:crypto';

/** A message as Amazon SNS posts it, or puts it into a queue without raw delivery. */
export type SnsMessage = {
  readonly Type: 'Notification' | 'SubscriptionConfirmation' | 'UnsubscribeConfirmation';
  readonly MessageId: string;
  readonly TopicArn: string;
  readonly Subject?: string;
  readonly Message: string;
  readonly Timestamp: string;
  readonly SignatureVersion: string;
  readonly Signature: string;
  readonly SigningCertURL: string;
  /** The last two only on confirmations. */
  readonly Token?: string;
  readonly SubscribeURL?: string;
};

/** The message must not be believed. Sending it again would change nothing. */
export class RefusedError extends Error {}

const types = ['Notification', 'SubscriptionConfirmation', 'UnsubscribeConfirmation'] as const;
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const time = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/;

export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Parses JSON; undefined instead of an error. */
export const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/**
 * Reads the outer document. Its forms are strict for a reason: the signed text is names and values separated by line
 * breaks, and a MessageId with a line break in it could pass for another one.
 * @throws {RefusedError} for anything that SNS does not send
 */
export const readSnsMessage = (text: string): SnsMessage => {
  const parsed = parseJson(text);
  const members = isObject(parsed) ? parsed : {};
  const textOf = (name: string): string => {
    const value = members[name];
    if (typeof value !== 'string') throw new RefusedError(`not a message of SNS: ${name} is missing`);
    return value;
  };
  const optional = (name: 'Subject' | 'Token' | 'SubscribeURL') =>
    typeof members[name] === 'string' ? { [name]: members[name] } : {};
  const Type = types.find((type) => type === members['Type']);
  if (Type === undefined) throw new RefusedError('not a message of SNS: unknown Type');
  const message = {
    Type,
    MessageId: textOf('MessageId'),
    TopicArn: textOf('TopicArn'),
    Message: textOf('Message'),
    Timestamp: textOf('Timestamp'),
    SignatureVersion: textOf('SignatureVersion'),
    Signature: textOf('Signature'),
    SigningCertURL: textOf('SigningCertURL'),
    ...optional('Subject'),
    ...optional('Token'),
    ...optional('SubscribeURL'),
  };
  if (!uuid.test(message.MessageId) || !time.test(message.Timestamp)) throw new RefusedError('not a message of SNS');
  return message;
};

/**
 * What is signed: name and value of these members, each followed by a line break, in this order.
 * https://docs.aws.amazon.com/sns/latest/dg/sns-verify-signature-of-message-verify-message-signature.html
 */
const signedText = (message: SnsMessage): string => {
  const names =
    message.Type === 'Notification'
      ? (['Message', 'MessageId', 'Subject', 'Timestamp', 'TopicArn', 'Type'] as const)
      : (['Message', 'MessageId', 'SubscribeURL', 'Timestamp', 'Token', 'TopicArn', 'Type'] as const);
  return names.map((name) => (message[name] === undefined ? '' : `${name}\n${message[name]}\n`)).join('');
};

/** SignatureVersion 1 is SHA1withRSA, 2 is SHA256withRSA. Our topics sign with 2. */
const digests: Readonly<Record<string, string>> = { '1': 'sha1', '2': 'sha256' };

/** Where SNS keeps the certificates of its keys. */
const certificatePath = /^\/SimpleNotificationService-[0-9a-f]+\.pem$/;

/** Gives the certificate at a URL of SNS. Rejects when it cannot be had at the moment. */
export type Certificates = (url: string) => Promise<X509Certificate>;

/**
 * Checks that SNS signed the message. Compare its TopicArn with your own as well: SNS signs everybody's messages.
 * @param snsOrigin the only place from where a certificate is taken: `https://sns.<region of the topic>.amazonaws.com`
 * @throws {RefusedError} when SNS did not sign it; anything else means that the certificate could not be fetched now
 */
export const verifySignature = async (
  message: SnsMessage,
  { snsOrigin, certificates, now }: { snsOrigin: string; certificates: Certificates; now: Date },
): Promise<void> => {
  const digest = Object.hasOwn(digests, message.SignatureVersion) ? digests[message.SignatureVersion] : undefined;
  if (digest === undefined) throw new RefusedError('unknown SignatureVersion');
  const url = URL.parse(message.SigningCertURL);
  if (url?.origin !== snsOrigin || !certificatePath.test(url.pathname) || url.search !== '') {
    throw new RefusedError('the certificate is not at SNS');
  }
  const certificate = await certificates(url.href);
  if (now < certificate.validFromDate || now > certificate.validToDate) {
    throw new RefusedError('the certificate is not valid now');
  }
  const signature = Buffer.from(message.Signature, 'base64');
  if (!verify(digest, Buffer.from(signedText(message)), certificate.publicKey, signature)) {
    throw new RefusedError('the signature is not that of SNS');
  }
};

const download = async (url: string): Promise<string> => {
  const response = await fetch(url, { redirect: 'error', signal: AbortSignal.timeout(5000) });
  if (!response.ok) throw new Error(`the certificate of SNS: ${response.status}`);
  return response.text();
};

/** Fetches each certificate once. SNS changes them about once a year. */
export const createCertificates = (fetchPem: (url: string) => Promise<string> = download): Certificates => {
  const known = new Map<string, Promise<X509Certificate>>();
  return async (url) => {
    const cached = known.get(url);
    if (cached) return cached;
    const fetched = fetchPem(url).then((pem) => new X509Certificate(pem));
    known.set(url, fetched);
    // What failed is tried again with the next message.
    fetched.catch(() => known.delete(url));
    return fetched;
  };
};
