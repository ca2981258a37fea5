import * as fc from 'fast-check';

/** Any character of Unicode. As fast-check's own unit `binary`, which takes a second and a half to get ready. */
export const anyCodePoint = fc
  .oneof(fc.integer({ min: 0, max: 0xd7ff }), fc.integer({ min: 0xe000, max: 0x10_ffff }))
  .map((point) => String.fromCodePoint(point));
