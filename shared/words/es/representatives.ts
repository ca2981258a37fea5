import type { Matter, OfferState, RepresentativeAction } from '../../domain/vocabulary.ts';

const matters: Readonly<Record<Matter, string>> = {
  immigration: 'Migración',
  criminal: 'Penal',
  family: 'Familiar',
  labor: 'Laboral',
};

/** What became of an offer, as officers read it. */
const states: Readonly<Record<OfferState, string>> = {
  offered: 'sin respuesta todavía',
  lapsed: 'no contestó en 15 minutos; todavía puede aceptar',
  declined: 'no puede tomarlo',
  accepted: 'aceptó',
  contacted: 'aceptó y ya habló con la persona o su familia',
  done: 'terminó su parte',
  ended: 'ya no hace falta',
};

const actions: Readonly<Record<RepresentativeAction, { title: string; button: string; hint: string; done: string }>> = {
  accept: {
    title: '¿Puede tomarlo?',
    button: 'Acepto el caso',
    hint: 'Al aceptar verá el nombre, el lugar y a quién llamar. La familia recibirá su nombre y su teléfono.',
    done: 'El caso es suyo. La familia recibe su nombre y su teléfono.',
  },
  decline: {
    title: 'No puedo tomarlo',
    button: 'No puedo tomarlo',
    hint: 'El consulado preguntará a otra persona. La familia no se entera.',
    done: 'Gracias por contestar. Se preguntará a otra persona.',
  },
  contacted: {
    title: 'Ya hablé con la persona o con su familia',
    button: 'Ya hubo contacto',
    hint: 'Lo verá el consulado.',
    done: 'Quedó escrito que ya hubo contacto.',
  },
  note: {
    title: 'Escribir una nota',
    button: 'Guardar la nota',
    hint: 'La leen las oficinas que llevan el caso y la Cancillería. La familia no la ve.',
    done: 'La nota quedó guardada.',
  },
  done: {
    title: 'Terminé mi parte',
    button: 'Terminé mi parte',
    hint: 'El consulado recibe un aviso. Esta página se puede leer todavía.',
    done: 'Gracias. El consulado recibe el aviso.',
  },
};

export const representatives = {
  matters,
  states,
  /** To the representative alone. `{link}`. No name, no place: the text may be read by others. */
  offer: {
    subject: 'Le ofrecen un caso: conteste en 15 minutos',
    default: 'Le ofrecen un caso del Boton de Alerta.',
    sms: 'Botón de Alerta: el consulado le ofrece un caso. Vea si puede tomarlo y conteste en 15 minutos: {link}',
    email: {
      what: 'El consulado le ofrece un caso. En esta página ve de qué se trata y contesta si puede tomarlo:',
      time: 'Si no contesta en 15 minutos se pregunta también a otra persona. El primero que acepta se queda con el caso.',
      care: 'El enlace es solo para usted: no lo reenvíe. Si no espera este mensaje, avise al consulado que le incluyó en su lista.',
    },
  },
  page: {
    title: 'Un caso para usted',
    yours: 'Su caso',
    what: {
      title: 'De qué se trata',
      place: 'Zona',
      noPlace: 'No se sabe todavía',
      matter: 'Materia',
      language: 'Idioma de la persona',
      since: 'Desde la alerta',
      office: 'Oficina que lo ofrece',
    },
    offered: 'Le ofrecen este caso. El primero que acepta se queda con él.',
    /** The offer is over. */
    over: {
      declined: 'Usted contestó que no puede tomarlo. Gracias.',
      ended: 'Otra persona tiene el caso, o el consulado ya no lo busca. No tiene que hacer nada.',
      done: 'Usted terminó su parte. Gracias.',
      closed: 'El caso está cerrado. No tiene que hacer nada.',
    },
    /** `{time}`. */
    closed: 'El caso se cerró el {time}. Puede leer esta página 30 días más.',
    person: {
      title: 'La persona',
      name: 'Nombre',
      facility: 'Dónde está',
      noFacility: 'Todavía no se sabe. Pregunte al consulado.',
      state: 'Estado del caso',
      speaks: 'Idioma que habla mejor',
    },
    officer: { title: 'El consulado', name: 'Lleva el caso', folio: 'Diga el folio {folio}' },
    contact: {
      title: 'A quién puede llamar',
      /** `{name}`. */
      call: 'Llamar a {name}',
      none: 'El consulado todavía no eligió a quién de la familia puede usted llamar. La familia tiene su teléfono, y puede llamarle.',
      noneForced: 'No hay contacto de confianza con teléfono. No llame a nadie de la familia: hable con el consulado.',
      onlyMail: 'Tiene solo correo: {endpoint}',
    },
    forced: {
      title: 'BAJO COACCIÓN: NO LLAME A NADIE MÁS',
      what: 'Obligan a la persona a decir que está bien. Al teléfono, a la familia y a los demás contactos se les dijo que la alerta se canceló.',
      call: 'Hable solo con el contacto de confianza, a solas y de viva voz, y con el consulado. No deje recado. No escriba.',
    },
    actions,
    fields: { reason: 'Por qué', note: 'Nota', text: 'Nota' },
    refused: {
      title: 'No se guardó',
      'already-taken': 'Otra persona ya tiene el caso. Gracias: no tiene que hacer nada.',
      busy: 'Otra persona está cambiando el caso en este momento. Intente otra vez.',
      other: 'El caso ya no lo permite.',
    },
    notes: 'Lo que usted escribió',
    noMoney: 'Este servicio no cobra ni paga. La familia leyó que no pague por teléfono.',
  },
  /** On the page of the officer. */
  officer: {
    offers: 'A quién se ofreció',
    /** A time follows. */
    asked: 'preguntado',
    searching: 'Se busca representante: si nadie contesta en 15 minutos se pregunta también a la siguiente persona.',
    /** `{time}`. */
    waiting: 'Nadie está en su horario. Se preguntará el {time}. Si urge, ofrézcalo otra vez y marque “Es urgente”.',
    unanswered: 'NADIE LO HA TOMADO: llame usted por teléfono a un representante.',
    wish: 'La persona pidió abogado. Se busca solo cuando alguien toma el caso y la oficina tiene una lista.',
    /** `{contact}`. */
    shared: 'El representante puede llamar a {contact}.',
    next: 'A quien le toque',
    rosters: { own: 'De su oficina', ministry: 'De la Cancillería' },
    /** `{name}`, `{languages}`, `{cases}`, `{capacity}`. */
    option: '{name} ({languages}; {cases} de {capacity} casos)',
    nobody: 'No hay nadie en la lista de esta oficina ni en la de la Cancillería.',
    fields: {
      representativeId: 'A quién',
      matter: 'Materia',
      urgent: 'Es urgente: preguntar a cualquier hora',
      contactId: 'Contacto que aceptó que le llamen',
      chooseContact: 'Elija un contacto',
    },
  },
  /** For the family, once somebody has the case. Sources: docs/rights.md. */
  papers: {
    title: 'Papeles que conviene reunir',
    list: {
      'a-number': 'el número A (nueve cifras) y todo papel de migración o de la corte, también de antes',
      identity: 'pasaporte, acta de nacimiento o matrícula consular',
      family: 'actas de nacimiento o de matrimonio, y papeles de los familiares que son ciudadanos o residentes',
      home: 'comprobantes de domicilio y de los años que lleva en Estados Unidos',
      work: 'comprobantes de trabajo y declaraciones de impuestos',
      court: 'resoluciones de la corte, si alguna vez le arrestaron',
      health: 'recetas y papeles médicos',
    },
    hint: 'Dé copias y guarde los originales. No los mande al teléfono de la persona detenida.',
  },
};
