import type { CaseEvent, CaseEventDetail } from './case-event.ts';
import { onAlert } from './case-event.ts';
import type { CaseOutcome, ChangeCaseDeps } from './change-case.ts';
import { decideOnCase } from './change-case.ts';
import { defined } from '../defined.ts';
import type { FamilyView, FamilyViews } from './family-view.ts';
import { mostFamilyAnswers } from '../limits.ts';
import type { Link } from './links.ts';

export type FamilyAction =
  | { readonly action: 'seen'; readonly name: string }
  | { readonly action: 'on-it'; readonly name: string; readonly task?: string };

type TooManyAnswers = { readonly kind: 'too-many-answers' };

const isByFamily = ({ by }: CaseEvent): boolean => by.kind === 'family';

const detailOf = (action: FamilyAction): CaseEventDetail =>
  action.action === 'seen'
    ? { type: 'family.seen.v1', name: action.name }
    : { type: 'family.on-it.v1', name: action.name, ...defined({ task: action.task }) };

/** The same of an alert that was cancelled, with either PIN: of the case nothing is read, however long it goes on in secret (G7). */
export const answerCancelled = async (
  deps: Pick<ChangeCaseDeps, 'now' | 'newId'> & { readonly familyViews: FamilyViews },
  view: FamilyView,
  action: FamilyAction,
): Promise<'done' | 'refused'> => {
  const now = deps.now();
  return deps.familyViews.answer(view, {
    ...onAlert(view.alert, now),
    eventId: `${now.toISOString()}.${deps.newId()}`,
    by: { kind: 'family', name: action.name },
    deliveries: {},
    ...detailOf(action),
  });
};

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
  return decideOnCase<TooManyAnswers>(deps, link, { kind: 'family', name }, ({ events }) =>
    events.filter(isByFamily).length < mostFamilyAnswers
      ? { set: {}, detail: detailOf(action), deliveries: {} }
      : { kind: 'too-many-answers' },
  );
};
