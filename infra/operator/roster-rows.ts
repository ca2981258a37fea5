import { CsvError, parse } from 'csv-parse/sync';
import * as z from 'zod';
import { parsePhone } from '../../shared/contracts/phone.ts';
import { mailbox, signature } from '../../shared/contracts/typed.ts';
import { parseHours } from '../../shared/domain/representatives/hours.ts';
import { takesSms } from '../../shared/domain/representatives/representative.ts';
import { matters } from '../../shared/domain/vocabulary.ts';
import { findOffice } from './offices.ts';
import { OperatorError } from './operator-error.ts';

export const rosterColumns = [
  'office',
  'name',
  'firm',
  'phone',
  'email',
  'languages',
  'matters',
  'capacity',
  'hours',
] as const;
type Column = (typeof rosterColumns)[number];

/** A lawyer of either country, even if the operator texts to one alone. */
const phoneRules = { countries: ['US', 'MX'], extension: 'kept' } as const;

const mostCases = 500;

const listOf = (text: string): readonly string[] => [
  ...new Set(
    text
      .split(';')
      .map((part) => part.trim().toLowerCase())
      .filter((part) => part !== ''),
  ),
];

const list = z.string().transform(listOf);

/** An empty cell is none. */
const optional = <T extends z.ZodType>(schema: T) =>
  z.preprocess((text) => (typeof text === 'string' && text.trim() === '' ? undefined : text), schema.optional());

const office = z.string().transform((typed, context) => {
  try {
    return findOffice(typed.trim()).id;
  } catch (fault) {
    context.addIssue({ code: 'custom', message: fault instanceof Error ? fault.message : 'is no office' });
    return z.NEVER;
  }
});

const phone = z.string().transform((typed, context) => {
  const parsed = parsePhone(typed, phoneRules);
  if ('phone' in parsed) return parsed.phone;
  context.addIssue({ code: 'custom', message: parsed.problem });
  return z.NEVER;
});

const rowSchema = z.object({
  office,
  name: signature,
  firm: optional(signature),
  phone,
  email: optional(mailbox),
  languages: list
    .refine((codes) => codes.length > 0, 'must name at least one language, such as es;en')
    .refine((codes) => codes.every((code) => /^[a-z]{2,3}$/.test(code)), 'must be codes of ISO 639, such as es;en;nah'),
  matters: list.pipe(
    z.array(z.enum(matters, `must be of ${matters.join(', ')}`)).min(1, `must be of ${matters.join(', ')}`),
  ),
  capacity: z
    .string()
    .refine((text) => /^\d{1,3}$/.test(text.trim()) && Number(text) >= 1 && Number(text) <= mostCases, {
      message: `must be a whole number from 1 to ${mostCases}`,
    })
    .transform(Number),
  hours: optional(
    z
      .string()
      .transform((text) => text.trim())
      .refine((text) => parseHours(text) !== undefined, 'must be like Mo-Fr 09:00-18:00, or empty for always'),
  ),
});
export type RosterRow = z.infer<typeof rowSchema>;

/** A cell that cannot be taken. `line` is that of the file, from 1. */
type Wrong = { readonly line: number; readonly column: string; readonly what: string };

const recordSchema = z.object({ record: z.array(z.string()), info: z.object({ lines: z.number() }) });

const recordsOf = (text: string): readonly { readonly cells: readonly string[]; readonly line: number }[] => {
  try {
    const options = { bom: true, info: true, relaxColumnCount: true, skipEmptyLines: true } as const;
    return z
      .array(recordSchema)
      .parse(parse(text, options))
      .map(({ record, info }) => ({ cells: record, line: info.lines }));
  } catch (fault) {
    if (fault instanceof CsvError) throw new OperatorError(`The file is no CSV: ${fault.message}.`, { cause: fault });
    throw fault;
  }
};

const isColumn = (name: string): name is Column => rosterColumns.some((column) => column === name);

const headOf = (cells: readonly string[]): readonly Column[] => {
  const names = cells.map((cell) => cell.trim().toLowerCase());
  const strange = names.find((name) => !isColumn(name));
  const missing = rosterColumns.filter((column) => !names.includes(column));
  const known = names.filter(isColumn);
  if (strange === undefined && missing.length === 0 && known.length === rosterColumns.length) return known;
  const why =
    strange === undefined
      ? missing.length === 0
        ? 'a column stands there twice'
        : `${missing.join(', ')} is missing`
      : `"${strange}" is none of them`;
  throw new OperatorError(`Line 1 must name the columns ${rosterColumns.join(',')}: ${why}.`);
};

/** How somebody is known again: nobody is on a roster twice. */
const personOf = ({ office: id, phone: number }: Pick<RosterRow, 'office' | 'phone'>): string => `${id} ${number}`;

/**
 * The people of a CSV file, all of them or none: a mistake in line 300 must not leave 299 people half imported.
 * @throws {OperatorError} that names each wrong cell by line and column, never what stands in it
 */
export const readRosterRows = (text: string): readonly RosterRow[] => {
  const [first, ...records] = recordsOf(text);
  const columns = headOf(first?.cells ?? []);
  const wrong: Wrong[] = [];
  const rows: RosterRow[] = [];
  const lines = new Map<string, number>();
  for (const { cells, line } of records) {
    if (cells.length !== columns.length) {
      wrong.push({ line, column: 'all', what: `has ${cells.length} cells and not ${columns.length}` });
      continue;
    }
    const parsed = rowSchema.safeParse(Object.fromEntries(columns.map((column, index) => [column, cells[index]])));
    if (!parsed.success) {
      wrong.push(...parsed.error.issues.map(({ path, message }) => ({ line, column: String(path[0]), what: message })));
      continue;
    }
    const { data } = parsed;
    const before = lines.get(personOf(data));
    if (before !== undefined) wrong.push({ line, column: 'phone', what: `is that of line ${before}` });
    if (data.email === undefined && !takesSms(data)) {
      wrong.push({ line, column: 'email', what: 'must be there, as no SMS goes to an extension' });
    }
    lines.set(personOf(data), line);
    rows.push(data);
  }
  if (wrong.length > 0) {
    const cells = wrong.map(({ line, column, what }) => `  line ${line}, column ${column}: ${what}`);
    throw new OperatorError(`Nothing was imported. Wrong:\n${[...new Set(cells)].join('\n')}`);
  }
  if (rows.length === 0) throw new OperatorError('The file names nobody.');
  return rows;
};
