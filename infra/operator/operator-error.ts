/** The command cannot be carried out, said in words for the operator. */
export class OperatorError extends Error {}

/** Faults of AWS and of the way to it, in words that say what to do. */
const explanations: readonly { readonly pattern: RegExp; readonly text: (message: string) => string }[] = [
  {
    pattern: /Credentials|TokenProvider/,
    text: () => 'You are not logged in to AWS: run "aws sso login" or set credentials, or use --local.',
  },
  {
    pattern: /ExpiredToken|InvalidClientTokenId|UnrecognizedClient|SignatureDoesNotMatch/,
    text: () => 'AWS does not accept your credentials: log in again.',
  },
  {
    pattern: /AuthorizationError|AccessDenied/,
    text: (message) => `Your AWS identity may not do this; docs/operating.md lists what it needs. AWS says: ${message}`,
  },
  {
    pattern: /already exists with different attributes/,
    text: () =>
      'It is subscribed already, without what this command adds (phones: no drills; https: an hour of retries): ' +
      'unsubscribe it, then subscribe it.',
  },
  {
    pattern: /Thrott|TooManyRequests|Rate exceeded/,
    text: () => 'AWS is throttling this account: wait a minute, and try again.',
  },
  {
    pattern: /ECONNREFUSED|ECONNRESET/,
    text: () => 'Nothing answers there. For --local start the local stack first: npm start',
  },
  { pattern: /ENOTFOUND|EAI_AGAIN/, text: () => 'That address does not exist: check --region and your network.' },
  { pattern: /TimeoutError|ETIMEDOUT/, text: () => 'No answer in time: check your network, and try again.' },
];

/** What to print of a fault. */
export const explain = (fault: unknown): string => {
  if (fault instanceof OperatorError) return fault.message;
  if (!(fault instanceof Error)) return String(fault);
  const code = 'code' in fault && typeof fault.code === 'string' ? fault.code : '';
  const known = explanations.find(({ pattern }) => pattern.test(`${fault.name} ${code} ${fault.message}`));
  return known ? known.text(fault.message) : `AWS refused: ${fault.message} (${fault.name})`;
};
