import type { Phrases } from "./shape.ts";

/** Spanish. */
export const es: Phrases = {
  greeting: (name, company) =>
    `¡Hola${name ? `, ${name}` : ""}! 👋 Soy el asistente virtual de ${company}. Puedo contarte de nuestros productos y envíos, o ver cómo va tu pedido. ¿Qué necesitas?`,
  hello: (name) => `¡Hola${name ? `, ${name}` : ""}! `,
  thanks: "¡Con gusto! Escríbeme cuando quieras.",
  outOfScope: (company) =>
    `No puedo ayudarte con eso, pero con gusto respondo tus preguntas sobre ${company}: productos, envíos, cambios o tu pedido.`,
  assistant: (company) =>
    `Soy el asistente virtual de ${company}. Si prefieres que te atienda una persona, escribe **persona**.`,
  askMore: "Claro, ¿en qué te ayudo? Cuéntame un poco más: un producto, un envío o un pedido.",
  cannotRead:
    "No pude abrir lo que enviaste. ¿Puedes enviarlo de nuevo o describirlo con palabras, por favor?",
  received: {
    image: "¿Qué te gustaría saber?",
    sticker: "¡Gracias por el sticker! 😊 ¿En qué te ayudo?",
    contact: "Gracias, recibí el contacto. ¿Qué quieres que hagamos con él?",
    form: "¡Gracias! Recibí tus respuestas. ¿Necesitas algo más?",
    document: (name, beginning) =>
      `Leí ${name || "tu documento"}, que empieza así: «${beginning}». ¿Qué necesitas saber?`,
  },
  thanksFor: { picture: "¡Gracias por la foto!", place: "¡Gracias por la ubicación!" },
  whereIsTheShop: "¿Dónde están las tiendas?",
  whichOrder: "Tienes varios pedidos. ¿De cuál quieres saber?",
  orderOption: (number) => `Pedido ${number}`,
  seeOrders: "Ver pedidos",
  whichTopic: "¿Cuál de estas es tu pregunta?",
  seeTopics: "Ver preguntas",
  askPlace:
    "¿Dónde estás? Comparte tu ubicación o escríbeme tu ciudad y te digo qué tienda te queda más cerca.",
  cartHandoff:
    "Recibí tu pedido del catálogo. Se lo pasé a una persona del equipo, que te lo confirmará por este mismo chat.",
  cartSummary: (items) => `El cliente envió un carrito: ${items}`,
  cannotLookUp:
    "Perdona, en este momento no puedo consultar esa información. Si quieres, te paso con una persona: escribe **persona**.",
  nothingFound: (company) =>
    `No encontré eso en la información de ${company}. ¿Puedes decirlo con otras palabras? Si prefieres, te paso con una persona.`,
  handoff: "Listo, una persona del equipo te responderá por este mismo chat. Puedes seguir escribiendo aquí.",
  complaintHandoff:
    "Lamento mucho lo que pasó. Ya se lo pasé a una persona del equipo, que te responderá por este mismo chat.",
  handoffSummary: (text) => `El cliente escribió: «${text}»`,
  orderNotFound:
    "No encuentro ese pedido con tu número de teléfono. ¿Puedes revisar el número? Si quieres, te paso con una persona.",
  noOrders: "No encuentro pedidos con tu número de teléfono. Si quieres, te paso con una persona.",
  unavailable:
    "Perdona, ahora mismo no puedo consultar los pedidos. Inténtalo en unos minutos o, si prefieres, te paso con una persona.",
  order: ({ number, items, status }) => `Tu pedido **${number}** (${items}) ${status}`,
  orders: "Estos son tus últimos pedidos:",
  expected: (date) => `Fecha estimada: ${date}.`,
  tracking: (url) => `Seguimiento: ${url}`,
  by: (carrier) => ` con ${carrier}`,
  missing: {
    date: "Claro. ¿Para qué día?",
    time: "¿A qué hora?",
    number: "¿Para cuántas personas?",
    code: "¿Cuál es el código? Está en tu confirmación.",
    choice: "¿Cuál de las opciones prefieres?",
    words: "¿Cuál es la nueva dirección, completa? Escríbela con el número de pedido, después de dos puntos.",
  },
  found: "Esto es lo que hay:",
  nothingThere: "No hay nada para eso. ¿Quieres que mire otro día?",
  statuses: {
    preparing: "está en preparación",
    shipped: "está en camino",
    in_customs: "está en aduana",
    ready_for_pickup: "está listo para recoger",
    delivered: "fue entregado",
    cancelled: "fue cancelado",
  },
};
