import type { inbox as english } from "../en/console-inbox.ts";

/** Spanish texts of the console's inbox. */
export const inbox: typeof english = {
  lists: {
    waiting: "En espera",
    mine: "Mías",
    bot: "Con el bot",
    snoozed: "Pospuestas",
    flagged: "Marcadas",
    closed: "Cerradas",
    all: "Todas",
  },
  listsLabel: "Listas",
  rowsLabel: (list) => `Conversaciones: ${list}`,
  conversation: "Conversación",
  panel: "Cliente",
  back: "Volver a la lista",
  showPanel: "Datos del cliente",
  unnamed: "Cliente",
  you: "Tú",
  row: {
    unread: (count) => `${count} sin leer`,
    waits: (span) => `Espera ${span}`,
    tones: { calm: "", soon: "cerca de la meta", late: "pasó la meta" },
    assignee: (name) => `Con ${name}`,
    owners: { bot: "Bot", human: "Nadie aún", other_app: "Otra app" },
    snoozed: (until) => `Hasta ${until}`,
    closed: "Cerrada",
    flagged: "Marcada",
    optedOut: "Baja",
    demo: "Demo",
  },
  tag: {
    label: "Etiqueta",
    any: "Etiqueta",
    only: (tag) => `Solo «${tag}»`,
    clear: "Quitar el filtro de etiqueta",
  },
  list: {
    failed: "No se pudo cargar la lista.",
    failedMore: "No se pudieron cargar las conversaciones siguientes.",
    loading: "Cargando conversaciones",
  },
  empty: {
    waiting: {
      title: "Nadie está esperando",
      text: "Aquí aparecen los clientes que piden una persona; primero, quien más espera.",
    },
    mine: {
      title: "No tienes conversaciones",
      text: "Toma una de En espera, o escribe en cualquier conversación.",
    },
    bot: {
      title: "El bot no conversa con nadie",
      text: "Aquí aparecen las conversaciones que atiende el bot.",
    },
    snoozed: {
      title: "No hay nada pospuesto",
      text: "Una conversación pospuesta vuelve a su hora, o cuando el cliente escribe.",
    },
    flagged: {
      title: "No hay nada marcado",
      text: "Aquí aparecen las conversaciones con una calificación baja, para que alguien las revise.",
    },
    closed: {
      title: "Aún no hay nada cerrado",
      text: "Una conversación cerrada se abre de nuevo cuando el cliente escribe.",
    },
    all: {
      title: "Aún no hay conversaciones",
      text: "El primer mensaje a tu número de WhatsApp aparece aquí en dos segundos.",
    },
    tag: "Ninguna conversación de esta lista tiene esta etiqueta.",
    choose: "Elige una conversación",
    chooseHint: "J y K recorren la lista, Enter abre una conversación. ? muestra todos los atajos.",
  },
  start: {
    title: "Qué hacer ahora",
    done: "hecho",
    steps: {
      connect: {
        name: "Conecta tu número de WhatsApp",
        text: "Ingresa el id y el token del número, como explica docs/deploy.md.",
      },
      company: {
        name: "Cuéntale al bot sobre tu empresa",
        text: "Su perfil, sus conocimientos y su horario.",
      },
      invite: {
        name: "Invita a tu equipo",
        text: "Los agentes atienden a clientes; los lectores solo leen.",
      },
      handoffs: {
        name: "Fija la meta de espera",
        text: "En cuánto tiempo debe atender una persona a quien espera.",
      },
      test: {
        name: "Escribe un mensaje de prueba",
        text: "Envía «Hola» a tu número desde cualquier teléfono.",
      },
    },
  },
  search: {
    label: "Buscar conversaciones",
    placeholder: "Nombre, número, pedido o palabras",
    clear: "Borrar la búsqueda",
    results: (count) => (count === 1 ? "1 conversación encontrada" : `${count} conversaciones encontradas`),
    more: "Mostrar más",
    none: "No se encontró nada",
    noneHint: "Busca un nombre, un teléfono, un número de pedido o palabras de un mensaje.",
    failed: "No se pudo buscar.",
  },
  notify: {
    on: "Los avisos están activados",
    off: "Avisarme de clientes en espera",
    blocked:
      "Tu navegador bloquea los avisos de esta página. Permítelos en los ajustes de la barra de direcciones; el sonido funciona igual.",
    unsupported:
      "Este navegador no muestra avisos de páginas, como en iPhone y iPad. El sonido funciona mientras la página está abierta.",
    title: "Un cliente espera a una persona",
    body: (count) => (count === 1 ? "1 cliente está esperando." : `${count} clientes están esperando.`),
    said: (count) =>
      count === 1
        ? "Un cliente espera a una persona."
        : `Un cliente espera a una persona; en total esperan ${count}.`,
  },
  thread: {
    loading: "Cargando la conversación",
    failed: "No se pudo cargar la conversación.",
    gone: "Esta conversación ya no existe, o es de otra empresa.",
    empty: "Aún no hay mensajes.",
    older: "Cargando mensajes anteriores",
    olderButton: "Mostrar mensajes anteriores",
    newMessages: (count) =>
      count === 0 ? "Al mensaje más nuevo" : count === 1 ? "1 mensaje nuevo" : `${count} mensajes nuevos`,
    arrived: (words) => `Mensaje nuevo: ${words}`,
    bot: "Bot",
    phoneApp: "App WhatsApp Business",
    formerOperator: "Operador",
    sentBy: (name, app) => `${name}, ${app}`,
    menu: "Responder, reaccionar o copiar",
    window: {
      open: (span) => `Quedan ${span} para escribir`,
      ending: (span) => `Solo quedan ${span} para escribir`,
      closed: "Ventana de 24 horas cerrada",
      hint: "WhatsApp permite mensajes libres hasta 24 horas después del último del cliente. Luego solo se pueden enviar plantillas aprobadas.",
    },
    typing: (names, many) => `${names} ${many ? "están" : "está"} escribiendo…`,
    looking: (names) => `También aquí: ${names}`,
    handoff: {
      label: "Pasada a una persona",
      waiting: (span) => `espera ${span}`,
      takenBy: (name) => `la tiene ${name}`,
      opened: "El bot pidió una persona",
      taken: (name) => (name ? `${name} tomó la conversación` : "Una persona tomó la conversación"),
      back: "Devuelta al bot",
    },
    botNote: "Nota para el bot",
    note: (name) => `Nota interna de ${name}`,
    noteHint: "Solo la ve tu equipo",
    turn: {
      open: "Todo sobre este turno",
      unpriced: "sin precio",
      wait: (duration) => `respuesta en ${duration}`,
      tools: (count) => (count === 1 ? "1 consulta" : `${count} consultas`),
      silent: "El bot no respondió",
      details: "Qué entendió, hizo y costó el bot",
    },
  },
  failures: {
    window_closed: {
      why: "Pasaron más de 24 horas desde el último mensaje del cliente.",
      what: "Envía una plantilla aprobada; cuando el cliente responda, podrás escribir libremente.",
    },
    unreachable: {
      why: "WhatsApp no pudo entregar el mensaje a este número.",
      what: "El teléfono puede estar apagado, bloqueado o sin WhatsApp. Busca otra forma de contactar al cliente.",
    },
    template_missing: {
      why: "Meta no conoce esta plantilla en este idioma.",
      what: "Elige otra plantilla, o créala en el Administrador de WhatsApp.",
    },
    template_paused: {
      why: "Meta pausó esta plantilla porque hubo clientes que la reportaron.",
      what: "Elige otra plantilla, o mejora esta en el Administrador de WhatsApp.",
    },
    refused_form: {
      why: "WhatsApp rechazó la forma del mensaje.",
      what: "Escríbelo de nuevo de forma más simple: más corto y sin contenido especial.",
    },
    blocked_account: {
      why: "Meta restringe tu cuenta de WhatsApp, o este cliente no acepta estos mensajes.",
      what: "Un propietario debe revisar la calidad de la cuenta en el Administrador de WhatsApp.",
    },
    too_fast: {
      why: "Se enviaron demasiados mensajes en poco tiempo.",
      what: "Espera un minuto y envíalo de nuevo.",
    },
    unconfirmed: {
      why: "WhatsApp nunca confirmó este mensaje: puede haber llegado o no.",
      what: "Pregunta al cliente antes de enviarlo de nuevo.",
    },
    file: {
      why: "WhatsApp no aceptó el archivo.",
      what: "Envíalo de nuevo como JPEG, PDF o audio, de menos de 16 MB.",
    },
    unknown: {
      why: "WhatsApp rechazó el mensaje.",
      what: "Inténtalo otra vez; si falla de nuevo, da el código a quien cuida el bot.",
    },
  },
  code: (code) => `Código de Meta ${code}`,
};
