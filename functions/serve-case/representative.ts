import {
  type RepresentativePage,
  representativeActionInput,
  representativeActionRequests,
  representativePageResponse,
} from '../../shared/contracts/representatives.ts';
import type { Case } from '../../shared/domain/case/case.ts';
import type { CaseOutcome } from '../../shared/domain/case/change-case.ts';
import { metersToNearest } from '../../shared/domain/offices/nearest-consulates.ts';
import type { AnswerOfferDeps, RepresentativeLink } from '../../shared/domain/representatives/answer-offer.ts';
import { answerOffer, offerOf } from '../../shared/domain/representatives/answer-offer.ts';
import type { Offer } from '../../shared/domain/representatives/offer.ts';
import type { Representative } from '../../shared/domain/representatives/representative.ts';
import { type CaseRefusal, type RepresentativeAction, isLanguage } from '../../shared/domain/vocabulary.ts';
import { metricNames } from '../../shared/names.ts';
import { type RepresentativeCaseDeps, representativeCase } from '../../shared/pages/case-for-representative.ts';
import { htmlText } from '../../shared/pages/html.ts';
import type { Attempt } from '../../shared/pages/page-context.ts';
import { representativePage } from '../../shared/pages/representative-page.ts';
import type { HttpRequest } from '../../shared/runtime/http.ts';
import { type PageAnswer, wantsJson } from '../../shared/runtime/page.ts';
import { HttpProblem, invalidRequest } from '../../shared/runtime/problem.ts';
import { officersLanguage } from '../../shared/words/catalogues.ts';
import { caseTimeZone } from '../../shared/words/time-zone.ts';
import { type ServeCaseDeps, attemptOf, contextOf, findLink, noSuchLink, readAction } from './request.ts';

export type RepresentativeDeps = ServeCaseDeps & AnswerOfferDeps & RepresentativeCaseDeps;

type Opened = {
  readonly link: RepresentativeLink;
  readonly representative: Representative;
  readonly found: Case;
  readonly offer: Offer;
};

/** The link opens nothing when its reader was removed, or the case has been closed for 30 days. */
const open = async (deps: RepresentativeDeps, request: HttpRequest): Promise<Opened> => {
  const { familyId, alertId, recipient } = await findLink(deps, request, (reader) => reader.kind === 'representative');
  const [found, representative] = await Promise.all([
    deps.cases.read(familyId, alertId),
    deps.rosters.get(recipient.officeId, recipient.id),
  ]);
  const offer = found && offerOf(found.alert, recipient, deps.now());
  if (!found || !representative || !offer) throw noSuchLink();
  return { link: { familyId, alertId, recipient }, representative, found, offer };
};

const idsOf = ({ link: { familyId, alertId, recipient } }: Opened) => ({
  familyId,
  alertId,
  representativeId: recipient.id,
});

const contextFor = (
  deps: RepresentativeDeps,
  request: HttpRequest,
  { found: { alert, family }, representative }: Opened,
  attempt?: Attempt,
) => {
  const office = deps.consulateById(alert.consulate?.id ?? '');
  const timeZone = caseTimeZone(alert, family, office, metersToNearest(deps.openConsulates));
  const language = representative.languages.find(isLanguage) ?? officersLanguage;
  return contextOf(deps, request, { kind: 'l' }, { language, timeZone }, attempt);
};

const seen = (deps: RepresentativeDeps, { found, offer }: Opened): RepresentativePage =>
  representativeCase(found, offer, deps);

const pageOf = (
  deps: RepresentativeDeps,
  request: HttpRequest,
  opened: Opened,
  { status, attempt, refused }: { status: number; attempt?: Attempt; refused?: CaseRefusal },
): PageAnswer => ({
  kind: 'page',
  status,
  html: htmlText(representativePage(contextFor(deps, request, opened, attempt), seen(deps, opened), refused)),
});

const jsonOf = (deps: RepresentativeDeps, opened: Opened): PageAnswer => ({
  kind: 'json',
  status: 200,
  body: representativePageResponse.parse(seen(deps, opened)),
});

/** `GET /l/{token}`. Changes nothing: mail scanners follow links. */
export const showOffer = async (deps: RepresentativeDeps, request: HttpRequest): Promise<PageAnswer> => {
  const opened = await open(deps, request);
  request.log.info('offer.viewed', idsOf(opened));
  return wantsJson(request) ? jsonOf(deps, opened) : pageOf(deps, request, opened, { status: 200 });
};

/** Logs the answer and, of the first who accepts, the time since the press. */
const record = (deps: RepresentativeDeps, request: HttpRequest, opened: Opened, action: RepresentativeAction): void => {
  request.log.info('offer.answered', { ...idsOf(opened), action });
  const { representative, raisedAt, consulate } = opened.found.alert;
  if (action !== 'accept' || representative) return;
  const seconds = (deps.now().getTime() - Date.parse(raisedAt)) / 1000;
  const { familyId, alertId } = opened.link;
  request.log.measure(metricNames.secondsToRepresentative, seconds, {
    familyId,
    alertId,
    officeId: consulate?.id ?? 'ministry',
  });
};

const refuse = async (
  deps: RepresentativeDeps,
  request: HttpRequest,
  attempt: Attempt,
  { reason }: Extract<CaseOutcome, { kind: 'refused' }>,
): Promise<PageAnswer> => {
  const detail = {
    'already-taken': 'Somebody else has accepted the case.',
    busy: 'Somebody else is changing the case; try again.',
  };
  if (wantsJson(request)) {
    const why = reason === 'already-taken' || reason === 'busy' ? detail[reason] : 'The offer does not allow it now.';
    throw new HttpProblem(409, 'conflict', why, { reason });
  }
  // As the case is by now: somebody else has changed it.
  return pageOf(deps, request, await open(deps, request), { status: 409, attempt, refused: reason });
};

/** `POST /l/{token}/{action}`. */
export const postOffer = async (deps: RepresentativeDeps, request: HttpRequest): Promise<PageAnswer> => {
  const opened = await open(deps, request);
  const sent = readAction(request, representativeActionRequests, representativeActionInput);
  if (sent.kind === 'wrong') {
    if (wantsJson(request)) throw invalidRequest(sent.errors);
    return pageOf(deps, request, opened, { status: 400, attempt: attemptOf(sent.name, sent, sent.errors) });
  }
  const outcome = await answerOffer(deps, opened.link, sent.action);
  switch (outcome.kind) {
    case 'done':
      record(deps, request, opened, sent.action.action);
      return wantsJson(request)
        ? jsonOf(deps, await open(deps, request))
        : { kind: 'see-other', path: contextFor(deps, request, opened).urls.page({ done: sent.name }) };
    case 'refused':
      return refuse(deps, request, attemptOf(sent.name, sent), outcome);
    case 'not-found':
    case 'unknown-consulate':
      throw noSuchLink();
  }
};
