import { parseJson } from '../json.ts';
import { invalidParameter, invalidValue } from './errors.ts';

/** Attributes as SNS and SQS both carry them. */
export type MessageAttributes = Readonly<
  Record<string, { DataType: string; StringValue?: string | undefined; BinaryValue?: Uint8Array | undefined }>
>;

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

const checkValue = (name: string, attribute: MessageAttributes[string]): void => {
  const type = checkType(name, attribute.DataType);
  checkField(name, attribute, type === 'Binary');
  const text = attribute.StringValue ?? '';
  if (type === 'Number' && (text.trim() === '' || !Number.isFinite(Number(text)))) {
    throw invalidValue(`Could not cast message attribute '${name}' value to number.`);
  }
  if (type === 'String.Array' && !isArrayOfScalars(parseJson(text))) {
    throw invalidValue(`The message attribute '${name}' of type String.Array is not an array formatted as a string.`);
  }
};

/** @returns the type without its custom label */
const checkType = (name: string, dataType: string): string => {
  if (dataType === '')
    throw invalidValue(`The message attribute '${name}' must contain non-empty message attribute type.`);
  const type = /^(String\.Array|String|Number|Binary)(\.[\w.-]+)?$/.exec(dataType)?.[1];
  if (type !== undefined) return type;
  throw invalidValue(
    `The message attribute '${name}' has an invalid message attribute type, the set of supported type prefixes is Binary, Number, and String.`,
  );
};

/** The value must be in the field of its type, and there must be one. */
const checkField = (
  name: string,
  { DataType, StringValue, BinaryValue }: MessageAttributes[string],
  binary: boolean,
): void => {
  const [field, value, other] = binary
    ? (['Binary', BinaryValue, StringValue] as const)
    : (['String', StringValue, BinaryValue] as const);
  if (other !== undefined) {
    throw invalidValue(`The message attribute '${name}' with type '${DataType}' must use field '${field}'.`);
  }
  if (value === undefined || value.length === 0) {
    throw invalidValue(
      `The message attribute '${name}' must contain non-empty message attribute value for message attribute type '${DataType}'.`,
    );
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
