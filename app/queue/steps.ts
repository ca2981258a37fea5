import { type CheckInAnswer, type Press, type QueueRecord, withChange } from './record.ts';

/** One request that is due. */
export type Step =
  | { readonly kind: 'press'; readonly press: Press }
  | { readonly kind: 'track'; readonly press: Press }
  | { readonly kind: 'cancel'; readonly press: Press; readonly pin: string }
  | { readonly kind: 'answer'; readonly answer: CheckInAnswer; readonly pin: string };

/** What came of a request. */
export type Answer =
  | { readonly kind: 'answered'; readonly status: number; readonly body: unknown }
  /** No answer. `left`: the request may have left the phone. */
  | { readonly kind: 'lost'; readonly left: boolean };

/** What the person hears of a cancel or of an answer to a check-in. */
export type Outcome = 'done' | 'wrong-pin' | 'missed' | 'gone';

/** Points in one request: the API takes 100. */
const batch = 100;

/** Names a step among those that were tried in vain. */
export const keyOf = (step: Step): string =>
  step.kind === 'answer' ? `answer ${step.answer.checkInId}` : `${step.kind} ${step.press.alertId}`;

const stepsOf = (record: QueueRecord, pins: ReadonlyMap<string, string>): Step[] => {
  const steps: Step[] = [];
  const unsent = record.presses.filter(({ sent }) => sent === 'no' || sent === 'maybe');
  for (const press of unsent.filter(({ drill }) => !drill)) steps.push({ kind: 'press', press });
  for (const press of unsent.filter(({ drill }) => drill)) steps.push({ kind: 'press', press });
  const sent = record.presses.filter((press) => press.sent === 'yes');
  for (const press of sent) if (press.track.length > 0) steps.push({ kind: 'track', press });
  for (const press of sent) {
    const pin = pins.get(press.alertId);
    if (press.cancelling === true && pin !== undefined) steps.push({ kind: 'cancel', press, pin });
  }
  for (const answer of record.answers) {
    const pin = pins.get(answer.checkInId);
    if (pin !== undefined) steps.push({ kind: 'answer', answer, pin });
  }
  return steps;
};

/**
 * What to send now: real presses first, then drills, then where the phone went, then what needs a PIN that was typed
 * since the app was opened.
 * @param tried steps that failed in this round: they wait for the next one and hold up nothing of others
 */
export const nextStep = (
  record: QueueRecord,
  pins: ReadonlyMap<string, string>,
  tried: ReadonlySet<string>,
): Step | undefined => stepsOf(record, pins).find((step) => !tried.has(keyOf(step)));

type Json = Readonly<Record<string, unknown>>;

/** The request of a step. */
export const requestOf = (step: Step): { readonly path: string; readonly body: Json } => {
  switch (step.kind) {
    case 'press': {
      const { alertId, drill, pressedAt, position, battery } = step.press;
      return {
        path: '/v1/alerts',
        body: {
          alertId,
          pressedAt,
          ...(drill && { drill }),
          ...(position && { position }),
          ...(battery !== undefined && { battery }),
        },
      };
    }
    case 'track':
      return {
        path: `/v1/alerts/${step.press.alertId}/positions`,
        body: { positions: step.press.track.slice(0, batch) },
      };
    case 'cancel':
      return { path: `/v1/alerts/${step.press.alertId}/cancel`, body: { pin: step.pin } };
    case 'answer': {
      const { checkInId, action, saidAt } = step.answer;
      return {
        path: `/v1/check-ins/${checkInId}/${action}`,
        body: { pin: step.pin, ...(action === 'ok' && { saidAt }) },
      };
    }
  }
};

const isJson = (value: unknown): value is Json => typeof value === 'object' && value !== null;

/** Only the service's own answer counts: what a hotel's network puts in its place names no alert. */
const isReceipt = (body: unknown, alertId: string): boolean => isJson(body) && body['alertId'] === alertId;

/** Answers after which the same request may still succeed. */
const isTemporary = (status: number): boolean => status === 408 || status === 429 || status >= 500 || status < 400;

type Applied = {
  readonly record: QueueRecord;
  /** It is not done: try it again in the next round. */
  readonly again: boolean;
  readonly outcome?: Outcome;
};

const pressApplied = (record: QueueRecord, press: Press, answer: Answer): Applied => {
  const become = (change: Partial<Press>, again = false): Applied => ({
    record: withChange(record, press.alertId, (now) => (now.sent === 'yes' ? now : { ...now, ...change })),
    again,
  });
  if (answer.kind === 'lost') return become({ sent: answer.left ? 'maybe' : press.sent }, true);
  const { status, body } = answer;
  if ((status === 200 || status === 202) && isReceipt(body, press.alertId)) return become({ sent: 'yes' });
  if (status === 401) return become({ sent: 'refused', refusal: 'unknown-phone' });
  // Three a day are enough to practise, and the answer will not change: it is never sent again.
  if (status === 429 && press.drill) return become({ sent: 'refused', refusal: 'drills-used-up' });
  // The gateway turned it away before anything was stored.
  return become({ sent: status === 429 ? press.sent : 'maybe' }, true);
};

const trackApplied = (record: QueueRecord, press: Press, answer: Answer): Applied => {
  if (answer.kind === 'lost' || (answer.status !== 202 && isTemporary(answer.status))) return { record, again: true };
  const gone = new Set(press.track.slice(0, batch).map((position) => JSON.stringify(position)));
  const keep = (now: Press): Press => ({
    ...now,
    // Points that cannot be read, and those of an alert that is not known, would be refused for ever.
    track:
      answer.status === 202 || answer.status === 400 ? now.track.filter((each) => !gone.has(JSON.stringify(each))) : [],
  });
  return { record: withChange(record, press.alertId, keep), again: false };
};

const outcomeOf = (status: number): Outcome => {
  if (status === 200) return 'done';
  if (status === 409) return 'missed';
  return status === 403 || status === 400 ? 'wrong-pin' : 'gone';
};

const pinApplied = (answer: Answer, record: QueueRecord, after: (outcome: Outcome) => QueueRecord): Applied => {
  if (answer.kind === 'lost' || (answer.status !== 200 && isTemporary(answer.status))) return { record, again: true };
  const outcome = outcomeOf(answer.status);
  return { record: after(outcome), again: false, outcome };
};

/**
 * The record after an answer.
 * @param step as it was before its request was made
 */
export const applyAnswer = (record: QueueRecord, step: Step, answer: Answer): Applied => {
  switch (step.kind) {
    case 'press':
      return pressApplied(record, step.press, answer);
    case 'track':
      return trackApplied(record, step.press, answer);
    case 'cancel':
      return pinApplied(answer, record, (outcome) =>
        withChange(record, step.press.alertId, ({ cancelling: _done, ...press }) =>
          outcome === 'done' || outcome === 'missed' ? { ...press, closed: true } : press,
        ),
      );
    case 'answer':
      return pinApplied(answer, record, () => ({
        ...record,
        answers: record.answers.filter(({ checkInId }) => checkInId !== step.answer.checkInId),
      }));
  }
};
