/**
 * The digest that an office gets in place of many mails at once: `{count}` cases, `{names}` of the first of them, and
 * `{more}` whose names do not fit.
 */
export const officersDigest = {
  count: { one: '1 caso', other: '{count} casos' },
  /** Follows the number, where somebody is forced. */
  forced: ', {forced} BAJO COACCIÓN',
  names: '{names} y {more} más',
  /** `alarm`: nobody has taken one of them, or somebody is forced. `news`: neither. In an SMS a link follows. */
  opening: {
    alarm: 'ALERTAS, {count}: {names}',
    news: 'Novedades, {count}: {names}',
    drill: 'SIMULACRO, {count}: {names}',
  },
  list: 'LISTA DE SU OFICINA, para tomarlos:\n{link}',
  together: {
    one: '1 caso con algo nuevo.',
    other: '{count} casos con algo nuevo. Llegaron a la vez, así que van en un solo correo.',
  },
  drill: 'SIMULACRO. Es un ensayo, no hay ninguna detención.',
  sections: {
    forced: 'BAJO COACCIÓN: NO LLAMEN A LA PERSONA NI LE ESCRIBAN',
    untaken: 'NADIE LOS HA TOMADO',
    others: 'LOS DEMÁS',
  },
  /** Another office than the nearest is responsible. */
  twoOffices: '{place} (circunscripción: {responsible}; más cerca: {nearest})',
  /** `{happened}`: each with its time. */
  line: '{number}. {name} | {happened} | {place} | folio {folio}\n   {link}',
  happened: '{at} {what}',
  near: '{office}, a {distance}',
  end: 'Los sistemas conectados a su oficina recibieron cada aviso por separado y en el momento.',
} as const;
