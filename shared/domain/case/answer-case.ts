import type { CaseEvent, CaseEventDetail } from './case-event.ts';
import type { CaseOutcome, ChangeCaseDeps } from './change-case.ts';
import { decideOnCase } from './change-case.ts';
import { defined } from '../defined.ts';
import { mostFamilyAnswers } from '../limits.ts';
import type { Link } from './links.ts';

/** What a relative does, parsed. */
export type FamilyAction =
  | { readonly action: 'seen'; readonly name: string }
  | { readonly action: 'on-it'; readonly name: string; readonly task?: string };

type TooManyAnswers = { readonly kind: 'too-many-answers' };

const isByFamily = ({ by }: CaseEvent): boolean => by.kind === 'family';

/**
 * A relative says that they have seen it, or what they do about it. Stops nothing and silences nobody. Refused when the
 * timeline holds {@link mostFamilyAnswers} already.
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
