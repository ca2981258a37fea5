import type { Family } from './family.ts';

/** What phones, family messages and the family's page go by: differs from what holds once the duress PIN changed it. */
export const shownFamily = <Shown extends Family>(family: Shown): Shown => ({ ...family, ...family.shown });
