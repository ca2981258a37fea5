import type { MindingSettings } from '../../shared/domain/case/minding.ts';

const minute = 60_000;

/** The settings by default, at an office in Los Angeles. */
export const usualMinding: MindingSettings = {
  nextOfficeMs: 5 * minute,
  ministryMs: 10 * minute,
  retentionMs: 30 * 24 * 60 * minute,
  attentionMs: (state) => (state === 'acknowledged' ? 60 : state === 'locating' ? 480 : 1440) * minute,
  timeZoneOf: () => 'America/Los_Angeles',
};
