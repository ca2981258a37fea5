/** Somebody to call. */
export type Line = { readonly name: string; readonly phone: string };

/** What the shell says of this deployment. */
export type Settings = {
  readonly desk?: Line;
  readonly legalHelp?: Line;
  readonly asksForCode: boolean;
};

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

const lineIn = (value: unknown): Line | undefined => {
  const { name, phone } = isRecord(value) ? value : {};
  return typeof name === 'string' && typeof phone === 'string' ? { name, phone } : undefined;
};

export const readSettings = (): Settings => {
  const content = document.querySelector<HTMLMetaElement>('meta[name=settings]')?.content ?? '';
  let read: unknown;
  try {
    read = JSON.parse(content);
  } catch {
    // Opened without the server that fills it in: the app then gives no phone.
  }
  const values = isRecord(read) ? read : {};
  const desk = lineIn(values['desk']);
  const legalHelp = lineIn(values['legalHelp']);
  return { ...(desk && { desk }), ...(legalHelp && { legalHelp }), asksForCode: values['asksForCode'] === true };
};
