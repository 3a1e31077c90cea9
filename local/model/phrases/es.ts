import type { Phrases } from "./shape.ts";

/** Spanish. */
export const es: Phrases = {
  greeting: (name, company) =>
    `¡Hola${name ? `, ${name}` : ""}! 👋 Soy el asistente virtual de ${company}. Puedo contarte de nuestros productos y envíos, o ver cómo va tu pedido. ¿Qué necesitas?`,
  hello: (name) => `¡Hola${name ? `, ${name}` : ""}! `,
  thanks: "¡Con gusto! Escríbeme cuando quieras.",
  outOfScope: (company) =>
    `En eso no puedo ayudarte: aquí atiendo lo de ${company}. Con gusto te ayudo con productos, envíos, cambios o tu pedido.`,
  assistant: (company) =>
    `Soy el asistente virtual de ${company}. Si prefieres que te atienda una persona, escribe **persona**.`,
  askMore: "Claro, ¿en qué te ayudo? Cuéntame un poco más: un producto, un envío o un pedido.",
  cannotRead: "Todavía no puedo ver ni escuchar lo que enviaste. ¿Me lo escribes con palabras, por favor?",
  cannotLookUp:
    "Perdona, en este momento no puedo consultar esa información. Si quieres, te paso con una persona: escribe **persona**.",
  nothingFound: (company) =>
    `No encontré eso en la información de ${company}. ¿Me lo cuentas con otras palabras? Si prefieres, te paso con una persona.`,
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
  statuses: {
    preparing: "está en preparación",
    shipped: "está en camino",
    in_customs: "está en aduana",
    ready_for_pickup: "está listo para recoger",
    delivered: "fue entregado",
    cancelled: "fue cancelado",
  },
};
