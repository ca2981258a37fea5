import { officerActionInput, officerActionRequests, officerCaseResponse } from '../../shared/contracts/cases.ts';
import type { Alert } from '../../shared/domain/case/alert.ts';
import type { OfficerAction } from '../../shared/domain/case/act-on-case.ts';
import type { Case, CaseOutcome } from '../../shared/domain/case/change-case.ts';
import { actOnCase } from '../../shared/domain/case/act-on-case.ts';
import type { Link } from '../../shared/domain/case/links.ts';
import type { TrackPoint } from '../../shared/domain/position.ts';
import { metricNames } from '../../shared/names.ts';
import { htmlText } from '../../shared/pages/html.ts';
import { officerCase } from '../../shared/pages/case-for-officer.ts';
import type { OfficerPageOptions } from '../../shared/pages/officer-page.ts';
import { officerPage } from '../../shared/pages/officer-page.ts';
import type { Attempt } from '../../shared/pages/page-context.ts';
import type { HttpRequest } from '../../shared/runtime/http.ts';
import type { PageAnswer } from '../../shared/runtime/page.ts';
import { wantsJson } from '../../shared/runtime/page.ts';
import type { FieldError } from '../../shared/runtime/problem.ts';
import { HttpProblem, invalidRequest } from '../../shared/runtime/problem.ts';
import { attemptOf, readAction } from './fields.ts';
import { officersLanguage } from '../../shared/words/catalogues.ts';
import type { ServeCaseDeps } from './opened.ts';
import {
  contextOf,
  findLink,
  noSuchLink,
  noteOpened,
  officeOfLink,
  queryOf,
  readForOfficer,
  withNamedCase,
} from './opened.ts';

/** Positions of the phone on a page. */
const trackLength = 50;

type Opened = {
  readonly link: Link;
  readonly ref?: string;
  readonly found: Case;
  readonly track: readonly TrackPoint[];
};

const open = async (deps: ServeCaseDeps, request: HttpRequest): Promise<Opened> => {
  const own = await findLink(deps, request, ({ kind }) => kind !== 'family');
  const { link, ref } = withNamedCase(request, own);
  const [found, track] = await Promise.all([readForOfficer(deps, link), deps.track.newest(link, trackLength)]);
  return { link, ...(ref !== undefined && { ref }), found, track };
};

const idsOf = ({ link, found: { alert } }: Opened) => ({
  familyId: alert.familyId,
  alertId: alert.alertId,
  officeId: officeOfLink(link),
});

const contextFor = (deps: ServeCaseDeps, request: HttpRequest, { ref, found }: Opened, attempt?: Attempt) =>
  contextOf(
    deps,
    request,
    { kind: 'c', ref },
    { language: officersLanguage, officeId: found.alert.consulate?.id },
    attempt,
  );

const jsonOf = (deps: ServeCaseDeps, { found, track, link }: Opened): PageAnswer => ({
  kind: 'json',
  status: 200,
  body: officerCaseResponse.parse(officerCase(found, track, deps, link.recipient)),
});

const pageOf = (
  deps: ServeCaseDeps,
  request: HttpRequest,
  opened: Opened,
  status: number,
  more: { readonly attempt?: Attempt; readonly refused?: OfficerPageOptions['refused'] } = {},
): PageAnswer => {
  const options = {
    officeId: officeOfLink(opened.link),
    openConsulates: deps.openConsulates,
    before: queryOf(request, 'before'),
    refused: more.refused,
  };
  const context = contextFor(deps, request, opened, more.attempt);
  return {
    kind: 'page',
    status,
    html: htmlText(officerPage(context, officerCase(opened.found, opened.track, deps, opened.link.recipient), options)),
  };
};

/** `GET /c/{token}`. Changes nothing of the case, because mail scanners follow links. */
export const showCase = async (deps: ServeCaseDeps, request: HttpRequest): Promise<PageAnswer> => {
  const opened = await open(deps, request);
  await noteOpened(deps, request, opened.found.alert);
  request.log.info('case.viewed', idsOf(opened));
  return wantsJson(request) ? jsonOf(deps, opened) : pageOf(deps, request, opened, 200);
};

const secondsSince = (alert: Alert, now: Date): number => (now.getTime() - Date.parse(alert.raisedAt)) / 1000;

const record = (deps: ServeCaseDeps, { log }: HttpRequest, opened: Opened, { action }: OfficerAction): void => {
  const { alert } = opened.found;
  log.info('case.changed', { ...idsOf(opened), action });
  if (alert.drill) return;
  const seconds = secondsSince(alert, deps.now());
  if (action === 'acknowledge') log.measure(metricNames.secondsToAcknowledgement, seconds, idsOf(opened));
  if (action === 'representative' && !alert.representative) {
    log.measure(metricNames.secondsToRepresentative, seconds, idsOf(opened));
  }
};

/** The answer to an action that the state does not allow. */
const conflict = ({ state, reason }: Extract<CaseOutcome, { kind: 'refused' }>, action: string): HttpProblem => {
  const why = {
    'action-not-allowed': `it does not allow ${action}.`,
    'not-in-charge': 'another office is in charge of it.',
    'state-not-reachable': 'that state cannot follow it.',
    'already-in-charge': 'that office is in charge already.',
    busy: 'somebody else is changing it; try again.',
  }[reason];
  return new HttpProblem(409, 'conflict', `The case is in the state ${state}: ${why}`);
};

/** `POST /c/{token}/{action}`. */
export const changeCase = async (deps: ServeCaseDeps, request: HttpRequest): Promise<PageAnswer> => {
  const opened = await open(deps, request);
  const name = request.event.pathParameters?.['action'] ?? '';
  if (!Object.hasOwn(officerActionRequests, name)) throw noSuchLink();
  const sent = readAction(request, officerActionInput, name);
  const isJson = wantsJson(request);
  const wrong = (errors: readonly FieldError[]): PageAnswer => {
    if (isJson) throw invalidRequest(errors);
    return pageOf(deps, request, opened, 400, { attempt: attemptOf(name, sent.values, errors) });
  };
  if (sent.kind === 'wrong') return wrong(sent.errors);

  const { action, values } = sent;
  const outcome = await actOnCase(deps, opened.link, action);
  switch (outcome.kind) {
    case 'done':
      record(deps, request, opened, action);
      if (isJson) return jsonOf(deps, { ...opened, found: outcome.case });
      return { kind: 'see-other', path: contextFor(deps, request, opened).urls.page({ done: name }) };
    case 'not-found':
      throw noSuchLink();
    case 'unknown-consulate':
      return wrong([{ path: ['consulateId'], detail: 'must be the id of an open office' }]);
    case 'refused': {
      if (isJson) throw conflict(outcome, name);
      const now = { ...opened, found: await readForOfficer(deps, opened.link) };
      const attempt = attemptOf(name, values, []);
      return pageOf(deps, request, now, 409, { attempt, refused: { action: action.action, reason: outcome.reason } });
    }
  }
};
