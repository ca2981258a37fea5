/** A point as the API takes it. */
export type Position = {
  readonly latitude: number;
  readonly longitude: number;
  readonly accuracyMeters?: number;
  readonly measuredAt?: string;
};

/** What a person has done that the service must come to know: made and stored before anything is sent. */
export type Press = {
  /** The same however often it is sent: the service makes one alert of it. */
  readonly alertId: string;
  readonly drill: boolean;
  readonly pressedAt: string;
  readonly position?: Position;
  readonly battery?: number;
  /**
   * `no`: nothing has left the phone. `maybe`: a request may have arrived, and no answer came. `yes`: the service
   * answered that it has it. `refused`: it never will, so it is not sent again.
   */
  readonly sent: 'no' | 'maybe' | 'yes' | 'refused';
  /** Why it was refused: no more drills today, or a phone whose token is not known any more. */
  readonly refusal?: 'drills-used-up' | 'unknown-phone';
  /** Where the phone went since, oldest first, as far as it is not sent. */
  readonly track: readonly Position[];
  /** The person wants it cancelled. The PIN is never here. */
  readonly cancelling?: boolean;
  /** The phone's part is over: cancelled, or closed by somebody. */
  readonly closed?: boolean;
};

/** “I am OK” or “no longer needed” for a check-in, said at a moment that counts even if it is sent later. */
export type CheckInAnswer = {
  readonly checkInId: string;
  readonly action: 'ok' | 'end';
  readonly saidAt: string;
};

/** All that waits, in the order in which it happened. */
export type QueueRecord = {
  readonly presses: readonly Press[];
  readonly answers: readonly CheckInAnswer[];
};

export const emptyQueue: QueueRecord = { presses: [], answers: [] };

/** Most points that wait for the network; every second of the older ones goes when there are more. */
export const longestTrack = 200;

/** Presses that are kept once nothing is left to send. */
const longestHistory = 3;

const isOver = ({ drill, sent, track, cancelling, closed }: Press): boolean =>
  sent === 'refused' || (sent === 'yes' && (drill || closed === true) && track.length === 0 && cancelling !== true);

/** The record with one more press. The oldest that are over go. */
export const withPress = (record: QueueRecord, press: Press): QueueRecord => {
  const over = record.presses.filter(isOver);
  const gone = new Set(over.slice(0, Math.max(0, over.length - longestHistory + 1)));
  return { ...record, presses: [...record.presses.filter((each) => !gone.has(each)), press] };
};

/** The record with another state of one press; as it was if there is no such press. */
export const withChange = (record: QueueRecord, alertId: string, change: (press: Press) => Press): QueueRecord => ({
  ...record,
  presses: record.presses.map((press) => (press.alertId === alertId ? change(press) : press)),
});

/** The record with an alert that the service has already; as it was if this phone knows it. */
export const withAdopted = (record: QueueRecord, press: Pick<Press, 'alertId' | 'drill' | 'pressedAt'>): QueueRecord =>
  record.presses.some(({ alertId }) => alertId === press.alertId)
    ? record
    : withPress(record, { ...press, sent: 'yes', track: [] });

/** The record of a phone that is known again: what was refused for that is due again. */
export const withRevived = (record: QueueRecord): QueueRecord => ({
  ...record,
  presses: record.presses.map((press) => {
    if (press.refusal !== 'unknown-phone') return press;
    const { refusal: _gone, ...rest } = press;
    return { ...rest, sent: 'maybe' };
  }),
});

/** One more point of the track. When there are too many, every second one of the older half goes. */
export const withPosition = (press: Press, position: Position): Press => {
  const track = [...press.track, position];
  if (track.length <= longestTrack) return { ...press, track };
  const half = Math.floor(track.length / 2);
  return { ...press, track: track.filter((_, index) => index >= half || index % 2 === 0) };
};

/** An answer replaces an earlier one to the same check-in, which keeps the time at which it was first said. */
export const withAnswer = (record: QueueRecord, answer: CheckInAnswer): QueueRecord => {
  const earlier = record.answers.find(({ checkInId }) => checkInId === answer.checkInId);
  const saidAt = earlier?.action === answer.action ? earlier.saidAt : answer.saidAt;
  const others = record.answers.filter((each) => each !== earlier);
  return { ...record, answers: [...others, { ...answer, saidAt }] };
};

/** The three words for a press, each true at every instant. */
export type Word = 'saved' | 'sending' | 'received' | 'refused';

/**
 * Received only once the service has said so. A press that may have arrived is never called “not sent”: it is still
 * being sent until an answer comes.
 * @param underWay the press whose request is under way
 */
export const wordFor = ({ alertId, sent }: Press, underWay: string | undefined): Word => {
  if (sent === 'yes') return 'received';
  if (sent === 'refused') return 'refused';
  return sent === 'maybe' || underWay === alertId ? 'sending' : 'saved';
};

/** The latest press that fits. (`findLast` came after Chromium 90.) */
export const latestPress = ({ presses }: QueueRecord, fits: (press: Press) => boolean): Press | undefined =>
  presses.reduce<Press | undefined>((latest, press) => (fits(press) ? press : latest), undefined);
