export const isPin = (text: string): boolean => /^\d{4,12}$/.test(text);
