import { type Alert, alertSchema } from '../../shared/domain/case/alert.ts';
import { type CaseEvent, caseEventSchema } from '../../shared/domain/case/case-event.ts';
import type { Case, CaseStore } from '../../shared/domain/case/case.ts';
import type { Family } from '../../shared/domain/family/family.ts';
import { readAs } from '../../shared/domain/shape.ts';

/** As the table gives it back. */
const stored = (value: object): unknown => JSON.parse(JSON.stringify(value));

/** One case in memory, with the revision's rule; `test/unit/case-adapters.test.ts` holds it to what the adapter does. */
export const fakeCaseStore = (alert: Alert, family: Family, events: readonly CaseEvent[] = []) => {
  let current: Case = { alert, family, events };
  /** Runs once, before the next write: how another officer gets in between. */
  let interruption: (() => void) | undefined;
  const store: Pick<CaseStore, 'read' | 'apply'> = {
    read: async (familyId, alertId) =>
      familyId === alert.familyId && alertId === alert.alertId ? structuredClone(current) : undefined,
    apply: async ({ alert: seen, set, remove = [], events: added }) => {
      const interrupt = interruption;
      interruption = undefined;
      interrupt?.();
      if (seen.revision !== current.alert.revision) return 'conflict';
      // DynamoDB refuses an update of which two document paths overlap.
      for (const name of remove) if (name in set) throw new Error(`${name} is set and removed.`);
      const kept = Object.fromEntries(
        Object.entries(current.alert).filter(([name]) => !(remove as readonly string[]).includes(name)),
      );
      const after = { ...kept, ...set, revision: (current.alert.revision ?? 0) + 1 };
      current = {
        ...current,
        alert: readAs(alertSchema, stored(after)),
        events: [...current.events, ...added.map((event) => readAs(caseEventSchema, stored(event)))],
      };
      return 'applied';
    },
  };
  return {
    store,
    current: () => current,
    /** Somebody else changes the alert before the next write. */
    interrupt: (change: Partial<Alert>) => {
      interruption = () => {
        current = {
          ...current,
          alert: { ...current.alert, ...change, revision: (current.alert.revision ?? 0) + 1 },
        };
      };
    },
  };
};
