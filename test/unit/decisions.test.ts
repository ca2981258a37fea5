import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { itemTypes } from '../../shared/names.ts';
import { caseEventTypes } from '../../shared/domain/vocabulary.ts';
import { linkLifetimeMs } from '../../shared/domain/case/links.ts';
import { pinLockMs } from '../../shared/domain/family/pins.ts';
import { surelyAnsweredMs } from '../../shared/domain/family/reach.ts';
import { trustedAfterMs } from '../../shared/domain/family/trusted.ts';
import { familyViewMs } from '../../shared/domain/case/family-view.ts';
import * as limits from '../../shared/domain/limits.ts';

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

const inUnits = (ms: number, unit: 'minute' | 'hour' | 'day' | 'week', unitMs: number): string =>
  ms === unitMs ? `${unit === 'hour' ? 'an' : 'a'} ${unit}` : `${ms / unitMs} ${unit}s`;
const minutes = (ms: number): string => inUnits(ms, 'minute', 60_000);
const hours = (ms: number): string => inUnits(ms, 'hour', 3_600_000);
const days = (ms: number): string => inUnits(ms, 'day', 86_400_000);
const weeks = (ms: number): string => inUnits(ms, 'week', 604_800_000);

describe('a number in a document is that of the code:', () => {
  it.each([
    ['adr/001-table-is-truth-and-outbox.md', `ends by itself after ${limits.claimLeaseMs / 1000} s`],
    ['adr/001-table-is-truth-and-outbox.md', `\`dueAt\` is ${limits.watchAfterMs / 1000} s after the write`],
    ['adr/001-table-is-truth-and-outbox.md', `then ${limits.longestRetryMs / 60_000} each time`],
    ['adr/010-pins.md', `five wrong ones lock for ${minutes(pinLockMs)}`],
    ['adr/011-the-case-as-events.md', `at most ${limits.mostFamilyAnswers} entries a case`],
    [
      'adr/011-the-case-as-events.md',
      `after ${limits.tellAgainAfterMs.map((ms) => ms / 60_000).join(', ')} minutes, then every ${limits.tellAgainEveryMs / 3_600_000} hours, after ${weeks(limits.tellAgainDailyAfterMs)} daily`,
    ],
    ['adr/012-links-as-credentials.md', `valid for ${linkLifetimeMs / 86_400_000} days`],
    ['adr/013-check-ins.md', `due at its reminder, ${minutes(limits.checkInReminderMs)} before`],
    ['adr/013-check-ins.md', `At most ${limits.maximumWaitingCheckIns} wait`],
    ['adr/015-who-would-hear.md', `the ministry's every ${minutes(limits.officeCheckMs)}`],
    ['adr/016-moves-of-the-phone.md', `over ${limits.movedMeters / 1000} km away`],
    ['adr/016-moves-of-the-phone.md', `${minutes(limits.movedEveryMs)} have passed`],
    ['adr/016-moves-of-the-phone.md', `At most ${limits.mostMovesTold} moves a case`],
    ['adr/015-who-would-hear.md', `each family's ${minutes(limits.firstReachCheckMs)} after registration`],
    ['adr/015-who-would-hear.md', `contact was added, and then once ${days(limits.reachCheckMs)}`],
    ['adr/021-waiting-for-people.md', `Without one for ${minutes(limits.seenLapsesAfterMs)} the watchman makes`],
    ['adr/022-a-drill-is-the-familys-own.md', `is closed after ${hours(limits.drillEndsAfterMs)} (`],
    ['adr/022-a-drill-is-the-familys-own.md', `kept for ${days(limits.officeDrillKeptMs)}: the operator`],
    ['adr/022-a-drill-is-the-familys-own.md', `took none in ${limits.officeDrillEveryMs / limits.dayMs}.`],
    ['adr/023-pressed-again-and-incidents.md', `under ${hours(limits.joinsForMs)} old`],
    ['adr/023-pressed-again-and-incidents.md', `within 2 km and ${minutes(limits.incidentMs)}`],
    ['adr/023-pressed-again-and-incidents.md', `leaves its place for ${hours(limits.incidentPlaceMs)}`],
    ['adr/024-mailboxes-are-not-flooded.md', `rings after ${minutes(limits.digestLateMs)}`],
    ['adr/028-what-phones-say-late.md', `comes within ${minutes(limits.lateOkMs)} after it`],
    ['adr/032-signals-and-the-trusted-contact.md', `named later counts after ${days(trustedAfterMs)}`],
    ['adr/033-proof-of-work.md', `when it ends (${minutes(limits.challengeMs)})`],
    ['adr/034-a-family-hears-of-ten-cases-a-day.md', `hears of one in ${minutes(limits.casesInTurnEveryMs)}`],
    ['adr/038-representatives.md', `asks the next after ${minutes(limits.offerLapsesAfterMs)}`],
    ['adr/038-representatives.md', `tells the ministry after ${hours(limits.representativeLateMs)}`],
    ['adr/038-representatives.md', `ends it, ${days(limits.representativeAccessMs)} after the case was closed`],
    [
      'data-model.md',
      `over ${days(limits.maximumPressAgeMs)} old or over ${limits.maximumClockSkewMs / 60_000} min ahead`,
    ],
    ['data-model.md', `\`raisedAt\` + ${days(limits.alertRetentionMs)};`],
    ['data-model.md', `at most ${(limits.dayMs / limits.trackSlotMs).toLocaleString('en-US')} a day and case`],
    ['data-model.md', `over ${days(limits.trackBeforePressMs)} before the press one a day is kept`],
    ['data-model.md', `\`expiresAt\`, ${days(limits.incidentRetentionMs)} after the press`],
    ['data-model.md', `\`POST /v1/families\` for ${minutes(limits.registrationReplayMs)}`],
    ['data-model.md', `${days(limits.drillCountRetentionMs)} after the last drill`],
    ['data-model.md', `\`at\` + ${days(limits.familyEventRetentionMs)}; none on an erasing`],
    ['data-model.md', `${days(limits.additionRetentionMs)} after \`at\``],
    ['data-model.md', `for ${minutes(limits.askedAgainMs)} the watchman asks SNS`],
    ['data-model.md', `can confirm any more, at most ${days(surelyAnsweredMs)}`],
    ['data-model.md', `\`expiresAt\` ${days(familyViewMs)} after the`],
    ['data-model.md', `leaves an item of zeros for ${days(limits.unheardRetentionMs)}`],
    ['openapi.json', `more than ${days(limits.maximumCheckInMs)} ahead`],
    ['guarantees.md', `after ${limits.watchAfterMs / 1000} seconds`],
    ['guarantees.md', `The claim ends after ${limits.claimLeaseMs / 1000} seconds`],
    [
      'guarantees.md',
      `after ${limits.tellAgainAfterMs.map((ms) => ms / 60_000).join(', ')} minutes, then every ${limits.tellAgainEveryMs / 3_600_000} hours`,
    ],
    [
      'guarantees.md',
      `again ${limits.tellFamilyAgainAfterMs.map((ms) => ms / 3_600_000).join(' and ')} hours after the press`,
    ],
    [
      'guarantees.md',
      `each morning at ${limits.familyMorningHour} of the place for ${weeks(limits.tellFamilyUntilMs)}`,
    ],
    [
      'guarantees.md',
      `again after ${limits.tellAloneAfterMs.map((ms) => ms / 3_600_000).join(' and ')} hours, ` +
        `and after ${days(limits.aloneUntilMs)} the case closes by itself`,
    ],
    [
      'guarantees.md',
      `After ${minutes(limits.handOverMinistryAfterMs)} the ministry hears, ` +
        `after ${limits.handOverOwnedAfterMs / 60_000} it owns the case`,
    ],
    ['guarantees.md', `most once in ${minutes(limits.pressedAgainEveryMs)}`],
    ['guarantees.md', `at most ${minutes(limits.officeCheckMs + limits.officeCheckLateMs)} before`],
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
