import type { PositionFlaw } from '../../domain/position.ts';
import type { CaseAction } from '../../domain/case/case-states.ts';
import type { Basis } from '../../domain/offices/consulate.ts';
import { list } from './office-list.ts';

const bases: Readonly<Record<Basis, string>> = {
  location: 'Es la más cercana al teléfono (Amazon Location).',
  'great-circle': 'Es la más cercana al teléfono en línea recta, o se le pasó el caso.',
  home: 'Es la más cercana al domicilio registrado: no hay ubicación del teléfono.',
  district: 'El lugar es de su circunscripción.',
  ministry: 'Ninguna oficina tiene el caso: está a cargo la Cancillería.',
  'not-authorised': 'La persona no autorizó el aviso consular.',
};

const actions: Readonly<Record<CaseAction, { title: string; button: string; hint: string; done: string }>> = {
  acknowledge: {
    title: 'Tomar el caso',
    button: 'Tomar el caso',
    hint: 'Con esto se detienen los avisos por falta de respuesta. Lo sabrán la familia, la Cancillería y las otras oficinas avisadas.',
    done: 'El caso quedó a su nombre.',
  },
  state: {
    title: 'Cambiar el estado',
    button: 'Guardar el estado',
    hint: 'Lo sabrán la familia y la Cancillería.',
    done: 'El estado quedó guardado.',
  },
  note: {
    title: 'Agregar una nota',
    button: 'Guardar la nota',
    hint: 'Solo la leen las oficinas y la Cancillería, en esta página.',
    done: 'La nota quedó guardada.',
  },
  representative: {
    title: 'Asignar representante legal',
    button: 'Asignar representante',
    hint: 'La familia recibirá el nombre y el teléfono.',
    done: 'El representante quedó asignado.',
  },
  'hand-over': {
    title: 'Pasar el caso a otra oficina',
    button: 'Pasar el caso',
    hint: 'La suya sigue a cargo hasta que alguien en la otra lo tome; solo entonces lo sabe la familia. Hasta entonces puede retirarla.',
    done: 'La otra oficina recibió la entrega. Su oficina sigue a cargo hasta que alguien ahí lo tome.',
  },
  'take-back': {
    title: 'Retirar la entrega',
    button: 'Conservar el caso',
    hint: 'La otra oficina sabrá que ya no tiene que tomarlo.',
    done: 'La entrega quedó retirada: el caso sigue en su oficina.',
  },
  close: {
    title: 'Cerrar el caso',
    button: 'Cerrar el caso',
    hint: 'Lo sabrán la familia, la Cancillería y las otras oficinas. El caso se puede reabrir.',
    done: 'El caso quedó cerrado.',
  },
  reopen: {
    title: 'Reabrir el caso',
    button: 'Reabrir el caso',
    hint: 'Lo sabrán la familia, la Cancillería y las otras oficinas.',
    done: 'El caso está abierto otra vez.',
  },
};

/** Español de México, de usted. Donde se puede, las frases no dicen el género de la persona. */
export const pages = {
  product: 'Botón de Alerta',
  /** `{folio}`. */
  folio: 'Folio {folio}',
  /** `{phone}`. */
  fromMexico: 'Desde un teléfono fijo en México marque {phone}.',
  skip: 'Ir al contenido',
  languages: 'Idioma',
  refresh: 'Actualizar',
  madeAt: 'Página hecha: {time}. No se actualiza sola.',
  confidential: 'Datos de una persona en riesgo. No reenvíe el enlace: quien lo tiene ve esta página.',
  drillTitle: 'SIMULACRO',
  map: 'Ver en el mapa (OpenStreetMap)',
  accuracy: 'Precisión: {meters} m a la redonda.',
  noAccuracy: 'El teléfono no dijo con qué precisión.',
  /** Beside a position that is not trusted. */
  flaws: {
    'coordinate-missing': 'NO CONFIABLE: al punto le falta una coordenada.',
    inaccurate: 'NO CONFIABLE: el teléfono mismo no la da por buena, o solo conoce la región.',
    old: 'NO CONFIABLE: se midió mucho antes de la alerta.',
    far: 'NO CONFIABLE: está lejos de todo consulado.',
  } satisfies Record<PositionFlaw, string>,
  measured: 'Medida {age} ({time}).',
  notMeasured: 'El teléfono no dijo cuándo la midió.',
  optional: 'si hace falta',
  wrong: {
    title: 'No se guardó. Revise lo marcado:',
    cases: 'Marque al menos un caso.',
    officer: 'Escriba su nombre: letras, hasta 80 caracteres y 4 cifras.',
    name: 'Escriba el nombre: letras, hasta 80 caracteres y 4 cifras.',
    phone: 'Escriba el número completo con código de país: +1 o +52.',
    to: 'Elija uno de los estados.',
    disposition: 'Elija cómo terminó el caso.',
    consulateId: 'Elija una oficina abierta de la lista.',
    familyNote: 'Escriba a la familia qué significa este cierre; hasta 400 caracteres.',
    confirm: 'Hable con la familia y marque que ya lo hizo.',
    text: 'Escriba la nota; hasta 1,000 caracteres.',
    note: 'La nota puede tener hasta 1,000 caracteres.',
    facility: 'El lugar puede tener hasta 200 caracteres.',
    task: 'Puede tener hasta 200 caracteres.',
  },
  officer: {
    drill: 'SIMULACRO: es un ensayo, no hay ninguna detención. No llame a la familia.',
    duress: {
      title: 'CANCELADA BAJO COACCIÓN: LLAME A LA FAMILIA. NO ESCRIBA.',
      what: 'Obligaron a la persona a cancelar la alerta. El caso sigue abierto, aunque el teléfono muestre que se canceló.',
      family:
        'A la familia se le dijo que la alerta se canceló: quien obligó a la persona puede estar leyendo sus mensajes. No recibirá más avisos de este caso.',
      call: 'Llame a la familia de viva voz. No mande SMS, correos ni mensajes. No llame ni escriba al teléfono de la persona.',
      callName: 'Llamar a {name}: {phone}',
      nobody: 'Ningún familiar dejó teléfono: solo correos. No les escriba; avise a la Cancillería.',
      hint: 'Lo sabrá la Cancillería. La familia NO recibirá aviso: alguien obliga a la persona.',
    },
    origins: {
      label: 'Lo que anotó de su promesa:',
      raised: 'La alerta salió: {time} ({age})',
      'missed-check-in': {
        title: 'NADIE ACTIVÓ EL BOTÓN: NO LLEGÓ EL OK PROMETIDO',
        lines: [
          'La persona prometió decir que está bien a más tardar: {promised}. No lo dijo, y la alerta salió sola.',
          'Pregunte a la familia si la persona está bien. Puede ser un olvido o un teléfono sin batería, o una detención en la cita.',
        ],
      },
      'duress-check-in': {
        title: 'SEÑAL DE COACCIÓN: NO LLAME NI ESCRIBA AL TELÉFONO DE LA PERSONA',
        lines: [
          'Nadie activó el botón. La persona había prometido decir que está bien a más tardar: {promised}. Al decirlo dio el PIN de coacción: alguien le obliga.',
          'Su teléfono muestra que dijo que está bien y no muestra esta alerta. Quien lo tenga no debe saber de ella.',
          'La familia recibió el aviso y sabe que no debe llamar ni escribir a ese teléfono. A la familia sí puede llamarle.',
        ],
      },
      'duress-change': {
        title: 'SEÑAL DE COACCIÓN: NO LLAME NI ESCRIBA AL TELÉFONO DE LA PERSONA',
        lines: [
          'Nadie activó el botón. Al cambiar ajustes, contactos o teléfonos ({promised}) alguien dio el PIN de coacción: quizá le obligan a quedarse sin ayuda.',
          'Su teléfono muestra el cambio como hecho, y no lo está: avisos y contactos siguen como antes. No muestra esta alerta, y quien lo tenga no debe saber de ella.',
          'La familia NO recibe nada de este caso: alguien puede estar leyendo con ella. Si habla con la familia, solo de viva voz, y compruebe con quién habla. No le escriba.',
        ],
      },
      'duress-drill': {
        title: 'SEÑAL DE COACCIÓN: NO LLAME NI ESCRIBA AL TELÉFONO DE LA PERSONA',
        lines: [
          'Nadie activó el botón. En un simulacro ({promised}) alguien dio el PIN de coacción. Puede ser real: nadie ensaya que le obliguen.',
          'Su teléfono muestra un simulacro cancelado y no muestra esta alerta. Quien lo tenga no debe saber de ella.',
          'La familia NO recibe nada de este caso: alguien puede estar leyendo con ella. Si habla con la familia, solo de viva voz, y compruebe con quién habla. No le escriba.',
        ],
      },
    },
    office: 'Casos abiertos de mi oficina',
    stateNow: 'Estado del caso',
    nobody: 'Nadie ha tomado este caso.',
    acknowledged: 'Lo tomó {officer} ({office}), {time}.',
    acknowledgedWithoutOffice: 'Lo tomó {officer}, {time}.',
    seen: 'Lo vio {officer} ({office}) junto con otros, {time}. NADIE LO ATIENDE TODAVÍA: si nadie anota nada en media hora, vuelve a estar sin atender.',
    again: 'Después la persona activó otra vez su botón, y nadie ha anotado nada desde entonces: está SIN ATENDER.',
    /** `{age}`, `{time}`. */
    lastEntry: 'Última anotación de una oficina: {age} ({time}).',
    /** `{office}`, `{age}`. */
    handOver: {
      waits: 'Entrega en espera: {office} no ha tomado el caso ({age}). Mientras tanto sigue a cargo {giver}.',
      yours: 'LE ENTREGAN ESTE CASO ({age}). Es de su oficina en cuanto lo tome; mientras tanto está a cargo {giver}.',
      nobody: 'nadie',
    },
    relieve: {
      title: 'Relevar a quien lo tiene',
      button: 'Quedar a cargo',
      hint: 'El caso queda a su nombre en el historial. No se avisa a nadie más.',
    },
    inCharge: 'A cargo: {office}',
    elsewhere: 'Otra oficina está a cargo. La suya puede leer el caso, agregar notas y tomarlo si nadie lo ha tomado.',
    ended: 'Cómo terminó: {disposition}',
    pressed: 'Activada: {time} ({age})',
    pressedUnknown: 'Recibida: {time} ({age}). No se sabe a qué hora se activó.',
    received: 'Llegó tarde, sin red: la recibimos el {time}.',
    where: {
      title: 'Dónde',
      facility: 'Lugar de detención',
      coordinates: 'Coordenadas (WGS 84)',
      home: 'Domicilio registrado (no es donde está la persona)',
      track: 'Recorrido del teléfono',
      trackHint: 'Lo más nuevo primero. El teléfono puede estar en manos de otra persona.',
      trackMore: 'Ver las anteriores ({count})',
      press: 'Al activar la alerta',
    },
    person: {
      title: 'Persona y teléfono',
      name: 'Nombre',
      phone: 'Su teléfono',
      doNotCall: 'NO LLAME NI ESCRIBA: puede tenerlo quien le obliga.',
      seized: 'Después de la alerta puede estar en manos de otros. No mande datos delicados.',
      noPhone: 'No registrado.',
      language: 'Idioma',
      speaks: 'Habla mejor',
      lawyer: 'Abogado',
      lawyerYes: 'Pidió que le busquen uno.',
      lawyerNo: 'No pidió que le busquen uno.',
      urgent: 'Urgente en su casa',
      battery: 'Batería al activarla',
      note: 'Lo que escribió',
      dropped: 'Datos que el teléfono mandó y no se pudieron leer: {fields}.',
    },
    findBy: {
      aNumber: 'Número A',
      documentName: 'Nombre en sus documentos',
      birthDate: 'Fecha de nacimiento',
      birthPlace: 'Lugar de nacimiento',
    },
    family: {
      title: 'Familia y contactos',
      hint: 'Los mensajes automáticos no reciben respuesta: la familia solo puede hablar con usted si usted llama.',
      doNotWrite: 'no le escriba',
      unreached: 'No le llega ningún mensaje nuestro. Solo sabe lo que se le diga por teléfono.',
    },
    consent: {
      title: 'Autorización consular',
      text: '{name} solicitó y autorizó la notificación y la protección consular, conforme a la Convención de Viena sobre Relaciones Consulares, artículo 36, párrafo 1, inciso b) [art. 36(1)(b)].',
      version: 'Texto aceptado: versión {version}, el {time}.',
      whole: 'Leer el texto aceptado',
      withdrawn: 'RETIRADA por la persona el {time}. Ninguna alerta nueva le llega a usted.',
      english:
        '{name} has requested and authorized consular notification and assistance under article 36(1)(b) of the Vienna Convention on Consular Relations.',
      readOut: 'Para leerlo a las autoridades, en inglés:',
    },
    inChargeTitle: 'Oficina a cargo',
    notChosen: 'Todavía no hay oficina a cargo: se está eligiendo.',
    distance: 'A {distance} de la persona.',
    officePhone: 'Teléfono que se dio a la familia',
    /** Another office than the nearest is responsible for the place. `{asOf}`: of the statement. */
    twoOffices: {
      district: 'Circunscripción: {responsible}, según {source} ({asOf}).',
      nearest: 'Más cercana: {nearest}, a {distance}.',
      undated: 'sin fecha',
      yours:
        'ES DE SU CIRCUNSCRIPCIÓN: tomen el caso y llamen a la familia. {nearest} está más cerca y también fue avisada.',
      nearer:
        'ES DE LA CIRCUNSCRIPCIÓN DE {responsible}. Ustedes están más cerca: si en 5 minutos nadie lo ha tomado, tómenlo y llamen a la familia.',
    },
    bases,
    near: {
      title: 'Otras alertas cerca de esta',
      /** `{nth}`. */
      number:
        'Varias personas activaron su botón a menos de 2 km y de 30 minutos unas de otras. Esta es la alerta número {nth}.',
      /** `{folio}`, `{name}`, `{time}`. */
      line: '{name}, folio {folio}, {time}',
      none: 'De las demás no se ha avisado a su oficina.',
      earlier: {
        title: 'Un caso anterior sigue abierto bajo coacción',
        what: 'La misma persona ya había activado su botón, y ese caso se canceló con el PIN de coacción. El teléfono y la familia lo ven cancelado: no les escriban de él.',
      },
    },
    told: {
      title: 'A quién se avisó',
      family: 'Familia',
      consulate: 'La oficina más cercana',
      hint: '“Enviado” no significa que alguien lo leyó.',
    },
    representative: {
      title: 'Representante legal',
      none: 'Todavía no hay representante.',
      assigned: 'Asignado {time}, {duration} después de la alerta.',
      again: 'Si asigna a otra persona, la familia recibirá el cambio.',
    },
    actionsTitle: 'Qué puede hacer ahora',
    actions,
    fields: {
      officer: 'Su nombre y cargo',
      signer: 'Quién firma (nombre y cargo)',
      to: 'Estado nuevo',
      facility: 'Lugar (centro de detención, ciudad)',
      note: 'Nota',
      text: 'Nota',
      name: 'Nombre del abogado o de la abogada',
      phone: 'Teléfono con código de país (+1 o +52)',
      consulateId: 'Oficina que recibe el caso',
      choose: 'Elija una oficina',
      nearest: 'Las más cercanas a la persona',
      all: 'Todas, por ciudad',
      disposition: 'Cómo terminó',
      /** `{state}`: the one that it has. */
      correct: '{state} (ya está así: corregir el lugar)',
      familyNote: 'Mensaje para la familia',
      familyNoteHint:
        'La familia leerá esto. Hace falta si fue una repatriación u otro motivo. Una muerte o una mala noticia se dice de viva voz: no la escriba aquí.',
    },
    /** Before a case is closed. `{name}`, `{disposition}`. */
    closing: {
      title: 'Cerrar el caso de {name}: {disposition}',
      notYet: 'El caso todavía no está cerrado.',
      willRead: 'Esto es lo que la familia va a leer, con el enlace de su página:',
      sms: 'Por SMS',
      email: 'Por correo',
      spoken: 'Ya hablé con la familia',
      button: 'Cerrar el caso y avisar a la familia',
      buttonInSecret: 'Cerrar el caso',
      back: 'Volver sin cerrar',
      correct: 'Corregir antes de cerrar',
    },
    /** `{officer}`. */
    signing: { as: 'Firma: {officer}.', other: 'Firmar con otro nombre' },
    conflict: {
      title: 'No se pudo: {action}',
      state: 'El caso ya está en otro estado: {state}. Esto es lo que hay ahora.',
      same: 'El caso ya está en ese estado: {state}. Para corregir el lugar, escríbalo.',
      already: 'Esa oficina ya está a cargo.',
      taken: 'Ya lo tomó otra oficina. Esto es lo que hay ahora.',
      asked: 'El caso ya está entregado a esa oficina, que todavía no lo toma.',
      noHandOver: 'No hay ninguna entrega que retirar.',
      acted: 'La otra oficina ya tomó el caso.',
      elsewhere: 'Otra oficina está a cargo del caso. Su oficina puede leerlo y agregar notas.',
      busy: 'Otra persona está cambiando el caso en este momento. Intente otra vez.',
    },
    timeline: {
      title: 'Historial',
      hint: 'Lo más nuevo primero.',
      older: 'Ver lo anterior ({count})',
      newest: 'Volver a lo más nuevo',
    },
    reference: 'Folio {folio} · alerta {alertId} · familia {familyId}',
  },
  list,
  locator: {
    title: 'Buscar en el localizador de ICE',
    number:
      'Lo mejor es con el número A (nueve cifras; si tiene menos, ponga ceros delante) y el país de nacimiento: México.',
    names: 'Sin número A, con nombre, apellido y país de nacimiento, escritos exactamente. Pruebe todas estas formas:',
    firstName: 'Nombre (First Name)',
    lastName: 'Apellido (Last Name)',
    late: 'Puede tardar de 8 a 48 horas en aparecer: vuelva a buscar.',
    link: 'Abrir el localizador de ICE',
    /** `{count}`. */
    show: 'Ver los nombres ({count})',
  },
  family: {
    /** `{folio}`. */
    folio: 'Folio del caso: {folio}. Dígalo cuando llame.',
    title: 'Alerta de {name}',
    drill: 'SIMULACRO: es un ensayo. No hay ninguna emergencia y no tiene que hacer nada.',
    heading: {
      open: 'Se activó la alerta de {name}',
      cancelled: '{name} canceló su alerta',
      closed: 'El caso de {name} se cerró',
    },
    what: 'Se activó el {time} ({age}). Quien activa el botón pide ayuda porque teme una detención o porque ya está ocurriendo; también pudo activarse sin querer.',
    rehearsal: {
      heading: '{name} hizo un simulacro',
      what: 'Fue el {time} ({age}). Es un ensayo, para comprobar que los avisos llegan y para que usted conozca esta página.',
      over: 'El simulacro del {raised} terminó el {closed}. Ya no tiene que hacer nada.',
      told: 'Solo los contactos que {name} eligió, como usted. Es un ensayo: no se avisa a nadie más.',
      wouldTellOffice: 'En una alerta real se avisaría también a la Cancillería y a esta oficina: {office}.',
      wouldTellMinistry: 'En una alerta real se avisaría también a la Cancillería.',
      steps: [
        'No llame a nadie. Solo dígale a {name} que le llegó el mensaje, o escríbalo abajo.',
        'En una alerta real esta página dice a quién llamar, qué hacer y qué se sabe.',
        'Tenga a la mano: nombre completo como está en sus documentos, fecha y lugar de nacimiento y, si lo sabe, el número A.',
      ],
    },
    origins: {
      label: 'Lo que anotó sobre esto:',
      cancelled:
        'La alerta salió el {raised}, porque no llegó el OK prometido, y se canceló con el PIN el {closed}. Ya no tiene que hacer nada.',
      doNotCall: {
        title: 'NO LLAME NI ESCRIBA AL TELÉFONO DE {name}',
        why: 'Quien lo tenga no sabe que la señal salió, y no debe saberlo. Pida a los demás que tampoco lo hagan.',
      },
      'missed-check-in': {
        heading: 'No llegó el OK de {name}',
        what: '{name} prometió decir que está bien a más tardar: {promised}. No lo dijo. Nadie activó el botón: la alerta salió sola el {time} ({age}). Puede ser un olvido, un teléfono sin batería o sin señal, o una detención.',
      },
      'duress-check-in': {
        heading: '{name} dio una señal de peligro',
        what: '{name} tenía que decir que está bien a más tardar: {promised}. El {time} ({age}) dio, con una clave secreta, la señal de que está en peligro y no puede hablar. Nadie activó el botón.',
      },
    },
    cancelled: 'La alerta se activó el {raised} y se canceló con el PIN el {closed}. Ya no tiene que hacer nada.',
    cancelledNext:
      'Si algo le parece raro, busque a {name} en persona o por un medio que conozca. Para informes a cualquier hora:',
    closed: 'Lo cerró el servicio consular el {closed}.',
    ended: 'Cómo terminó: {disposition}',
    note: 'Lo que les escribe el servicio consular:',
    lastPlace: 'Último lugar que se supo: {facility}',
    after: {
      title: 'A quién llamar',
      call: 'Si no es así, o si se necesita ayuda otra vez, llame a {desk}: contestan las 24 horas. Diga que hubo una alerta de {name}; el caso se puede volver a abrir.',
    },
    urgent: 'Lo urgente en su casa',
    consulate: {
      title: 'Quién sabe de esto',
      notAuthorised:
        'Solo los contactos que {name} eligió, como usted. No se avisa a ningún consulado, porque {name} no lo autorizó.',
      choosing:
        'Se está eligiendo la oficina consular a la que se avisa. Todavía no se confirma que alguien lo haya leído.',
      pending: 'Se está avisando: {office}. Todavía no se confirma que el aviso haya llegado.',
      sent: 'Aviso enviado: {office}, {time}.',
      unreachable: 'El aviso no se pudo entregar: {office}. Se está avisando a otra oficina y a la Cancillería.',
      notAcknowledged: 'Todavía nadie ahí ha confirmado que lo vio.',
      seen: '{officer} ({office}) vio la alerta: {time}. Todavía no la atiende.',
      acknowledged: '{officer} ({office}) confirmó que tiene el caso: {time}.',
      acknowledgedWithoutOffice: '{officer} confirmó que tiene el caso: {time}.',
      moved: 'Después el caso pasó a otra oficina: {office}.',
      notActed: 'Todavía nadie ahí ha confirmado que lo vio.',
      acted: 'Alguien ahí trabajó en el caso por última vez: {time}.',
      phone: 'Llamar: {office}, {phone}',
    },
    state: 'Qué se sabe ahora',
    position: {
      title: 'Dónde está su teléfono',
      hint: 'Es donde estaba el teléfono de {name}; la persona puede estar en otro lugar. No vaya a donde haya un operativo.',
      none: 'No tenemos la ubicación del teléfono.',
      private: '{name} eligió no compartir su ubicación.',
    },
    representative: {
      title: 'Representante legal',
      text: 'El consulado asignó a {name}. Llame:',
    },
    now: {
      title: 'Qué hacer ahora',
      call: 'Llame a {desk}: contestan las 24 horas. Diga que se activó el Botón de Alerta de {name}.',
      callUnauthorised:
        'Antes de llamar a un consulado, piénselo: hay personas que no quieren que las autoridades de su país sepan de ellas. Consulte primero a un abogado.',
      origins: {
        call: 'Llame a {desk}: contestan las 24 horas. Diga que salió la alerta de {name} sin que nadie activara el botón.',
        'missed-check-in':
          'Llame a {name}. Si contesta, pregunte algo que solo {name} sepa y fíjese en si puede hablar con libertad.',
        'duress-check-in': 'No llame ni escriba a {name}, tampoco por redes sociales.',
      },
      steps: [
        'Conteste también los números que no conozca: puede ser {name}, o alguien que llama de su parte.',
        'Tenga a la mano: nombre completo como está en los documentos, fecha de nacimiento, país de nacimiento y, si lo sabe, el número A.',
        'Hable con un abogado de inmigración con licencia. Este servicio nunca pide dinero.',
        'No mande nada delicado al teléfono de {name}: puede estar en manos de otra persona.',
      ],
      rights: 'Derechos de la persona detenida: qué decir y qué no firmar',
      more: 'Más consejos para la familia',
      sayInEnglish: 'En inglés: “{say}”',
    },
    relatives: {
      title: 'Qué hace la familia',
      none: 'Nadie ha escrito aquí todavía.',
      seen: '{name} ya lo vio.',
      onIt: '{name} se está ocupando.',
      onItWith: '{name}: {task}',
      intro: 'Diga a los demás qué hace usted. Lo ven sus familiares y el consulado. No detiene ningún aviso.',
      introAlone: 'Diga a los demás qué hace usted. Lo ven sus familiares. No detiene ningún aviso.',
      name: 'Su nombre',
      task: 'De qué se ocupa',
      taskHint: 'Por ejemplo: llamo al abogado.',
      seenButton: 'Ya lo vi',
      onItButton: 'Yo me ocupo',
      done: 'Quedó escrito. Gracias.',
      full: 'No se agregó: aquí ya no caben más respuestas. Lo que quiera decir, dígalo por teléfono al consulado.',
    },
  },
  problem: {
    notFound: 'Este enlace no sirve',
    notFoundText: 'No existe o ya venció. Abra el enlace del mensaje más reciente. Para informes a cualquier hora:',
    refused: 'No se pudo leer lo que mandó',
    tooLarge: 'Lo que escribió es demasiado largo',
    failed: 'Falló algo de nuestro lado',
    failedText: 'Intente otra vez en un momento. Si urge, llame a cualquier hora:',
    back: 'Regrese a la página anterior e intente otra vez.',
    reference: 'Referencia: {requestId}',
    noPage: 'Aquí no hay ninguna página',
    noPageText: 'Revise la dirección, o abra otra vez el enlace del mensaje más reciente.',
    toStart: 'Ir al inicio',
  },
};
