import { format } from 'oxfmt';
import settings from '../../.oxfmtrc.json' with { type: 'json' };

/** A value as a JSON file of this repository: what a test writes needs no formatting after it. */
export const formattedJson = async (value: unknown): Promise<string> => {
  const { code, errors } = await format('any.json', JSON.stringify(value, null, 2), {
    printWidth: settings.printWidth,
  });
  if (errors.length > 0) throw new Error('oxfmt did not take it for JSON.', { cause: errors });
  return code;
};
