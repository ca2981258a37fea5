import type { EventSpec } from '../event-spec.ts';
import { lineOf } from '../officers-lines.ts';
import type { FollowedState } from '../../words/case-words.ts';
import { officersWords } from '../../words/catalogues.ts';
import { fill } from '../../words/fill.ts';
import { oneLine } from '../../words/one-line.ts';

/** Whether the family is told where the person is, or whom to ask. */
const tellsPlace: Readonly<Record<FollowedState, boolean>> = {
  locating: false,
  located: true,
  'in-contact': false,
  transferred: true,
};

const isFollowed = (state: string): state is FollowedState => Object.hasOwn(tellsPlace, state);

const { case: caseWords, officers } = officersWords;
const { updates } = officers;

export const stateChanged: EventSpec<'alert.state-changed.v1'> = {
  entry: (head, { type, from, to, facility, note }) => ({
    ...head,
    type,
    from,
    to,
    ...(facility !== undefined && { facility }),
    ...(note !== undefined && { note }),
  }),
  line: ({ type, from, to, facility, note }, { events, case: { states, facility: place } }) => ({
    what: fill(events[type].happened, { from: states[from].name, to: states[to].name }),
    more: facility === undefined ? undefined : fill(place, { facility }),
    note,
  }),
  state: ({ to }) => to,
  family: ({ family: { sharePositionWithFamily } }, { type, to, facility }, words) => {
    if (!isFollowed(to)) return undefined;
    const { steps, askWhere } = words.events[type].family;
    const update = { texts: words.case.states[to].told, steps };
    if (!tellsPlace[to]) return update;
    return facility === undefined || !sharePositionWithFamily
      ? { ...update, call: 'beforeGoing' as const, addition: askWhere }
      : { ...update, call: 'beforeGoing' as const, addition: words.case.facility, facility: oneLine(facility) };
  },
  officers: {
    change: {
      texts: updates.events['alert.state-changed.v1'],
      detail: (_facts, { from, to, facility, note }) => ({
        values: { state: caseWords.states[to].name, from: caseWords.states[from].name },
        lines: [...lineOf(caseWords.facility, 'facility', facility), ...lineOf(updates.note, 'note', note)],
      }),
    },
    document: (_facts, { from, facility, note }) => ({
      previousState: from,
      facility: facility ?? null,
      officerNote: note ?? null,
    }),
  },
};
