import { scanClosed } from './alert-items.ts';
import { reportOpen } from './alert-report.ts';
import { reportAlert } from './alert-timeline.ts';
import { reportClosed } from './closed-alerts.ts';
import { type Command, type Deps, runCommandLine } from './command-line.ts';
import { countCases, rangeFrom } from './count-cases.ts';
import { findAlert, readOpenAlerts } from './find-alerts.ts';
import { findOffice } from './offices.ts';
import { readOutputs } from './stack-outputs.ts';

const usage = `What becomes of alerts: ids, states, offices, times and deliveries; never names, phones, positions or notes.

  npm run alerts -- open [office-id|ministry]
  npm run alerts -- show <alert-id>                 of an open alert; its first letters are enough
  npm run alerts -- show <family-id> <alert-id>     of any alert that is not forgotten
  npm run alerts -- closed [--since <day>]          closed in the last 7 days, or since a day; reads the whole table
  npm run alerts -- numbers [office-id|ministry] [--since <day>]
                                                    per office and day of the last 30 days, or since a day, as 2026-11-28

--json      for programs (npm run --silent alerts -- …); the shapes are in docs/operating.md
--region    AWS region of the stack; default: AWS_REGION, then the region in cdk.json
--local     the local stack instead of AWS, at the URL that follows, else at http://127.0.0.1:3000 (PORT as for
            npm start); --url <URL> is the same
--help      this text

Exit codes: 0 done; 1 open: an alert waits for an officer longer than the first of escalationMinutes (drills do not
count), or cannot be read; 2 not carried out, or no such alert.`;

const commands: Readonly<Record<string, Command>> = {
  open: {
    arguments: [0, 1],
    run: async ({ args: [officeId], aws }) => {
      const office = officeId === undefined ? undefined : findOffice(officeId);
      const target = await aws();
      const { table, escalationMinutes, desk } = await readOutputs(target);
      const { records, unreadable } = await readOpenAlerts(target, table);
      const shown = records.filter(({ alert }) => office === undefined || alert.consulate?.id === office.id);
      return reportOpen(
        { records: shown, unreadable },
        { now: target.now, escalationMinutes, desk, officeId: office?.id },
      );
    },
  },
  closed: {
    arguments: [0, 0],
    options: ['since'],
    run: async ({ options, aws }) => {
      const target = await aws();
      const { since } = rangeFrom(options.since, target.now, 7);
      const { table } = await readOutputs(target);
      return reportClosed(await scanClosed(target, table, since), since, target.now);
    },
  },
  numbers: {
    arguments: [0, 1],
    options: ['since'],
    run: async ({ args: [officeId], options, aws }) => {
      const office = officeId === undefined ? 'ministry' : findOffice(officeId).id;
      const target = await aws();
      const range = rangeFrom(options.since, target.now, 30);
      const { table } = await readOutputs(target);
      return countCases(target, table, office, range);
    },
  },
  show: {
    arguments: [1, 2],
    missing: 'Name an alert: npm run alerts -- open shows those that are open.',
    run: async ({ args, aws }) => {
      const target = await aws();
      const { table, escalationMinutes, desk } = await readOutputs(target);
      return reportAlert(await findAlert(target, table, args), { now: target.now, escalationMinutes, desk });
    },
  },
};

/** Runs one command line (without `node` and the file's name). @returns the exit code; never rejects. */
export const runAlerts = async (argv: readonly string[], deps: Deps): Promise<number> =>
  runCommandLine(argv, { usage, commands }, deps);
