import type { simulator as english } from "../en/simulator.ts";

/** Spanish texts of the simulator. */
export const simulator: typeof english = {
  console: "Consola",
  title: "Simulador",
  loading: "Cargando la conversación…",
  tabs: { chat: "Conversación", turn: "Detalles" },
  offlineModel: "Modelo sin conexión:",
  offline:
    "las respuestas salen de los ejemplos y de la base de conocimiento. Define OPENAI_API_KEY para usar GPT-4o.",
  lost: "Se perdió la conexión con el servidor de desarrollo. Reconectando…",
  dismiss: "Cerrar",
  problems: {
    unreachable:
      "El servidor de desarrollo no responde. Revisa la terminal con «npm run dev» y reinícialo si se detuvo.",
    webhook_401:
      "El bot rechazó la firma del mensaje (401). El bot y el simulador deben usar el mismo WHATSAPP_APP_SECRET. Compruébalo con «npm run doctor».",
    webhook_413: "El mensaje es demasiado grande para el bot (413). Envía uno más corto.",
    webhook_503:
      "El bot no pudo guardar el mensaje (503). Meta lo entregaría de nuevo; aquí, pulsa «Reintentar». ¿Está en marcha la base de datos?",
    webhook: (status) =>
      `El bot respondió ${status} en lugar de 200. El motivo está en la terminal con «npm run dev».`,
    other: "Algo falló en el servidor de desarrollo. El motivo está en su terminal.",
  },
  customers: {
    legend: "Cliente",
    other: "Otro número",
    number: "Número de WhatsApp",
    numberHint: "Solo cifras, con el código de país; p. ej., 51987654321",
    numberWrong: "Escribe de 7 a 15 cifras con el código de país, sin + ni espacios.",
    name: "Nombre",
    use: "Usar este número",
    cancel: "Cancelar",
    reset: "Borrar la conversación",
    resetConfirm: "¿Borrar los mensajes y los turnos de este cliente?",
    resetYes: "Borrar",
  },
  empty: "Aún no hay mensajes. Escribe uno o elige una de las sugerencias.",
  typing: "escribiendo…",
  online: "en línea",
  notSent: "No enviado",
  tryAgain: "Reintentar",
  suggestions: "Sugerencias",
  composer: {
    message: "Mensaje",
    asOperator: "Responder como agente",
    writeAs: "Escribir como",
    send: "Enviar",
    keys: "Intro para enviar, Mayús+Intro para una línea nueva",
    replyingTo: "Respuesta a",
    cancelReply: "Cancelar la respuesta",
  },
  menu: {
    reply: "Responder",
    react: (emoji) => `Reaccionar con ${emoji}`,
    unreact: (emoji) => `Quitar ${emoji}`,
  },
  attach: {
    open: "Adjuntar",
    photo: "Foto o video",
    document: "Documento",
    audio: "Mensaje de voz",
    location: "Ubicación",
    contact: "Contacto",
    cart: "Carrito",
    samplePhoto: "Foto de muestra",
    sampleDocument: "PDF de muestra",
    sampleVoice: "Voz de muestra",
    sticker: "Sticker",
    unsupported: "Encuesta",
  },
  refusals: {
    empty_file: "Este archivo está vacío.",
    file_too_large: (kind, size, most) =>
      `${kind}: este archivo ocupa ${size}. WhatsApp acepta hasta ${most}.`,
    file_type: (kind, types) => `${kind}: WhatsApp solo acepta ${types}.`,
  },
  caption: {
    label: "Pie de foto o archivo",
    title: "Enviar este archivo",
    send: "Enviar",
    cancel: "Cancelar",
  },
  places: { title: "Enviar una ubicación", cancel: "Cancelar" },
  cart: {
    title: "Enviar un carrito",
    note: "Nota para la tienda",
    fewer: (product) => `Uno menos: ${product}`,
    more: (product) => `Uno más: ${product}`,
    total: "Total",
    send: "Enviar",
    cancel: "Cancelar",
  },
  list: { send: "Enviar", close: "Cerrar" },
  flow: { title: "Completar el formulario", label: "Respuesta en JSON", send: "Enviar", cancel: "Cancelar" },
  handoff: {
    state: "Un agente atiende esta conversación. El bot está en pausa.",
    goesOn: "Se llamó a un agente. El bot sigue mientras tanto.",
    since: (time) => `desde las ${time}`,
    back: "Devolver al bot",
  },
};
