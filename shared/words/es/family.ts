import type { FamilyWords } from '../family-words.ts';

/** Español de México, de usted. Los SMS pierden los acentos que su alfabeto no tiene: ninguna frase depende de ellos. */
export const family: FamilyWords = {
  someone: 'su familiar',
  folio: {
    email: 'FOLIO DEL CASO\n{folio}. Dígalo cuando llame.',
  },
  call: {
    info: 'Informes: {phone}, folio {folio}',
    please: 'Llame usted al {phone}, folio {folio}',
    beforeGoing: 'Antes de ir, llame al {phone}, folio {folio}',
    ifNot: 'Si no es así, llame al {phone}, folio {folio}',
    notCalled: 'Si no le ha llamado, llame al {phone}, folio {folio}',
  },
  legalHelp: { sms: 'Ayuda legal: {phone}', email: 'AYUDA LEGAL\n{help}: {phone}' },
  casePage:
    'PÁGINA DEL CASO\n{link}\nAhí puede ver lo que se sabe y decir a los demás contactos que ya lo vio o qué va a hacer. Es solo para ustedes: no comparta el enlace.',
  updates: {
    default: 'Hay novedades de un Botón de Alerta. Los datos van en el SMS y en el correo a sus contactos.',
    opening: {
      actual: { subject: 'Alerta de {name}:', sms: '{name}:' },
      drill: { subject: 'SIMULACRO, alerta de {name}:', sms: 'SIMULACRO, {name}:' },
      'missed-check-in': { subject: 'Sin OK de {name}:', sms: '{name} (sin su OK):' },
      'said-taken': { subject: 'Alerta de {name}:', sms: '{name}:' },
    },
    notice: {
      'missed-check-in': 'Nadie activó el botón: esta alerta salió porque no llegó el OK que {name} había prometido.',
      'said-taken': 'Nadie activó el botón: esta alerta salió porque un contacto avisó que se llevaron a {name}.',
    },
    drillNotice:
      'SIMULACRO: ESTO ES UN ENSAYO\nNo hay ninguna emergencia y no tiene que hacer nada. Así se vería este mensaje en una alerta real.',
    drillStepsTitle: 'QUÉ PODRÍA HACER EN UNA ALERTA REAL',
    office: {
      consulate: 'el consulado de {city}',
      unknown: 'el consulado',
      ministry: 'la Cancillería de México',
    },
    toldOffice: {
      consulate: 'al consulado de {city}',
      unknown: 'al consulado',
      ministry: 'a la Cancillería de México',
    },
    shortOffice: { consulate: 'el consulado', ministry: 'la Cancillería' },
    others: {
      sms: 'Lo mismo su otra alerta, folio {folios}.',
      email:
        'OTRA ALERTA DE LA MISMA PERSONA\nLo mismo vale para el folio {folios}. Su página está en el mensaje que trajo esa alerta.',
    },
    note: { sms: '"{note}"', email: 'LO QUE LES ESCRIBE EL SERVICIO CONSULAR\n{note}' },
    officeTitle: 'OFICINA\n{office}',
    footer: 'Es un mensaje automático: nadie lee las respuestas.',
  },
  welcome: {
    subject: 'Boton de Alerta: usted es contacto de emergencia',
    default: 'Botón de Alerta: usted está en la lista de contactos de emergencia de una persona cercana.',
    sms: 'Botón de Alerta: {name} le eligió como contacto. Si lo activa, recibirá un SMS de ALERTA.',
    stop: {
      tollFree: 'Si no quiere SMS, avísele; en este número solo sirve STOP.',
      other: 'Si no quiere SMS, avísele y le borrará de su lista.',
      unknown: 'Si no quiere SMS, avísele; en números 800 solo sirve STOP.',
    },
  },
  listChanged: {
    default: 'Cambió un Botón de Alerta del que usted es contacto. Los datos van en el SMS y en el correo.',
    changes: {
      'contact-added': {
        subject: 'Boton de Alerta de {name}: se agrego un contacto',
        sms: 'Botón de Alerta de {name}: se agregó un contacto. Usted sigue en la lista.',
        email:
          'SE AGREGÓ UN CONTACTO\nEn el Botón de Alerta de {name} se agregó a una persona que también recibirá sus alertas. Usted sigue en la lista y no tiene que hacer nada.',
      },
      'contact-changed': {
        subject: 'Boton de Alerta de {name}: cambio un contacto',
        sms: 'Botón de Alerta de {name}: cambiaron los datos de un contacto. Usted sigue en la lista.',
        email:
          'CAMBIÓ UN CONTACTO\nEn el Botón de Alerta de {name} cambiaron los datos de una de las personas que reciben sus alertas. Usted sigue en la lista y no tiene que hacer nada.',
      },
      'contact-removed': {
        subject: 'Boton de Alerta de {name}: se quito un contacto',
        sms: 'Botón de Alerta de {name}: se quitó un contacto. Usted sigue en la lista.',
        email:
          'SE QUITÓ UN CONTACTO\nEn el Botón de Alerta de {name} se quitó a una persona, que ya no recibirá sus alertas. Usted sigue en la lista y no tiene que hacer nada.',
      },
      'device-added': {
        subject: 'Boton de Alerta de {name}: se agrego un telefono',
        sms: 'Botón de Alerta de {name}: ahora puede activarlo también desde otro teléfono.',
        email:
          'SE AGREGÓ UN TELÉFONO\nEl Botón de Alerta de {name} ahora se puede activar también desde otro teléfono. Usted sigue en la lista y no tiene que hacer nada.',
      },
      'device-revoked': {
        subject: 'Boton de Alerta de {name}: se dio de baja un telefono',
        sms: 'Botón de Alerta de {name}: se dio de baja un teléfono que podía activarlo.',
        email:
          'SE DIO DE BAJA UN TELÉFONO\nUno de los teléfonos desde los que se podía activar el Botón de Alerta de {name} ya no puede hacerlo. Usted sigue en la lista y no tiene que hacer nada.',
      },
      'device-replaced': {
        subject: 'Boton de Alerta de {name}: cambio su telefono',
        sms: 'Botón de Alerta de {name}: cambió de teléfono. El anterior ya no lo activa.',
        email:
          'CAMBIÓ EL TELÉFONO\nEl Botón de Alerta de {name} está ahora en otro teléfono. Los anteriores ya no pueden activarlo. Usted sigue en la lista y no tiene que hacer nada.',
      },
      erased: {
        subject: 'Boton de Alerta de {name}: se borro',
        sms: 'El Botón de Alerta de {name} se borró. Usted ya no recibirá sus alertas.',
        email:
          'SE BORRÓ EL BOTÓN DE ALERTA\nEl Botón de Alerta de {name} se borró, junto con la lista de contactos. Usted ya no recibirá alertas ni otros mensajes. Gracias por haber estado pendiente.',
      },
    },
    smsAdvice: 'Si le extraña, pregúntele en persona.',
    stepsTitle: 'SI LE EXTRAÑA',
    steps: {
      changed: [
        'Hable con {name}, de preferencia a solas: para este cambio se necesita su teléfono y un PIN.',
        'Si {name} no lo quiso así, puede deshacerlo en su teléfono con su PIN, o volver a registrarse.',
      ],
      erased: [
        'Hable con {name}, de preferencia a solas: para borrarlo se necesita su teléfono y un PIN.',
        'Si {name} no lo quiso así, puede volver a registrarse. Hasta entonces no tiene botón.',
      ],
    },
  },
  press: {
    default: {
      actual: 'ALERTA: se activó un Botón de Alerta. Los datos van en el SMS y en el correo a sus contactos.',
      drill: 'SIMULACRO de un Botón de Alerta. No hay ninguna emergencia.',
    },
    sms: {
      actual: {
        opening: 'ALERTA de {name}: posible detención, {when}.',
        lawyer: 'Busque ya un abogado de inmigración.',
        lawyerAt: 'Busque ya un abogado de inmigración: {phone}.',
      },
      drill: {
        opening:
          'SIMULACRO de {name}, {when}. No es real: no llame a nadie, solo dígale que le llegó. En una alerta real diría ALERTA y a quién llamar.',
      },
      notifyingConsulate: 'Se está avisando al consulado de {city}.',
      notifyingMinistry: 'Se está avisando a la Cancillería de México.',
      nobodyHears: 'Aquí ningún consulado recibe avisos.',
      caution: 'No vaya al lugar si corre riesgo.',
      short: {
        text: 'ALERTA {name}: posible detención {time}. Se avisa {told}. Tel {phone}, folio {folio}',
        consulate: 'al consulado {city}',
        ministry: 'a la Cancillería',
      },
      when: '{pressed}',
      whenLate: 'activado {pressed}, recibido {received}',
      whenUnknown: 'recibido {pressed}, no se sabe cuándo se activó',
    },
    email: {
      actual: {
        subject: 'ALERTA del boton de {name}: posible detencion, {when}',
        whatHappened:
          'QUÉ PASÓ\nSe activó el Botón de Alerta de {name}. Quien lo activa pide ayuda porque teme una detención o porque ya está ocurriendo. Es todo lo que se sabe en este momento; también pudo activarse sin querer.',
        notifyingConsulate:
          'A QUIÉN SE ESTÁ AVISANDO\n{name} autorizó que se avise al consulado. Se está avisando al consulado de México y a la Secretaría de Relaciones Exteriores. Este mensaje no confirma que alguien ya lo haya leído ahí.',
        notifyingMinistry:
          'A QUIÉN SE ESTÁ AVISANDO\n{name} autorizó que se avise al consulado. Como no se sabe qué consulado le queda cerca, se está avisando a la Secretaría de Relaciones Exteriores de México. Este mensaje no confirma que alguien ya lo haya leído ahí.',
        nobodyHears:
          'A QUIÉN SE AVISA\n{name} autorizó que se avise al consulado, pero en este momento ninguna oficina de México recibe estos avisos aquí. Llame usted: así lo sabrán.',
        stepsTitle: 'QUÉ PUEDE HACER AHORA',
      },
      drill: {
        subject: 'SIMULACRO del boton de {name}, {when}: no es real',
        whatHappened:
          'SIMULACRO: ESTO ES UN ENSAYO\nNo hay ninguna emergencia y no tiene que hacer nada. Se activó en modo de ensayo el Botón de Alerta de {name}, para comprobar que los avisos llegan y para que usted conozca este mensaje.',
        told: 'A QUIÉN SE AVISA\nSolo a los contactos que {name} eligió, como usted. Es un ensayo: no se avisa a nadie más.',
        wouldTellOffice:
          'En una alerta real se avisaría también a la Secretaría de Relaciones Exteriores de México y a esta oficina: {office}.',
        wouldTellMinistry: 'En una alerta real se avisaría también a la Secretaría de Relaciones Exteriores de México.',
        stepsTitle: 'QUÉ HACER AHORA',
        steps: [
          'No llame a nadie. Solo dígale a {name} que le llegó este mensaje.',
          'Fíjese en cómo se ve: una alerta real empieza con ALERTA y dice a quién llamar.',
          'Tenga a la mano estos datos de {name}: nombre completo como está en sus documentos, fecha y lugar de nacimiento y, si lo sabe, su número A de migración (nueve cifras).',
        ],
      },
      toContacts: 'A QUIÉN SE AVISA\nA los contactos que {name} eligió, como usted.',
      when: 'CUÁNDO\n{pressed}.',
      whenLate: 'CUÁNDO\nSe activó: {pressed}.\nEl aviso tardó en llegar; lo recibimos: {received}.',
      whenUnknown: 'CUÁNDO\nLo recibimos: {pressed}. No se sabe a qué hora se activó.',
      noPosition: 'No tenemos la ubicación del teléfono.',
      nearest: 'CONSULADO AL QUE SE AVISA (para su información)\n{office}',
      nearestToHome:
        'CONSULADO AL QUE SE AVISA, SEGÚN EL DOMICILIO QUE REGISTRÓ LA PERSONA (para su información)\n{office}',
      officePhone: 'Teléfono para informes: {phone}',
      deskPhone: 'Teléfono para informes, las 24 horas: {phone} ({desk})',
      callStep:
        'Llame al {phone}, diga que se activó el Botón de Alerta de {name} y pregunte qué se sabe y qué necesitan de usted.',
      steps: [
        'Tenga su teléfono con batería y conteste también los números que no conozca: puede ser {name}, o alguien que llama de su parte.',
        'Tenga a la mano estos datos de {name}: nombre completo como está en sus documentos, fecha y lugar de nacimiento y, si lo sabe, su número A de migración (nueve cifras).',
        'Si hubo una detención, busque a {name} en el localizador de ICE: https://locator.ice.gov/ (puede tardar de 8 a 48 horas en aparecer). Pruebe con los dos apellidos, con guion entre ellos y sin acentos.',
        'Consulte a un abogado de inmigración con licencia. Desconfíe de quien le pida dinero por teléfono: este servicio nunca lo pide.',
      ],
      phoneStep:
        'No mande al teléfono de {name} datos delicados (direcciones, documentos, quién más vive en la casa): puede estar en manos de otra persona.',
      footer:
        'Por seguridad este mensaje no dice dónde está la persona. Es un mensaje automático: nadie lee las respuestas.',
    },
    origins: {
      label: 'Lo que se anotó sobre esto: {label}',
      callStep:
        'Llame al {phone}, diga que salió la alerta de {name} sin que nadie activara el botón, y pregunte qué se sabe y qué necesitan de usted.',
      'said-taken': {
        default: 'ALERTA: un contacto avisó de una detención. Los datos van en el SMS y en el correo a sus contactos.',
        sms: 'ALERTA de {name}: un contacto avisó que se lo llevaron, {raised}. Nadie activó el botón.',
        subject: 'ALERTA de {name}: un contacto aviso que se lo llevaron, {raised}',
        whatHappened:
          'QUÉ PASÓ\nUn contacto de {name} avisó que se lo llevaron. Nadie activó el botón: puede que le quitaran el teléfono antes. Es todo lo que se sabe en este momento.',
        when: 'CUÁNDO\nEl contacto lo avisó: {raised}.',
        steps: ['Pregunte a quien avisó qué vio, dónde y a qué hora, y dígalo cuando llame.'],
      },
      'missed-check-in': {
        default: 'ALERTA: no llegó un OK prometido. Los datos van en el SMS y en el correo a sus contactos.',
        sms: 'ALERTA de {name}: no dijo que está bien, como prometió para {promised}. Nadie activó el botón.',
        subject: 'ALERTA de {name}: no dijo que esta bien, {promised}',
        whatHappened:
          'QUÉ PASÓ\n{name} prometió decir que está bien a más tardar: {promised}. No lo dijo. Nadie activó el botón: la alerta salió sola, porque {name} lo dejó pedido por si no podía avisar. Puede ser un olvido, un teléfono sin batería o sin señal, o una detención. Es todo lo que se sabe en este momento.',
        when: 'CUÁNDO\nPrometió decirlo a más tardar: {promised}.\nLa alerta salió: {raised}.',
        steps: [
          'Llame a {name}. Si contesta, pregunte algo que solo {name} sepa, fíjese en si puede hablar con libertad y pídale que quite la alerta con su PIN. No basta un mensaje escrito.',
        ],
      },
    },
  },
  trusted: {
    subject: 'Recado',
    default: 'Recado para usted.',
    sms: {
      call: 'Recado: cuando pueda hablar a solas, llame al {phone} y diga el folio {folio}.',
      help: 'Recado: cuando esté a solas, abra este enlace o llame al {phone}.',
      open: 'Recado: cuando esté a solas, abra este enlace.',
    },
    email: {
      call: 'Recado: cuando pueda hablar a solas, llame al {phone} y diga el folio {folio}.',
      help: 'Recado: cuando esté a solas, abra este enlace o llame al {phone}.',
      open: 'Recado: cuando esté a solas, abra el enlace.',
      link: 'Ábralo solo cuando nadie más vea la pantalla:\n{link}',
      care: 'No reenvíe este mensaje ni lo comente por escrito con nadie.',
    },
    welcome: {
      subject: 'Un encargo de {name}',
      sms: '{name} le eligió para un encargo de confianza. Léalo a solas y guarde el enlace.',
      email: '{name} le eligió para un encargo de confianza. Léalo a solas y guarde este mensaje.',
    },
  },
};
