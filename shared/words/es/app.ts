/*
 * Todo lo que dice la aplicación de la persona. Sin importaciones: va completo en el navegador.
 * Los nombres de botones, campos y páginas son el contrato (docs/app.md): se buscan por ellos.
 */
export const spanishApp = {
  looks: {
    button: { name: 'Botón de Alerta', short: 'Botón' },
    calculator: { name: 'Calculadora', short: 'Calculadora' },
  },
  bar: { back: 'Atrás', otherLanguage: 'English', listen: 'Escuchar', quiet: 'Callar' },
  next: 'Continuar',
  done: 'Listo',
  save: 'Guardar',
  remove: 'Quitar',
  change: 'Cambiar',
  print: 'Imprimir',
  wait: 'Un momento…',
  saved: 'Guardado.',
  optional: 'Si no quiere, deje esto vacío y siga con «Continuar».',
  problems: {
    lost: 'No hubo respuesta. Revise la señal e intente otra vez.',
    failed: 'Algo falló de nuestro lado. Intente otra vez en un momento.',
    busy: 'Hay muchas peticiones en este momento. Intente otra vez en un minuto.',
    wrongPin: 'Ese PIN no es, o hubo demasiados intentos: entonces espere 15 minutos.',
    unknownPhone: 'El servicio ya no conoce este teléfono. Vuelva al inicio y use «Recuperar mi botón».',
    openAlert: 'Mientras haya una alerta abierta esto no se puede cambiar.',
    field: 'Revise este dato.',
    check: 'Revise lo que está marcado.',
    empty: 'Falta escribir esto.',
    choose: 'Elija una respuesta.',
  },
  start: {
    intro: 'Si van a detenerle, avise con un solo botón a quienes usted elija.',
    create: 'Crear mi botón',
    code: 'Ya tengo un código',
    recover: 'Recuperar mi botón',
  },
  install: {
    title: 'Instalar en este teléfono',
    iphoneFirst: 'En un iPhone, instale primero: lo que escriba aquí no pasa a la aplicación instalada.',
    iphone: [
      'Toque el botón de compartir de Safari (un cuadro con una flecha hacia arriba).',
      'Elija «Agregar a inicio» y luego «Agregar».',
      'Abra el botón desde la pantalla de inicio y siga ahí.',
    ],
    android: [
      'Abra el menú del navegador (tres puntos).',
      'Elija «Instalar aplicación» o «Agregar a la pantalla principal».',
    ],
    button: 'Instalar',
    skip: 'Seguir sin instalar',
    code: 'Anote el código del taller, se lo va a pedir la aplicación: {code}',
  },
};

/** Spanish sets what there is; no other language compiles without it. */
export type AppWords = typeof spanishApp;
