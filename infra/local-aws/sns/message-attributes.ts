import { parseJson } from '../json.ts';
import { invalidParameter, invalidValue } from './errors.ts';
import type { MessageAttributes } from './state.ts';

/** Attributes whose names AWS reserves for SMS: https://docs.aws.amazon.com/sns/latest/dg/sms_publish-to-phone.html */
const smsAttributes: Readonly<Record<string, RegExp>> = {
  'AWS.SNS.SMS.SenderID': /^(?=.*[A-Za-z])[A-Za-z0-9-]{1,11}$/,
  'AWS.SNS.SMS.MaxPrice': /^\d+(\.\d+)?$/,
  'AWS.SNS.SMS.SMSType': /^(Promotional|Transactional)$/,
  'AWS.MM.SMS.OriginationNumber': /^\+?\d{5,15}$/,
  'AWS.MM.SMS.EntityId': /^.{1,50}$/,
  'AWS.MM.SMS.TemplateId': /^.{1,50}$/,
};

/**
 * Throws for attributes that SNS refuses: names, types, missing or empty values.
 * https://docs.aws.amazon.com/sns/latest/dg/sns-message-attributes.html
 */
export const checkMessageAttributes = (attributes: MessageAttributes): void => {
  for (const [name, attribute] of Object.entries(attributes)) {
    checkName(name);
    checkValue(name, attribute);
    const pattern = Object.hasOwn(smsAttributes, name) ? smsAttributes[name] : undefined;
    if (pattern !== undefined && !pattern.test(attribute.StringValue ?? '')) {
      throw invalidParameter(`MessageAttributes Reason: Invalid value of ${name}`);
    }
  }
};

const checkName = (name: string): void => {
  const allowed = /^[\w.-]{1,256}$/.test(name) && !/^\.|\.$|\.\./.test(name);
  if (!allowed) throw invalidValue(`The message attribute name '${name}' is invalid.`);
  if (/^(aws|amazon)\./i.test(name) && !Object.hasOwn(smsAttributes, name)) {
    throw invalidValue(`The message attribute name '${name}' uses a prefix that is reserved for AWS.`);
  }
};

const checkValue = (name: string, { DataType, StringValue, BinaryValue }: MessageAttributes[string]): void => {
  const type = /^(String\.Array|String|Number|Binary)(\.[\w.-]+)?$/.exec(DataType)?.[1];
  if (DataType === '')
    throw invalidValue(`The message attribute '${name}' must contain non-empty message attribute type.`);
  if (type === undefined) {
    throw invalidValue(
      `The message attribute '${name}' has an invalid message attribute type, the set of supported type prefixes is Binary, Number, and String.`,
    );
  }
  const binary = type === 'Binary';
  if (binary ? StringValue !== undefined : BinaryValue !== undefined) {
    throw invalidValue(
      `The message attribute '${name}' with type '${DataType}' must use field '${binary ? 'Binary' : 'String'}'.`,
    );
  }
  const length = binary ? BinaryValue?.length : StringValue?.length;
  if (length === undefined || length === 0) {
    throw invalidValue(
      `The message attribute '${name}' must contain non-empty message attribute value for message attribute type '${DataType}'.`,
    );
  }
  if (type === 'Number' && (StringValue?.trim() === '' || !Number.isFinite(Number(StringValue)))) {
    throw invalidValue(`Could not cast message attribute '${name}' value to number.`);
  }
  if (type === 'String.Array' && !isArrayOfScalars(parseJson(StringValue ?? ''))) {
    throw invalidValue(`The message attribute '${name}' of type String.Array is not an array formatted as a string.`);
  }
};

const isArrayOfScalars = (value: unknown): boolean =>
  Array.isArray(value) && value.every((item) => item === null || ['string', 'number', 'boolean'].includes(typeof item));

/** Name, type and value count towards the size of the message. */
export const sizeOfAttributes = (attributes: MessageAttributes): number =>
  Object.entries(attributes).reduce(
    (bytes, [name, { DataType, StringValue = '', BinaryValue }]) =>
      bytes +
      Buffer.byteLength(name) +
      Buffer.byteLength(DataType) +
      Buffer.byteLength(StringValue) +
      (BinaryValue?.length ?? 0),
    0,
  );

/** Each attribute's value as text; binary values in base64, as they appear in notifications. */
export const textsOf = (
  attributes: MessageAttributes,
): Record<string, { readonly Type: string; readonly Value: string }> =>
  Object.fromEntries(
    Object.entries(attributes).map(([name, { DataType, StringValue, BinaryValue }]) => [
      name,
      { Type: DataType, Value: StringValue ?? Buffer.from(BinaryValue ?? []).toString('base64') },
    ]),
  );
