import type { CaseEventOf } from '../../domain/case/case-event.ts';
import { type CaseMessageFacts, actorName, minutesAfterPress, signedBy } from '../case-message.ts';
import type { EventSpec } from '../event-spec.ts';
import { officersWords } from '../../words/catalogues.ts';
import { fill } from '../../words/fill.ts';
import { writeDuration } from '../../words/measures.ts';
import { oneLine } from '../../words/one-line.ts';

const { updates } = officersWords.officers;

const sourceOf = (facts: CaseMessageFacts, event: CaseEventOf<'alert.representative-assigned.v1'>) => {
  const { source, how } = updates.representative[event.by.kind === 'representative' ? 'accepted' : 'named'];
  return {
    source: fill(source, { office: actorName(facts, event) }),
    how: fill(how, { signed: signedBy(facts, event) }),
  };
};

/** An officer named somebody, or whoever was asked accepted: either way the family hears who, and how to call. */
export const representativeAssigned: EventSpec<'alert.representative-assigned.v1'> = {
  entry: (head, { type, name, phone, former }) => ({
    ...head,
    type,
    name,
    phone,
    ...(former !== undefined && { former }),
  }),
  line: ({ type, by, name, phone }, { events }) => {
    const { accepted, named } = events[type].happened;
    return by.kind === 'representative' ? { what: accepted, phone } : { what: named, about: name, phone };
  },
  family: (_facts, { type, by, name, phone, former }, { events }) => {
    const { steps, accepted, changed, named } = events[type].family;
    return {
      texts: former !== undefined ? changed : by.kind === 'representative' ? accepted : named,
      steps,
      representative: { name: oneLine(name), phone },
      ...(former !== undefined && { former: oneLine(former) }),
    };
  },
  officers: {
    change: {
      texts: updates.events['alert.representative-assigned.v1'],
      detail: (facts, event) => ({
        values: {
          ...sourceOf(facts, event),
          representative: oneLine(event.name),
          phone: event.phone,
          elapsed: writeDuration(minutesAfterPress(facts.alert, event), officersWords.time),
        },
        named: 'representative',
      }),
    },
    document: ({ alert }, event) => ({
      representative: { name: event.name, phone: event.phone },
      previousRepresentative: event.former ?? null,
      minutesAfterPress: minutesAfterPress(alert, event),
    }),
  },
};
