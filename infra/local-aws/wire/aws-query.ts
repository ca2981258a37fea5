import { AwsError } from '../aws-service.ts';
import { isObject, type JsonObject } from '../json.ts';
import type { WireFormat } from './wire-format.ts';

/** Request members of SNS that are plain texts beside `BinaryValue`. */
const booleanMembers = new Set(['ReturnSubscriptionArn']);

const insert = (tree: JsonObject, path: readonly string[], value: string): void => {
  const [key = '', ...rest] = path;
  if (rest.length === 0) {
    tree[key] = value;
    return;
  }
  const child = tree[key];
  if (isObject(child)) {
    insert(child, rest, value);
    return;
  }
  const created: JsonObject = {};
  tree[key] = created;
  insert(created, rest, value);
};

const inOrder = (numbered: JsonObject): readonly unknown[] =>
  Object.keys(numbered)
    .sort((left, right) => Number(left) - Number(right))
    .map((key) => numbered[key]);

const leaf = (value: unknown, name: string): unknown => {
  if (booleanMembers.has(name)) return value === 'true';
  return name === 'BinaryValue' && typeof value === 'string' ? Buffer.from(value, 'base64') : value;
};

/** `X.member.1` is a list; `X.entry.1.key` (or `.Name`) with `.value` (or `.Value`) is a map. */
const shape = (value: unknown, name: string): unknown => {
  if (!isObject(value)) return leaf(value, name);
  const { member, entry } = value;
  if (isObject(member)) return inOrder(member).map((item) => shape(item, ''));
  if (isObject(entry)) {
    const entries = inOrder(entry).filter(isObject);
    return Object.fromEntries(
      entries.map((item) => [String(item['key'] ?? item['Name']), shape(item['value'] ?? item['Value'], '')]),
    );
  }
  return Object.fromEntries(Object.entries(value).map(([key, child]) => [key, shape(child, key)]));
};

/** The input of a form-encoded request without `Action` and `Version`. */
const decodeForm = (form: URLSearchParams): JsonObject => {
  const tree: JsonObject = {};
  for (const [name, value] of form) if (name !== 'Action' && name !== 'Version') insert(tree, name.split('.'), value);
  return Object.fromEntries(Object.entries(tree).map(([key, child]) => [key, shape(child, key)]));
};

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\r': '&#xD;',
};
const escapeXml = (text: string): string =>
  text.replaceAll(/[&<>"\r]/g, (character) => escapes[character] ?? character);

const scalar = (value: unknown): string => {
  if (value instanceof Date) return value.toISOString();
  return typeof value === 'string' ? escapeXml(value) : escapeXml(JSON.stringify(value));
};

/** SNS answers maps in members called `Attributes`, or `attributes`, only; other objects are structures. */
const element = (name: string, value: unknown): string => {
  if (value === undefined || value === null) return '';
  if (Array.isArray(value)) return `<${name}>${value.map((item) => element('member', item)).join('')}</${name}>`;
  if (!isObject(value) || value instanceof Date) return `<${name}>${scalar(value)}</${name}>`;
  const members = Object.entries(value);
  const inner =
    name.toLowerCase() === 'attributes'
      ? members.map(([key, child]) => `<entry>${element('key', key)}${element('value', child)}</entry>`)
      : members.map(([key, child]) => element(key, child));
  return `<${name}>${inner.join('')}</${name}>`;
};

/** The SDK's class names with their codes on the wire, where one is not the other without `Exception`. */
const codesOnTheWire: Readonly<Record<string, string>> = {
  InvalidParameterValueException: 'ParameterValueInvalid',
  ValidationException: 'ValidationException',
  AccessDeniedException: 'AccessDeniedException',
};

const codeOf = ({ code }: AwsError): string => codesOnTheWire[code] ?? code.replace(/Exception$/, '');

/**
 * The AWS query protocol (SNS): form-encoded requests, XML answers.
 * https://smithy.io/2.0/aws/protocols/aws-query-protocol.html
 */
export const awsQuery = (xmlNamespace: string): WireFormat => {
  const headers = (requestId: string): Record<string, string> => ({
    'content-type': 'text/xml',
    'x-amzn-requestid': requestId,
  });
  return {
    decode: ({ method, query, body }) => {
      const form = method === 'GET' ? query : new URLSearchParams(body);
      const operation = form.get('Action');
      if (operation === null) throw new AwsError('MissingAction', 'The request must contain the parameter Action');
      return { operation, input: decodeForm(form) };
    },
    encode: (operation, output, requestId) => ({
      statusCode: 200,
      headers: headers(requestId),
      body:
        `<${operation}Response xmlns="${xmlNamespace}">${element(`${operation}Result`, output)}` +
        `<ResponseMetadata><RequestId>${requestId}</RequestId></ResponseMetadata></${operation}Response>`,
    }),
    encodeError: (error, requestId) => ({
      statusCode: error.statusCode,
      headers: headers(requestId),
      body:
        `<ErrorResponse xmlns="${xmlNamespace}"><Error><Type>${error.statusCode < 500 ? 'Sender' : 'Receiver'}</Type>` +
        `<Code>${escapeXml(codeOf(error))}</Code><Message>${escapeXml(error.message)}</Message></Error>` +
        `<RequestId>${requestId}</RequestId></ErrorResponse>`,
    }),
  };
};
