import * as fc from 'fast-check';

/** Names as SMS meet them most, and at their longest. */
export const names = {
  ordinary: 'Ana López García',
  long: 'María Guadalupe de los Ángeles Hernández Rodríguez',
} as const;

/** Any name that the contract allows (letters, marks, digits, spaces, `.'-`, at most 80 characters), and worse ones. */
export const anyName = fc.oneof(
  fc
    .string({ unit: fc.constantFrom(...Array.from("abcñÑáÁéüzMGłøß李д .'-9")), minLength: 1, maxLength: 80 })
    .filter((name) => name.trim() !== ''),
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 80 }),
  fc
    .array(fc.constantFrom('María', 'de', 'la', 'Luz', 'Hernández', 'Xóchitl', 'Núñez', 'O’Higgins'), {
      minLength: 1,
      maxLength: 9,
    })
    .map((words) => words.join(' ')),
);
