import { describe, expect, it } from 'vitest';
import type { AlertState } from '../../shared/domain/vocabulary.ts';
import { caseStates } from '../../shared/domain/case/case-states.ts';
import { followingStates } from '../model/scenario.ts';

const states = Object.keys(caseStates) as AlertState[];
const idOf = (state: AlertState) => state.replaceAll('-', '_');
/** Where each action that moves a case leads. */
const moves: Partial<Record<string, AlertState>> = {
  acknowledge: 'acknowledged',
  close: 'closed',
  reopen: 'acknowledged',
};

const edges = states.flatMap((from) => {
  const { actions, next } = caseStates[from];
  const byAction = actions.flatMap((action) => (moves[action] ? [[from, moves[action], action] as const] : []));
  return [...byAction, ...next.map((to) => [from, to, 'state'] as const)];
});

const page = `# States of a case

Made from \`shared/domain/case/case-states.ts\` by \`test/unit/case-states.test.ts\`; after a change of the data run
\`npx vitest run --project fast case-states -u\`.

\`\`\`mermaid
stateDiagram-v2
  [*] --> raised: press
${states.map((state) => `  ${idOf(state)}: ${state}`).join('\n')}
${edges.map(([from, to, action]) => `  ${idOf(from)} --> ${idOf(to)}: ${action}`).join('\n')}
\`\`\`

| state | an officer may |
|---|---|
${states.map((state) => `| ${state} | ${caseStates[state].actions.join(', ')} |`).join('\n')}

A note and a hand-over leave the state as it is. A cancellation by the person closes the case; under duress it does not.
`;

describe('the states of a case', () => {
  it('are each played by the model, whose rules are written apart', () => {
    expect(new Set(followingStates)).toEqual(new Set(states.flatMap((state) => caseStates[state].next)));
  });

  it('are drawn in docs/case-states.md as they are', async () => {
    await expect(page).toMatchFileSnapshot('../../docs/case-states.md');
  });

  it('can each be reached, and each left', () => {
    const reached = new Set<AlertState>(['raised', ...edges.map(([, to]) => to)]);
    const left = new Set(edges.map(([from]) => from));
    expect([...reached].sort()).toEqual(states.toSorted());
    expect([...left].sort()).toEqual(states.toSorted());
  });
});
