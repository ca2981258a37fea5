import type { CaseEvent, CaseEventDetail } from './case-event.ts';
import type { CaseOutcome, ChangeCaseDeps } from './change-case.ts';
import { decideOnCase } from './change-case.ts';
import { defined } from '../defined.ts';
import { mostFamilyAnswers } from '../limits.ts';
import type { Link } from './links.ts';

export type FamilyAction =
  | { readonly action: 'seen'; readonly name: string }
  | { readonly action: 'on-it'; readonly name: string; readonly task?: string };

type TooManyAnswers = { readonly kind: 'too-many-answers' };

const isByFamily = ({ by }: CaseEvent): boolean => by.kind === 'family';

/**
 * A relative's answer. It stops nothing and silences nobody. It is refused if the timeline already has
 * {@link mostFamilyAnswers}.
 */
export const actAsFamily = async (
  deps: ChangeCaseDeps,
  link: Pick<Link, 'familyId' | 'alertId'>,
  action: FamilyAction,
): Promise<CaseOutcome | TooManyAnswers> => {
  const { name } = action;
  const detail: CaseEventDetail =
    action.action === 'seen'
      ? { type: 'family.seen.v1', name }
      : { type: 'family.on-it.v1', name, ...defined({ task: action.task }) };
  return decideOnCase<TooManyAnswers>(deps, link, { kind: 'family', name }, ({ events }) =>
    events.filter(isByFamily).length < mostFamilyAnswers
      ? { set: {}, detail, deliveries: {} }
      : { kind: 'too-many-answers' },
  );
};
