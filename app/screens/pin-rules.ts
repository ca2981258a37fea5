/** In the digits of any script: the service reads them all. */
export const isPin = (text: string): boolean => /^\p{Nd}{4,12}$/u.test(text);
