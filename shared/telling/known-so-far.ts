import { type Alert, toldOffices } from '../domain/case/alert.ts';
import { officersWords } from '../words/catalogues.ts';
import { fill } from '../words/fill.ts';
import { writeTime } from '../words/local-time.ts';
import { oneLine } from '../words/one-line.ts';
import { type CaseMessageFacts, officeName } from './case-message.ts';
import { specOf } from './event-specs.ts';

/** The state of the case once the event has happened. */
export const stateAfter = ({ alert, event }: CaseMessageFacts) => specOf(event.type).state?.(event) ?? alert.state;

/** Without the id that we keep of it. */
const namedRepresentative = ({ name, phone, assignedAt }: NonNullable<Alert['representative']>) => ({
  name,
  phone,
  assignedAt,
});

/** What an office that may be new to the case has to know of it beside the press, as members of its document. */
export const knownSoFar = ({ alert }: CaseMessageFacts) => ({
  acknowledged:
    alert.acknowledgedAt === undefined ? null : { at: alert.acknowledgedAt, name: alert.acknowledgedBy ?? null },
  facility: alert.facility ?? null,
  representative: alert.representative ? namedRepresentative(alert.representative) : null,
  toldConsulateIds: [...toldOffices(alert)],
});

/** The same as lines of an email; empty when nobody has done anything yet. The rest stands on the page. */
export const soFarSection = (facts: CaseMessageFacts, timeZone: string): readonly string[] => {
  const { acknowledged, facility, representative, toldConsulateIds } = knownSoFar(facts);
  const { time, officers, case: caseWords } = officersWords;
  const texts = officers.updates.soFar;
  const others = toldConsulateIds.filter((id) => id !== 'ministry').map((id) => officeName(facts, id));
  const lines = [
    ...(acknowledged
      ? [
          fill(texts.taken, {
            officer: oneLine(acknowledged.name ?? officers.updates.soFar.somebody),
            time: writeTime(new Date(acknowledged.at), timeZone, time, 'short'),
          }),
          fill(texts.state, { state: caseWords.states[stateAfter(facts)].name }),
        ]
      : []),
    ...(facility === null ? [] : [fill(texts.facility, { facility: oneLine(facility) })]),
    ...(representative
      ? [fill(texts.representative, { name: oneLine(representative.name), phone: representative.phone })]
      : []),
    ...(others.length > 1 ? [fill(texts.told, { offices: others.join(', ') })] : []),
  ];
  return lines.length === 0 ? [] : [texts.title, ...lines, texts.page];
};
