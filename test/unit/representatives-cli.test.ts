import { describe, expect, it } from 'vitest';
import { createMemoryTable } from '../model/memory-table.ts';
import { operator } from '../support/operator-commands.ts';

const head = 'office,name,firm,phone,email,languages,matters,capacity,hours';
const vega =
  'los-angeles,"Lic. Andrés Vega",Vega & Asociados,+1 213 555 0177,vega@example.org,es;en,immigration,5,Mo-Fr 09:00-18:00';
const luna = 'fresno,Ana Luna,,+1 559 555 0123 ext 12,luna@example.org,es;nah,immigration;family,3,';

const desk = async (files: Readonly<Record<string, string>>, options: Parameters<typeof operator>[0] = {}) =>
  operator({
    now: new Date('2026-11-25T19:00:00.000Z'),
    files,
    dynamoDb: createMemoryTable(() => undefined),
    ...options,
  });

const listed = async ({ representatives }: Awaited<ReturnType<typeof desk>>, ...more: string[]) =>
  JSON.parse((await representatives('list', '--json', ...more)).out) as Record<string, unknown>[];

describe('npm run representatives -- import', () => {
  it('adds people, subscribes phone and mailbox, and says who can be reached', async () => {
    const there = await desk({ 'roster.csv': `${head}\n${vega}\n${luna}\n` });
    const { code, out } = await there.representatives('import', 'roster.csv');
    expect({ code, out }).toMatchObject({ code: 0, out: expect.stringContaining('2 added, 0 changed') });
    const people = await listed(there);
    expect(people).toMatchObject([
      { office: 'fresno', name: 'Ana Luna', firm: null, phone: expect.stringMatching(/^\+1…/), hearsBy: ['email'] },
      { office: 'los-angeles', name: 'Lic. Andrés Vega', hearsBy: ['sms', 'email'], stale: false, capacity: 5 },
    ]);
    expect(JSON.stringify(people)).not.toContain('vega@');
    const id = String(people[1]!['id']);
    expect(there.sns.topics().map(({ topic }) => topic)).toContain(`alert-button-representative-${id}`);
  });

  it('checks every row before any is written, and names each wrong cell by line and column', async () => {
    const wrong = 'fresno,12345,,+1 559 555,nobody,spanish,patents,0,9 to 5';
    const there = await desk({ 'roster.csv': `${head}\n${vega}\n${wrong}\nnowhere,Ana,,+15595550123,,es,labor,1,\n` });
    const before = there.sent.length;
    const { code, err } = await there.representatives('import', 'roster.csv');
    expect(code).toBe(2);
    for (const column of ['name', 'phone', 'email', 'languages', 'matters', 'capacity', 'hours']) {
      expect(err).toContain(`line 3, column ${column}: `);
    }
    expect(err).toContain('line 4, column office: There is no office "nowhere"');
    for (const secret of ['12345', '559 555', 'spanish']) expect(err).not.toContain(secret);
    expect(there.sent).toHaveLength(before);
    expect(await listed(there)).toEqual([]);
  });

  it.each([
    [`${head}\n${vega}\n${vega}\n`, 'line 3, column phone: is that of line 2'],
    [`${head}\n${vega},more\n`, 'line 2, column all: has 10 cells and not 9'],
    [`${head}\nfresno,Ana,,+1 559 555 0123 ext 12,,es,labor,1,\n`, 'line 2, column email: must be there'],
    ['office,name\nfresno,Ana\n', 'firm, phone, email, languages, matters, capacity, hours is missing'],
    [`${head},sex\n`, '"sex" is none of them'],
    [`${head}\n`, 'The file names nobody.'],
    [`${head}\n"unclosed`, 'The file is no CSV'],
    ['', 'is missing'],
  ])('refuses a file: %#', async (text, why) => {
    const { representatives } = await desk({ 'roster.csv': text });
    expect(await representatives('import', 'roster.csv')).toMatchObject({ code: 2, err: expect.stringContaining(why) });
  });

  it('reads what spreadsheets write: a byte order mark, CRLF, quoted commas and lines', async () => {
    const there = await desk({
      'roster.csv': `\uFEFF${head}\r\n${vega.replace('Vega & Asociados', '"Vega, Luna\nLLP"')}\r\n`,
    });
    expect((await there.representatives('import', 'roster.csv')).code).toBe(0);
    expect(await listed(there)).toMatchObject([{ firm: 'Vega, Luna LLP' }]);
  });

  it('knows people again by phone or mailbox, and ends what is theirs no more', async () => {
    const there = await desk({
      'roster.csv': `${head}\n${vega}\n`,
      'later.csv': `${head}\n${vega.replace('0177', '0188').replace(',5,', ',9,')}\n`,
    });
    await there.representatives('import', 'roster.csv');
    const [before] = await listed(there);
    const { out } = await there.representatives('import', 'later.csv');
    expect(out).toContain('0 added, 1 changed');
    const [after] = await listed(there, '--show-endpoints');
    expect(after).toMatchObject({ id: before!['id'], phone: '+12135550188', capacity: 9 });
    const topic = there.sns.topics().find(({ topic: name }) => name.endsWith(String(before!['id'])))!;
    expect(topic.subscriptions.map(({ endpoint }) => endpoint).toSorted()).toEqual([
      '+12135550188',
      'vega@example.org',
    ]);
  });

  it('imports 329 people in one go, however few calls a second SNS takes', async () => {
    const rows = Array.from({ length: 329 }, (_, index) =>
      vega
        .replace('0177', String(index % 100).padStart(4, '0'))
        .replace('213 555', `${213 + Math.floor(index / 100)} 555`)
        .replace('vega@', `vega${index}@`),
    );
    const there = await desk({ 'roster.csv': `${head}\n${rows.join('\n')}\n` }, { callsASecond: 30 });
    const { code, out, err } = await there.representatives('import', 'roster.csv');
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toContain('329 added');
    const people = await listed(there);
    expect(people).toHaveLength(329);
    expect(people.every(({ hearsBy }) => (hearsBy as string[]).length === 2)).toBe(true);
  });
});

describe('npm run representatives', () => {
  const withBoth = async () => {
    const there = await desk({ 'roster.csv': `${head}\n${vega}\n${luna}\n` });
    await there.representatives('import', 'roster.csv');
    const [second, first] = await listed(there);
    return { ...there, first: String(first!['id']), second: String(second!['id']) };
  };

  it('pauses and resumes', async () => {
    const there = await withBoth();
    await there.representatives('pause', there.first.slice(0, 8));
    expect(await listed(there, 'los-angeles')).toMatchObject([{ state: 'paused' }]);
    await there.representatives('resume', there.first);
    expect(await listed(there, 'los-angeles')).toMatchObject([{ state: 'active' }]);
  });

  it('shows entries as stale that nobody confirmed in 30 days, until somebody does', async () => {
    const there = await withBoth();
    there.advance(30 * 24 + 1);
    expect(await there.representatives('list')).toMatchObject({ code: 1, out: expect.stringContaining('STALE') });
    await there.representatives('confirm', there.first);
    await there.representatives('confirm', '--office', 'fresno');
    expect((await listed(there)).map(({ stale }) => stale)).toEqual([false, false]);
  });

  it('erases somebody, with their topic and subscriptions', async () => {
    const there = await withBoth();
    const { code, out } = await there.representatives('remove', there.first);
    expect({ code, out }).toMatchObject({ code: 0, out: expect.stringContaining('is erased') });
    expect(await listed(there)).toMatchObject([{ office: 'fresno' }]);
    expect(there.sns.topics().map(({ topic }) => topic)).not.toContain(`alert-button-representative-${there.first}`);
    expect(await there.representatives('remove', there.first)).toMatchObject({ code: 2 });
  });

  it.each([
    ['pause'],
    ['confirm'],
    ['remove', 'zz'],
    ['pause', 'ffff'],
    ['import', 'nothing.csv'],
    ['list', 'nowhere'],
  ])('refuses %s %s, in words', async (...argv) => {
    const { representatives } = await desk({});
    const { code, err } = await representatives(...argv);
    expect(code).toBe(2);
    expect(err).not.toContain('Error:');
  });
});
