import type { CaseEventType } from '../../domain/vocabulary.ts';

/**
 * What is said of an event, by its type. `happened`: in one line, on pages and in histories; begins with a capital and has
 * no full stop. `family`: what the family is sent, if it is told; the values are those of {@link UpdateTexts}.
 */
export const events = {
  /** `button`: somebody pressed. */
  'alert.raised.v1': {
    happened: {
      button: 'Se activó el Botón de Alerta',
      'missed-check-in': 'No llegó el OK prometido. La alerta salió sin que nadie activara el botón',
      'said-taken': 'Un contacto avisó que se llevaron a la persona. Nadie activó el botón',
      'duress-check-in': 'Dio el PIN de coacción al decir que está bien',
      'duress-change': 'Dio el PIN de coacción al cambiar ajustes',
      'duress-drill': 'Dio el PIN de coacción en un simulacro',
    },
  },
  /** `{office}`. */
  'alert.escalated.v1': {
    happened: {
      'office-unreachable': 'El aviso no se pudo entregar. Pasa a {office}',
      'not-acknowledged': 'Nadie confirmó a tiempo. Se avisa a {office}',
      'hand-over-unanswered': 'Nadie tomó la entrega a tiempo. Pasa a {office}',
    },
    family: {
      'office-unreachable': {
        subject: 'ahora se avisa {toldOffice}',
        sms: 'el aviso no se pudo entregar; ahora se avisa {toldOffice}, aún sin confirmar.',
        email:
          'OTRA OFICINA\nEl aviso sobre {name} no se pudo entregar en la oficina anterior. Ahora se está avisando {toldOffice}: {at}. Nadie ahí ha confirmado todavía que lo vio.',
      },
      'not-acknowledged': {
        subject: 'nadie ha confirmado; ahora se avisa {toldOffice}',
        sms: 'nadie ha confirmado el caso, {at}; ahora se avisa también {toldOffice}.',
        email:
          'NADIE HA CONFIRMADO TODAVÍA\nNadie ha confirmado el caso de {name}. Por eso ahora se está avisando también {toldOffice}: {at}. Las oficinas avisadas antes siguen recibiendo avisos.',
      },
      'hand-over-unanswered': {
        subject: 'ahora lleva el caso {office}',
        sms: 'la oficina a la que se pasaba el caso no contestó; ahora lo lleva {office}, {at}.',
        email:
          'OTRA OFICINA\nEl caso de {name} se pasaba a otra oficina, y nadie ahí contestó. Ahora lo lleva {office}: {at}. Todavía no se confirma que alguien ahí lo haya leído.',
      },
      toMinistry: {
        subject: 'nadie ha confirmado el caso',
        sms: 'nadie ha confirmado el caso, {at}. Seguimos avisando, también a la Cancillería.',
        email:
          'NADIE HA CONFIRMADO TODAVÍA\nNadie ha confirmado el caso de {name}: {at}. Ahora está a cargo la Cancillería de México. Todas las oficinas avisadas siguen recibiendo avisos.',
      },
      stepsAfterHandOver: [
        'Llame al {phone}, diga que es familiar de {name}, y pregunte quién atiende el caso y qué necesitan de usted.',
        'Conteste también los números que no conozca: pueden llamarle de la nueva oficina.',
      ],
      steps: [
        'Llame usted al {phone}, diga que es familiar de {name} y que nadie ha confirmado su alerta.',
        'Busque un abogado de inmigración; no espere a que contesten.',
        'Conteste también los números que no conozca: pueden llamarle del consulado.',
      ],
    },
  },
  'alert.pressed-again.v1': {
    happened: 'Volvió a activar su botón',
    family: {
      subject: 'volvio a activar su boton, {at}',
      sms: 'activó otra vez su botón, {at}.',
      email: 'ACTIVÓ OTRA VEZ SU BOTÓN\n{name} volvió a activar su Botón de Alerta: {at}. Es el mismo caso.',
      /** If the person authorised that offices hear of it. */
      offices: 'Las oficinas que ya se avisaron lo reciben otra vez.',
      callOffice: 'Llame al {phone}, diga que es familiar de {name} y que activó su botón otra vez.',
      steps: ['Si habla con {name}, pregunte dónde está y con quién. Anote la hora.'],
    },
  },
  'alert.silent.v1': {
    happened: 'Todavía nadie ha tomado el caso. Se avisó otra vez',
    family: {
      subject: 'todavia nadie ha confirmado el caso',
      sms: 'todavía nadie ha confirmado el caso, {at}. Busque en locator.ice.gov y con un abogado de inmigración.',
      email:
        'TODAVÍA NADIE HA CONFIRMADO\nNadie ha tomado hasta ahora el caso de {name}: {at}. Seguimos avisando a las oficinas y a la Cancillería.',
      /** Where no office is told. */
      alone: {
        day: {
          subject: 'paso un dia desde su alerta',
          sms: 'pasó un día desde su ALERTA. Busque en locator.ice.gov con sus dos apellidos y hable con un abogado de inmigración.',
          email: 'PASÓ UN DÍA DESDE LA ALERTA\nDesde la alerta de {name} pasó un día.',
        },
        days: {
          subject: 'pasaron tres dias desde su alerta',
          sms: 'pasaron tres días desde su ALERTA. Busque otra vez en locator.ice.gov y hable con un abogado de inmigración.',
          email: 'PASARON TRES DÍAS DESDE LA ALERTA\nDesde la alerta de {name} pasaron tres días.',
        },
        steps: [
          'Busque a {name} en el localizador de ICE: https://locator.ice.gov/ (puede tardar de 8 a 48 horas en aparecer). Pruebe con los dos apellidos, con guion entre ellos y sin acentos.',
          'Hable con un abogado de inmigración con licencia. Desconfíe de quien le pida dinero por teléfono: este servicio nunca lo pide.',
          'Conteste también los números que no conozca: puede ser {name}, o alguien que llama de su parte.',
        ],
      },
      steps: [
        'Llame usted al {phone}, diga que es familiar de {name} y que nadie ha confirmado su alerta.',
        'Busque a {name} en el localizador de ICE: https://locator.ice.gov/ (puede tardar de 8 a 48 horas en aparecer). Pruebe con los dos apellidos, con guion entre ellos y sin acentos.',
        'Hable con un abogado de inmigración.',
      ],
    },
  },
  'alert.unattended.v1': {
    happened: 'Hace tiempo que ningún oficial anota nada en el caso. Se avisó',
    family: {
      subject: '{office} no ha anotado nada nuevo',
      sms: 'hace tiempo que {office} no anota nada, {at}. Ya se avisó a la Cancillería.',
      email:
        'SIN NOVEDADES\nHace tiempo que {office} no anota nada en el caso de {name}: {at}. Ya se avisó otra vez a la oficina y a la Cancillería.',
      steps: [
        'Llame al {phone}, diga que es familiar de {name} y pregunte qué se ha hecho.',
        'Hable con un abogado de inmigración.',
      ],
    },
  },
  /** `{office}`. */
  'alert.located.v1': {
    happened: {
      position: 'Por la ubicación que llegó, el caso es de {office}',
      'hand-over': 'Tomó el caso que le entregaron. Ahora es de {office}',
    },
    family: {
      position: {
        subject: 'ahora esta a cargo {office}',
        sms: 'ahora está a cargo {office}.',
        email:
          'OFICINA A CARGO\nLlegó una ubicación, y según ella se encarga del caso de {name} {office}: {at}. Se le está avisando con todos los datos; este mensaje no confirma que alguien ya lo haya leído ahí.',
      },
      'hand-over': {
        subject: 'ahora atiende el caso una persona en {office}',
        sms: 'ahora atiende el caso una persona en {office} (antes, {previous}), {at}.',
        email:
          'OTRA OFICINA ATIENDE EL CASO\nAhora atiende el caso de {name} una persona en {office}: {at}. Antes lo tenía {previous}.',
      },
      taken: {
        subject: 'ahora atiende el caso una persona en {office}',
        sms: 'ahora atiende el caso una persona en {office}, {at}.',
        email: 'UNA OFICINA ATIENDE EL CASO\nAhora atiende el caso de {name} una persona en {office}: {at}.',
      },
      steps: [
        'Llame al {phone}, diga que es familiar de {name} y que hay una alerta suya, y pregunte qué se sabe y qué necesitan de usted.',
        'Conteste también los números que no conozca: pueden llamarle de la nueva oficina.',
      ],
    },
  },
  /** `{office}`: who is to take it. */
  'alert.hand-over-asked.v1': {
    happened: 'Entregó el caso a {office}, que todavía no lo toma',
  },
  'alert.hand-over-unanswered.v1': {
    happened: 'Nadie en {office} ha tomado la entrega. Se avisó otra vez',
  },
  'alert.hand-over-ended.v1': {
    happened: {
      'taken-back': 'Retiró la entrega a {office}',
      unreachable: 'La entrega no llegó: en {office} nadie recibe avisos',
      unanswered: 'Nadie en {office} tomó la entrega, que terminó',
    },
  },
  /** The distance follows `moved`. */
  'alert.position-moved.v1': {
    happened: {
      moved: 'El teléfono se movió',
      first: 'El teléfono dio una primera ubicación',
    },
  },
  'alert.acknowledged.v1': {
    happened: {
      taken: 'Tomó el caso',
      seen: 'Vio la alerta junto con otras, y todavía no la atiende',
      relieved: 'Quedó a cargo en lugar de su colega',
    },
    family: {
      seen: {
        subject: 'una persona en {office} vio la alerta',
        sms: 'una persona en {office} vio la alerta; todavía no la atiende.',
        email:
          'UNA PERSONA VIO LA ALERTA\nUna persona en {office} vio la alerta de {name}: {at}.\nTodavía no la atiende: la vio junto con otras. Si nadie la atiende en media hora, los avisos a las oficinas empiezan otra vez.',
        steps: [
          'Llame al {phone}, diga que es familiar de {name} y que {office} vio su alerta, y pregunte cuándo la atienden.',
          'Conteste también los números que no conozca: pueden llamarle del consulado.',
          'Busque un abogado de inmigración; no espere a que contesten.',
        ],
      },
      subject: 'una persona en {office} ha tomado el caso, {at}',
      sms: 'una persona en {office} ha tomado el caso, {at}.',
      notFound: 'Aún no se sabe dónde está.',
      email:
        'UNA PERSONA HA TOMADO EL CASO\nUna persona en {office} ha tomado el caso de {name}: {at}.\nYa no es solo un aviso enviado: alguien lo leyó y respondió. Todavía no quiere decir que se sepa dónde está {name} ni qué va a pasar.',
      steps: [
        'Llame al {phone}, diga que es familiar de {name} y que {office} ha tomado el caso, y dé su nombre y su teléfono.',
        'Conteste también los números que no conozca: pueden llamarle del consulado.',
        'Tenga a la mano el nombre completo de {name} como está en sus documentos, fecha y lugar de nacimiento y, si lo sabe, su número A de migración (nueve cifras).',
      ],
    },
  },
  'alert.lapsed.v1': {
    happened: 'Se vio y nadie la atendió: vuelve a estar sin atender',
  },
  /** `{from}`, `{to}`; the facility follows. What the family is told stands with each state. */
  'alert.state-changed.v1': {
    happened: { changed: '{from} → {to}', corrected: 'Corrigió el lugar' },
    family: {
      askWhere: 'Para saber en qué lugar, llame al {phone}.',
      corrected: {
        subject: 'se corrigio el lugar, segun {shortOffice}',
        sms: 'se corrigió el lugar{where}, según {office}, {at}.',
        email: 'SE CORRIGIÓ EL LUGAR\nCambió lo que se sabe del lugar donde está {name}. Lo informa {office}: {at}.',
      },
      steps: [
        'Llame al {phone} y pregunte qué sigue, si puede hablar con {name} y qué necesitan de usted.',
        'Antes de ir a un lugar de detención, pregunte en ese teléfono o a un abogado: ahí piden identificación y pueden preguntar por su situación migratoria.',
        'Para confirmarlo por su cuenta, busque a {name} en el localizador de ICE: https://locator.ice.gov/ (puede tardar de 8 a 48 horas en aparecer). Pruebe con los dos apellidos, con guion entre ellos y sin acentos.',
      ],
    },
  },
  /** The note follows. */
  'alert.noted.v1': {
    happened: 'Escribió una nota',
  },
  /** Name and phone follow. To the family: `{representative}`, `{representativePhone}`, `{former}` who had it before. */
  'alert.representative-assigned.v1': {
    happened: { named: 'Asignó representante legal', accepted: 'Aceptó el caso como representante legal' },
    family: {
      named: {
        subject: '{shortOffice} le asigno representante legal',
        sms: '{shortOffice} le asignó representante legal: {representative}, {representativePhone}. No pague por teléfono.',
        email:
          'REPRESENTANTE LEGAL\nSe asignó representante legal a {name}. Lo informa {office}: {at}.\nNombre: {representative}\nTeléfono: {representativePhone}',
      },
      accepted: {
        subject: 'ya tiene representante legal',
        sms: 'aceptó su caso {representative}, representante legal, {representativePhone}. No pague por teléfono.',
        email:
          'REPRESENTANTE LEGAL\nAceptó el caso de {name}, a petición del consulado: {at}.\nNombre: {representative}\nTeléfono: {representativePhone}',
      },
      changed: {
        subject: 'cambio su representante legal',
        sms: 'cambió su representante legal: en lugar de {former}, ahora {representative}, {representativePhone}. No pague por teléfono.',
        email:
          'OTRO REPRESENTANTE LEGAL\nEn lugar de {former}, ahora lleva el caso de {name}: {at}.\nNombre: {representative}\nTeléfono: {representativePhone}',
      },
      steps: [
        'Llame al {representativePhone}, diga que es familiar de {name} y que el consulado le dio este número. Si no contestan, deje su nombre y su teléfono y vuelva a llamar.',
        'Pregunte qué documentos necesita, si ya habló con {name} y si habrá algún costo.',
        'Reúna, si los tiene: {papers}. {papersHint}',
        'Si algo le hace dudar o le piden dinero por teléfono, compruébelo primero en el {phone}. Este servicio nunca pide dinero.',
      ],
    },
  },
  /** Officers read these, and the family never. Who it is about follows. */
  'representative.waiting.v1': {
    happened: 'Se preguntará a un representante legal cuando empiece su horario',
  },
  'representative.offered.v1': {
    happened: 'Se ofreció el caso a un representante legal',
  },
  'representative.declined.v1': {
    happened: 'Contestó que no puede tomar el caso',
  },
  'representative.lapsed.v1': {
    happened: 'No contestó: se pregunta también a otra persona',
  },
  'representative.unanswered.v1': {
    happened: 'Ningún representante legal ha tomado el caso: hay que llamar por teléfono',
  },
  'representative.contact-shared.v1': {
    happened: 'Dio al representante legal el teléfono de un contacto',
  },
  'representative.contacted.v1': {
    happened: 'Habló con la persona o con su familia',
  },
  'representative.done.v1': {
    happened: 'Terminó su parte',
  },
  'alert.family-unreachable.v1': {
    happened: 'La familia no recibe los mensajes: nadie de ella sabe de la alerta si no se le llama',
  },
  /**
   * `toldOnly`: the person was forced, and the family was told so all the same. What the family reads must not depend on
   * that, and claims no more than that somebody cancelled with a PIN.
   */
  'alert.cancelled.v1': {
    happened: {
      byPerson: 'Canceló la alerta con su PIN',
      toldOnly: 'A la familia se le dijo que la alerta se canceló',
    },
    family: {
      subject: 'se cancelo con PIN, {at}',
      sms: 'alerta cancelada con PIN, {at}. ¿Duda? Pregunte algo que nadie más sepa.',
      email:
        'LA ALERTA SE CANCELÓ\nLa alerta de {name} se canceló con PIN: {at}. Así se cancela, por ejemplo, una alerta que se activó sin querer.',
      stepsTitle: 'SI LO DUDA',
      steps: [
        'Llame a {name}, de preferencia por video, y pregunte algo que solo {name} sepa. No basta un mensaje escrito: otra persona puede tener el teléfono.',
        'Fíjese en si puede hablar con libertad.',
      ],
      stillInDoubt: {
        authorised: 'Si no contesta o no le convence, llame al {phone} y diga por qué.',
        notAuthorised: 'Si no contesta o no le convence, busque un abogado de inmigración con licencia.',
      },
    },
  },
  'alert.cancelled-under-duress.v1': {
    happened: 'CANCELÓ BAJO COACCIÓN, con el PIN de coacción. El caso sigue abierto',
  },
  /** `{disposition}`. What the family is told stands with each disposition. */
  'alert.closed.v1': {
    happened: 'Cerró el caso: {disposition}',
    family: {
      steps: [
        'Hable usted con {name} en cuanto pueda.',
        'Si no es así, o si se necesita ayuda otra vez, llame al {phone}: el caso se puede volver a abrir.',
      ],
      repatriatedSteps: [
        'Llame al {phone} y pregunte por dónde y cuándo llega {name}, y qué necesita.',
        'Conteste también los números que no conozca: puede ser {name}, ya en México.',
        'Si no es así, o si se necesita ayuda otra vez, llame al mismo teléfono: el caso se puede volver a abrir.',
      ],
      otherSteps: [
        'Llame al {phone}, diga que es familiar de {name} y dé el folio.',
        'Si se necesita ayuda otra vez, llame al mismo teléfono: el caso se puede volver a abrir.',
      ],
    },
  },
  'alert.reopened.v1': {
    happened: 'Reabrió el caso',
    family: {
      subject: '{office} volvio a abrir el caso',
      sms: '{office} volvió a abrir el caso, {at}.',
      email:
        'EL CASO ESTÁ ABIERTO OTRA VEZ\nEl caso de {name} se había cerrado y lo volvió a abrir {office}: {at}. No hace falta activar otra vez el botón.',
      steps: [
        'Llame al {phone}, diga que es familiar de {name} y pregunte por qué se abrió y qué necesitan de usted.',
        'Conteste también los números que no conozca: pueden llamarle del consulado.',
      ],
    },
  },
  'family.forced.v1': {
    happened: {
      contacts: 'Dio el PIN de coacción al cambiar contactos',
      devices: 'Dio el PIN de coacción al cambiar teléfonos',
      erase: 'Dio el PIN de coacción al borrar el botón',
      settings: 'Dio el PIN de coacción al cambiar ajustes',
      recover: 'Dio el PIN de coacción al recuperar el botón',
      'lost-phone': 'Se activó el botón en un teléfono dado por perdido',
      'revoked-phone': 'Se activó el botón en un teléfono dado de baja con el PIN de coacción',
    },
  },
  'family.seen.v1': {
    happened: 'Ya vio el aviso',
  },
  /** The task follows. */
  'family.on-it.v1': {
    happened: 'Se está ocupando',
  },
} satisfies Readonly<
  Record<
    'alert.raised.v1' | CaseEventType,
    {
      readonly happened: string | Readonly<Record<string, string>>;
      readonly family?: { readonly steps: readonly string[] } & Readonly<Record<string, unknown>>;
    }
  >
>;
