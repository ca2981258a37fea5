import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { itemTypes } from '../../shared/names.ts';
import { caseEventTypes } from '../../shared/domain/vocabulary.ts';
import { linkLifetimeMs } from '../../shared/domain/case/links.ts';
import { pinLockMs } from '../../shared/domain/family/pins.ts';
import {
  checkInReminderMs,
  claimLeaseMs,
  longestRetryMs,
  maximumWaitingCheckIns,
  mostFamilyAnswers,
  mostMovesTold,
  movedEveryMs,
  movedMeters,
  officeCheckMs,
  tellAgainAfterMs,
  tellAgainEveryMs,
  watchAfterMs,
} from '../../shared/domain/limits.ts';

const decisions = readdirSync('docs/adr').map((file) => ({ file, text: readFileSync(`docs/adr/${file}`, 'utf8') }));

describe('a decision', () => {
  it.each(decisions)(
    '$file can be read in a minute, and says when it was last checked against the code',
    ({ text }) => {
      const lines = text.trimEnd().split('\n');
      expect(lines.length).toBeLessThanOrEqual(40);
      // Rows of tables, and lines with an address, cannot be broken.
      const long = lines.filter((line) => line.length > 120 && !line.startsWith('|') && !line.includes('](http'));
      expect(long).toEqual([]);
      expect(lines.filter((line) => line.startsWith('## '))).toEqual([
        '## What',
        '## Why',
        '## Consequences',
        '## Notes',
      ]);
      expect(text).toMatch(/^Checked: \d{4}-\d\d-\d\d\b/m);
    },
  );
});

const minutes = (ms: number): string => `${ms / 60_000} minutes`;

describe('a number in a document is that of the code:', () => {
  it.each([
    ['adr/001-table-is-truth-and-outbox.md', `ends by itself after ${claimLeaseMs / 1000} s`],
    ['adr/001-table-is-truth-and-outbox.md', `\`dueAt\` is ${watchAfterMs / 1000} s after the write`],
    ['adr/001-table-is-truth-and-outbox.md', `then ${longestRetryMs / 60_000} each time`],
    ['adr/010-pins.md', `five wrong ones lock for ${minutes(pinLockMs)}`],
    ['adr/011-the-case-as-events.md', `at most ${mostFamilyAnswers} entries a case`],
    [
      'adr/011-the-case-as-events.md',
      `after ${tellAgainAfterMs.map((ms) => ms / 60_000).join(', ')} minutes, then every ${tellAgainEveryMs / 3_600_000} hours`,
    ],
    ['adr/012-links-as-credentials.md', `valid for ${linkLifetimeMs / 86_400_000} days`],
    ['adr/013-check-ins.md', `due at its reminder, ${minutes(checkInReminderMs)} before`],
    ['adr/013-check-ins.md', `At most ${maximumWaitingCheckIns} wait`],
    ['adr/015-who-would-hear.md', `the ministry's every ${minutes(officeCheckMs)}`],
    ['adr/016-moves-of-the-phone.md', `over ${movedMeters / 1000} km away`],
    ['adr/016-moves-of-the-phone.md', `${minutes(movedEveryMs)} have passed`],
    ['adr/016-moves-of-the-phone.md', `At most ${mostMovesTold} moves a case`],
    ['guarantees.md', `after ${watchAfterMs / 1000} seconds`],
    ['guarantees.md', `The claim ends after ${claimLeaseMs / 1000} seconds`],
    [
      'guarantees.md',
      `after ${tellAgainAfterMs.map((ms) => ms / 60_000).join(', ')} minutes, then every ${tellAgainEveryMs / 3_600_000} hours`,
    ],
    ['guarantees.md', `every PIN is refused for ${minutes(pinLockMs)}`],
  ])('%s: %s', (file, text) => {
    expect(readFileSync(`docs/${file}`, 'utf8').replaceAll(/\s+/g, ' ')).toContain(text);
  });
});

it('docs/data-model.md has each type of item, and of event', () => {
  const text = readFileSync('docs/data-model.md', 'utf8');
  expect(itemTypes.filter((type) => !text.includes(`| \`${type}\` |`))).toEqual([]);
  expect(caseEventTypes.filter((type) => !text.includes(`\`${type}\``))).toEqual([]);
});
