/** The family of offices' drills, which is nobody's: it has neither contacts nor phones, and every such drill is its own. */
export const drillFamilyId = '00000000-0000-4000-8000-00000000d411';
