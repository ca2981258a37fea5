import type { Outcome } from './command-line.ts';
import { type Confirmed, confirm } from './confirm.ts';
import type { Office } from './offices.ts';
import { OperatorError } from './operator-error.ts';
import { mask } from './subscription-report.ts';
import type { Aws } from './target.ts';

const textOf = (confirmed: Confirmed): string =>
  confirmed.protected
    ? `Confirmed: ${mask(confirmed)} hears alerts of ${confirmed.office}. The unsubscribe link in its mails does nothing now.`
    : `${mask(confirmed)} hears alerts of ${confirmed.office}, but its link had been opened before: a mail scanner can ` +
      'unsubscribe it. Unsubscribe and subscribe it again, and confirm it here first.';

const jsonOf = (confirmed: Confirmed) => ({
  office: confirmed.office,
  protocol: confirmed.protocol,
  endpoint: mask(confirmed),
  status: 'confirmed',
  authenticateOnUnsubscribe: confirmed.protected,
});

type Given = { readonly at: number; readonly confirmed: Confirmed } | { readonly at: number; readonly problem: string };

/** Of a token nothing is repeated but which one it was. */
const confirmOne = async (aws: Aws, token: string, at: number, office: Office | undefined): Promise<Given> => {
  try {
    return { at, confirmed: await confirm(aws, token, office) };
  } catch (fault) {
    if (!(fault instanceof OperatorError)) throw fault;
    return { at, problem: fault.message };
  }
};

/**
 * Confirms as many mailboxes as tokens or links are given, one after the other: one that SNS does not know keeps no other
 * from being confirmed.
 *
 * @param given each one token, or several between blanks, as a file has them
 * @throws OperatorError when none could be confirmed of one alone
 */
export const confirmMailboxes = async (
  aws: Aws,
  given: readonly string[],
  office: Office | undefined,
): Promise<Outcome> => {
  const tokens = given.flatMap((text) => text.split(/\s+/)).filter((token) => token !== '');
  const results: Given[] = [];
  for (const [index, token] of tokens.entries()) results.push(await confirmOne(aws, token, index + 1, office));
  const confirmed = results.flatMap((one) => ('confirmed' in one ? [one.confirmed] : []));
  const problems = results.flatMap((one) => ('problem' in one ? [one] : []));
  const [first] = problems;
  if (first && tokens.length === 1) throw new OperatorError(first.problem);
  const json = confirmed.map(jsonOf);
  return {
    exitCode: problems.length > 0 ? 2 : confirmed.every((one) => one.protected) ? 0 : 1,
    text: [
      ...confirmed.map(textOf),
      ...problems.map(({ at, problem }) => `Link ${at} of ${tokens.length}: ${problem}`),
    ].join('\n'),
    json: tokens.length === 1 ? json[0] : { confirmed: json, failed: problems.map(({ at }) => at) },
  };
};
