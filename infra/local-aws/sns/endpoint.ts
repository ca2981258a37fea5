import { notUnderstood } from '../aws-input.ts';
import { invalidParameter } from './errors.ts';
import { isPhoneNumber, protocols, type Protocol } from './state.ts';

const isUrl = (scheme: string) => (endpoint: string) => endpoint.startsWith(`${scheme}://`) && URL.canParse(endpoint);
const isMailbox = (endpoint: string) => /^[^\s@<>,;:]{1,64}@[^\s@<>,;:]+\.[^\s@<>,;:.]+$/.test(endpoint);
const isArn = (pattern: RegExp) => (endpoint: string) => pattern.test(endpoint);

/** https://docs.aws.amazon.com/sns/latest/api/API_Subscribe.html */
const rules: Readonly<Record<Protocol, { readonly isValid: (endpoint: string) => boolean; readonly refusal: string }>> =
  {
    sms: { isValid: isPhoneNumber, refusal: 'Invalid SMS endpoint' },
    email: { isValid: isMailbox, refusal: 'Email address' },
    'email-json': { isValid: isMailbox, refusal: 'Email address' },
    http: { isValid: isUrl('http'), refusal: 'Endpoint must match the specified protocol' },
    https: { isValid: isUrl('https'), refusal: 'Endpoint must match the specified protocol' },
    sqs: { isValid: isArn(/^arn:aws:sqs:[a-z0-9-]+:\d{12}:[\w-]{1,80}(\.fifo)?$/), refusal: 'SQS endpoint ARN' },
    lambda: {
      isValid: isArn(/^arn:aws:lambda:[a-z0-9-]+:\d{12}:function:[\w-]{1,64}(:[\w$-]+)?$/),
      refusal: 'Lambda endpoint ARN',
    },
  };

/** Throws for a protocol or endpoint that Subscribe refuses. */
export const checkEndpoint = (protocol: string, endpoint: string): Protocol => {
  const known = protocols.find((name) => name === protocol);
  if (protocol === 'application' || protocol === 'firehose') throw notUnderstood(`the SNS protocol ${protocol}`);
  if (known === undefined) throw invalidParameter(`Amazon SNS does not support this protocol string: ${protocol}`);
  const { isValid, refusal } = rules[known];
  if (!isValid(endpoint)) throw invalidParameter(refusal);
  return known;
};
