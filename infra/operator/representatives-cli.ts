import type { RosterBook, Representative } from '../../shared/domain/representatives/representative.ts';
import { type Command, type Deps, type Outcome, runCommandLine } from './command-line.ts';
import { findOffice } from './offices.ts';
import { OperatorError } from './operator-error.ts';
import { findTopicPlace, representativeTopics } from './representative-topics.ts';
import { type Rosters, findRepresentative, openRosters, readRosters, rowsToRoster } from './roster.ts';
import { listRoster } from './roster-report.ts';
import { readRosterRows, rosterColumns } from './roster-rows.ts';
import type { Aws } from './target.ts';

const usage = `The rosters of legal representatives: whom an office asks to take a case.

  npm run representatives -- import <file.csv>           adds people, and changes those who are there; all rows or none
  npm run representatives -- list [office-id|ministry] [--show-endpoints]
  npm run representatives -- pause <id>                  asked no more, until resumed
  npm run representatives -- resume <id>
  npm run representatives -- remove <id>                 erases the entry, its topic and subscriptions
  npm run representatives -- confirm <id> …              what stands there of them still holds
  npm run representatives -- confirm --office <office-id|ministry>

id          as list shows it; its first letters are enough
file.csv    UTF-8, first line: ${rosterColumns.join(',')}
            lists are separated by ;   (docs/operating.md, "Rosters")
--json      for programs (npm run --silent representatives -- …); the shapes are in docs/operating.md
--region    AWS region of the stack; default: AWS_REGION, then the region in cdk.json
--local     the local stack instead of AWS, at the URL that follows, else at http://127.0.0.1:3000 (PORT as for
            npm start); --url <URL> is the same
--help      this text

Exit codes: 0 done; 1 done, and somebody cannot be reached, or was confirmed over 30 days ago (list, import); 2 not
carried out.`;

const done = (text: string, json: unknown): Outcome => ({ exitCode: 0, text, json });

const nameSomebody = 'Name somebody by their id: npm run representatives -- list shows who is there.';

const importFile = async (aws: Aws, text: string): Promise<Outcome> => {
  const rows = readRosterRows(text);
  const rosters = await openRosters(aws);
  const { added, changed } = await rowsToRoster(rosters, rows);
  const topics = representativeTopics(aws, await findTopicPlace(aws));
  const all = [...added, ...changed];
  await rosters.book.putAll(all);
  const refused: string[] = [];
  for (const one of all) {
    for (const protocol of await topics.ensure(one)) refused.push(`${one.representativeId} ${protocol}`);
  }
  const lines = [
    `${added.length} added, ${changed.length} changed. Mailboxes hear once they have confirmed: SNS has just asked them.`,
    ...refused.map((one) => `SNS refused an endpoint: ${one}`),
  ];
  const json = { added: added.length, changed: changed.length, refused };
  return { exitCode: refused.length === 0 ? 0 : 1, text: lines.join('\n'), json };
};

const idOf = ({ officeId, representativeId, state, confirmedAt }: Representative) => ({
  id: representativeId,
  office: officeId,
  state,
  confirmedAt,
});

/** The rosters, and who of them was named. */
const findNamed = async (there: Aws, [id = '']: readonly string[]) => {
  const rosters = await openRosters(there);
  return { rosters, found: await findRepresentative(rosters, id) };
};

const changing = (
  set: (now: Date) => Parameters<RosterBook['change']>[1],
  told: (name: string) => string,
): Command => ({
  arguments: [1, 1],
  missing: nameSomebody,
  run: async ({ args, aws }) => {
    const there = await aws();
    const { rosters, found } = await findNamed(there, args);
    const changes = set(there.now);
    if (!(await rosters.book.change(found, changes))) throw new OperatorError('They were removed meanwhile.');
    return done(told(found.name), idOf({ ...found, ...changes }));
  },
});

const removing: Command = {
  arguments: [1, 1],
  missing: nameSomebody,
  run: async ({ args, aws }) => {
    const there = await aws();
    const { rosters, found } = await findNamed(there, args);
    // The topic first: if that fails, the entry is still there to be removed again.
    await representativeTopics(there, await findTopicPlace(there)).remove(found);
    await rosters.book.remove(found);
    const text =
      `${found.name} is erased. Their links open nothing any more. Cases that they took keep the name and phone ` +
      'that the family was told, until the case is forgotten.';
    return done(text, { id: found.representativeId, office: found.officeId });
  },
};

const confirmed = async (
  rosters: Rosters,
  ids: readonly string[],
  officeId: string | undefined,
): Promise<readonly Representative[]> => {
  if (officeId === undefined) return Promise.all(ids.map(async (id) => findRepresentative(rosters, id)));
  return (await readRosters(rosters, [findOffice(officeId).id])).map(({ representative }) => representative);
};

type OwnDeps = Deps & { readonly readFile: (path: string) => Promise<string> };

const commandsFor = ({ readFile }: OwnDeps): Readonly<Record<string, Command>> => ({
  import: {
    arguments: [1, 1],
    missing: 'Name the file: import <file.csv>',
    run: async ({ args: [path = ''], aws }) => {
      const text = await readFile(path).catch((cause: unknown) => {
        throw new OperatorError(`"${path}" cannot be read.`, { cause });
      });
      // Wrong cells are told before AWS is asked for anything.
      readRosterRows(text);
      return importFile(await aws(), text);
    },
  },
  list: {
    arguments: [0, 1],
    options: ['show-endpoints'],
    run: async ({ args: [officeId], options, aws }) => {
      const wanted = officeId === undefined ? undefined : [findOffice(officeId).id];
      const there = await aws();
      const entries = await readRosters(await openRosters(there), wanted);
      return listRoster(there, entries, { showEndpoints: options['show-endpoints'] === true });
    },
  },
  pause: changing(
    () => ({ state: 'paused' }),
    (name) => `${name} is asked no more, until resumed.`,
  ),
  resume: changing(
    () => ({ state: 'active' }),
    (name) => `${name} is asked again.`,
  ),
  confirm: {
    arguments: [0, Infinity],
    options: ['office'],
    run: async ({ args, options, aws }) => {
      if (args.length === 0 && options.office === undefined) throw new OperatorError(nameSomebody);
      const there = await aws();
      const rosters = await openRosters(there);
      const found = await confirmed(rosters, args, options.office);
      const set = { confirmedAt: there.now.toISOString() };
      for (const one of found) await rosters.book.change(one, set);
      return done(
        `Confirmed: ${found.length}.`,
        found.map((one) => idOf({ ...one, ...set })),
      );
    },
  },
  remove: removing,
});

/** Runs one command line (without `node` and the file's name). @returns the exit code; never rejects. */
export const runRepresentatives = async (argv: readonly string[], deps: OwnDeps): Promise<number> =>
  runCommandLine(argv, { usage, commands: commandsFor(deps) }, deps);
