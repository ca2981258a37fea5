import { sign, type KeyObject } from 'node:crypto';

// Node reads X.509 certificates and cannot make them. Tags of DER: https://www.itu.int/rec/T-REC-X.690
const sequenceTag = 0x30;
const setTag = 0x31;
const integerTag = 0x02;
const bitStringTag = 0x03;
const utf8StringTag = 0x0c;
const utcTimeTag = 0x17;
const generalizedTimeTag = 0x18;

const lengthOf = (size: number): Buffer => {
  if (size < 0x80) return Buffer.from([size]);
  const digits = size.toString(16);
  const bytes = Buffer.from(digits.length % 2 === 0 ? digits : `0${digits}`, 'hex');
  return Buffer.concat([Buffer.from([0x80 + bytes.length]), bytes]);
};

const der = (tag: number, ...contents: readonly Uint8Array[]): Buffer => {
  const content = Buffer.concat(contents);
  return Buffer.concat([Buffer.from([tag]), lengthOf(content.length), content]);
};

/** sha256WithRSAEncryption, 1.2.840.113549.1.1.11: https://www.rfc-editor.org/rfc/rfc4055 */
const signatureAlgorithm = der(sequenceTag, Buffer.from('06092a864886f70d01010b0500', 'hex'));

/** One attribute, commonName (2.5.4.3). */
const nameOf = (commonName: string): Buffer =>
  der(
    sequenceTag,
    der(setTag, der(sequenceTag, Buffer.from('0603550403', 'hex'), der(utf8StringTag, Buffer.from(commonName)))),
  );

/** The local clock may be moved by years. */
const validity = der(
  sequenceTag,
  der(utcTimeTag, Buffer.from('200101000000Z')),
  der(generalizedTimeTag, Buffer.from('21200101000000Z')),
);

const bitString = (bytes: Uint8Array): Buffer => der(bitStringTag, Buffer.from([0]), bytes);

/**
 * A self-signed certificate of version 1 for an RSA key, in PEM: https://www.rfc-editor.org/rfc/rfc5280#section-4.1
 * Good for telling a public key to software that asks for a certificate, and for nothing else.
 */
export const selfSignedCertificate = (
  commonName: string,
  { privateKey, publicKey }: { readonly privateKey: KeyObject; readonly publicKey: KeyObject },
): string => {
  const name = nameOf(commonName);
  const toBeSigned = der(
    sequenceTag,
    der(integerTag, Buffer.from([1])),
    signatureAlgorithm,
    name,
    validity,
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
  );
  const signature = sign('sha256', toBeSigned, privateKey);
  const certificate = der(sequenceTag, toBeSigned, signatureAlgorithm, bitString(signature));
  const lines = certificate.toString('base64').match(/.{1,64}/g) ?? [];
  return ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n');
};
