import type { EventSpec } from '../event-spec.ts';
import { caseStates } from '../../domain/case/case-states.ts';
import { lineOf } from '../officers-lines.ts';
import type { FollowedState } from '../../words/case-words.ts';
import { officersWords } from '../../words/catalogues.ts';
import { fill } from '../../words/fill.ts';
import { oneLine } from '../../words/one-line.ts';

/**
 * What the family reads of the place. `asked`: where the person is, or whom to ask. `known`: where they are, if that is
 * known.
 */
const places: Readonly<Record<FollowedState, 'none' | 'asked' | 'known'>> = {
  locating: 'none',
  located: 'asked',
  'in-contact': 'known',
  transferred: 'asked',
};

const isFollowed = (state: string): state is FollowedState => Object.hasOwn(places, state);

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
    what:
      from === to
        ? events[type].happened.corrected
        : fill(events[type].happened.changed, { from: states[from].name, to: states[to].name }),
    more: facility === undefined ? undefined : fill(place, { facility }),
    note,
  }),
  state: ({ to }) => to,
  family: ({ alert, family: { sharePositionWithFamily } }, { type, from, to, facility }, words) => {
    if (!isFollowed(to)) return undefined;
    const { steps, askWhere, corrected } = words.events[type].family;
    const update = { texts: from === to ? corrected : words.case.states[to].told, steps };
    const place = from === to ? 'asked' : places[to];
    const before = caseStates[to].leavesPlace ? undefined : alert.facility;
    const known = sharePositionWithFamily ? (facility ?? before) : undefined;
    const where = known === undefined ? {} : { addition: words.case.facility, facility: oneLine(known) };
    switch (place) {
      case 'none':
        return update;
      case 'known':
        return { ...update, ...where };
      case 'asked':
        return { ...update, call: 'beforeGoing', addition: askWhere, ...where };
    }
  },
  officers: {
    change: {
      texts: updates.events['alert.state-changed.v1'],
      detail: (_facts, { from, to, facility, note }) => ({
        values: {
          state:
            from === to ? fill(updates.corrected, { state: caseWords.states[to].name }) : caseWords.states[to].name,
          from: caseWords.states[from].name,
        },
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
