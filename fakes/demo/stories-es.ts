import { bot, person, type Story, says } from "./script.ts";

/** Conversations in Spanish that ended today. */
export const SPANISH: readonly Story[] = [
  {
    name: "Rosa Huamán",
    phone: "51900100101",
    language: "es",
    agoMin: 4,
    tags: ["envíos"],
    lines: [
      says("Buenas, mi pedido 1063 dice entregado pero aquí no llegó nada"),
      bot(
        "order_status",
        "Hola, Rosa. El pedido 1063 figura entregado ayer a las 16:20 por Olva Courier. ¿Puede haberlo recibido alguien de tu casa?",
        { order: "1063" },
      ),
      says("No, estuve todo el día. Quiero hablar con alguien por favor", 2),
      bot(
        "human_handoff",
        "Claro, Rosa. Le paso tu caso a una persona del equipo; te responderá por este mismo chat.",
      ),
      says("ok espero", 1),
    ],
    handoff: {
      reason: "complaint",
      summary:
        "El pedido 1063 figura entregado ayer a las 16:20, pero la clienta estuvo en casa y no recibió nada. Pide que una persona lo revise con el courier.",
    },
  },
  {
    name: "Jorge Paredes",
    phone: "51900100102",
    language: "es",
    agoMin: 13,
    tags: ["empresas"],
    lines: [
      says("hola, necesito 40 chalinas para regalos de fin de año, con logo bordado"),
      bot(
        "product_question",
        "¡Hola, Jorge! Tenemos la Chalina Sama en 12 colores. Para pedidos de empresa con bordado lo ve directamente el equipo; ¿te paso con una persona?",
        { passage: "bordados" },
      ),
      says("sí, y si puede ser con factura", 3),
      bot("human_handoff", "Listo, le paso tu pedido al equipo de empresas. Te escribirán por aquí."),
    ],
    handoff: {
      reason: "customer_request",
      summary: "40 chalinas con logo bordado para regalos de fin de año, con factura. Quiere precio y plazo.",
    },
    note: {
      by: "Diego Rojas",
      text: "Para 40 unidades el taller pide 12 días. Precio de empresa: ver lista de noviembre.",
    },
  },
  {
    name: "Milagros T.",
    phone: "51900100103",
    language: "es",
    agoMin: 27,
    lines: [
      says("El poncho que me llegó tiene un hilo suelto en el borde 😕"),
      { from: "customer", text: "", photo: true, pauseMin: 1 },
      bot(
        "complaint",
        "Siento que haya llegado así, Milagros. Le paso la foto a una persona del equipo para que te dé la mejor solución.",
      ),
    ],
    handoff: {
      reason: "complaint",
      summary:
        "Poncho Ausangate con un hilo suelto en el borde; mandó una foto. Aún no dice si prefiere cambio o arreglo.",
    },
  },
  {
    name: "Carlos Mamani",
    phone: "51900100104",
    language: "es",
    agoMin: 6,
    tags: ["cambios"],
    lines: [
      says("Compré la chompa Wayra en L y me queda grande, ¿la puedo cambiar por M?"),
      bot(
        "product_question",
        "Sí, Carlos: tienes 30 días para cambiarla, sin uso y con su etiqueta. ¿La quieres cambiar en tienda o por envío?",
        { passage: "cambios-y-devoluciones" },
      ),
      says("Por envío, estoy en Arequipa. ¿Quién me ayuda con eso?", 4),
      bot("human_handoff", "Le paso tu cambio a una persona del equipo, que coordina el recojo contigo."),
      person(
        "Lucía Quispe",
        "Hola, Carlos, soy Lucía. Te mando el recojo para mañana entre 9 y 13 h. ¿Me confirmas tu dirección?",
        5,
      ),
      says("Calle Mercaderes 214, dpto 3, Cercado", 2),
      person("Lucía Quispe", "Perfecto, queda programado. La M sale el mismo día que recibimos la L."),
      says("genial, mil gracias Lucía", 1),
    ],
    handoff: {
      reason: "customer_request",
      summary: "Quiere cambiar una chompa Wayra L por M, desde Arequipa, por envío.",
      taken: "Lucía Quispe",
    },
  },
  {
    name: "Ximena Salas",
    phone: "51900100105",
    language: "es",
    agoMin: 38,
    lines: [
      {
        from: "customer",
        text: "",
        voice: "Hola, quería saber si el café Quillabamba lo tienen molido para cafetera italiana",
        pauseMin: 1,
      },
      bot(
        "product_question",
        "¡Hola, Ximena! Sí, el Quillabamba de 250 g viene en grano o molido: para italiana, pide la molienda media-fina. Cuesta S/ 38.00.",
        { passage: "cafe" },
      ),
      says("perfecto, ¿y envían a Miraflores hoy?", 2),
      bot(
        "product_question",
        "En Lima el envío llega en 24 a 48 horas y cuesta S/ 10.00; desde S/ 250.00 es gratis.",
        { passage: "envios" },
      ),
      says("super gracias", 1),
      bot("thanks_goodbye", "¡A ti, Ximena! Que disfrutes el café ☕"),
    ],
  },
  {
    name: "Pedro Vilca",
    phone: "51900100106",
    language: "es",
    agoMin: 95,
    closed: true,
    rating: { score: 5, why: "respondieron al toque" },
    lines: [
      says("¿Dónde está mi pedido 1048?"),
      bot(
        "order_status",
        "Tu pedido 1048 va en camino con Olva Courier y llega mañana, Pedro. Puedes seguirlo aquí: https://rastreo.tambo.example/TB1048PE",
        { order: "1048" },
      ),
      says("buenísimo", 1),
      bot("thanks_goodbye", "¡Con gusto, Pedro!"),
    ],
  },
  {
    name: "Elena Ccori",
    phone: "51900100107",
    language: "es",
    agoMin: 190,
    closed: true,
    rating: { score: 2, why: "demoraron mucho en decirme lo del pago" },
    tags: ["pagos"],
    lines: [
      says("me cobraron dos veces la misma compra!!"),
      bot("complaint", "Lamento el susto, Elena. Le paso tu caso ahora mismo a una persona del equipo."),
      {
        from: "customer",
        text: "les mando el comprobante",
        receipt: "Comprobante de pago. Tambo S.A.C. Total S/ 134.00. Dos cargos el 27 de noviembre.",
        pauseMin: 4,
      },
      person(
        "Diego Rojas",
        "Hola, Elena. Confirmado: el segundo cargo fue una preautorización y ya lo anulamos. Lo verás devuelto en 3 a 5 días.",
        52,
      ),
      says("ok, pero debieron avisar antes", 6),
      person(
        "Diego Rojas",
        "Tienes razón, disculpa la demora. Te dejo mi nombre por si no te aparece: Diego.",
      ),
    ],
    handoff: {
      reason: "complaint",
      summary: "Dos cargos de S/ 134.00 por la misma compra; mandó el comprobante.",
      taken: "Diego Rojas",
      back: true,
    },
  },
  {
    name: "Tienda Qori",
    phone: "51900100108",
    language: "es",
    agoMin: 310,
    snoozedForMin: 1_200,
    tags: ["empresas", "mayorista"],
    lines: [
      says("Buenas tardes, ¿venden al por mayor para tiendas?"),
      bot(
        "product_question",
        "Sí. Los precios al por mayor empiezan en 20 piezas por modelo; una persona del equipo te manda la lista.",
        { passage: "mayorista" },
      ),
      person(
        "Diego Rojas",
        "Hola, les envío la lista mañana por la mañana, apenas la actualice el taller.",
        20,
      ),
      says("Perfecto, quedamos atentos", 8),
    ],
    handoff: {
      reason: "customer_request",
      summary: "Tienda que quiere comprar al por mayor; espera la lista de precios.",
      taken: "Diego Rojas",
    },
  },
];
