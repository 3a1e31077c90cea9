import type { RegisteredTemplate } from "./templates.ts";

const body = (text: string) => ({ type: "BODY", text });
const footer = (text: string) => ({ type: "FOOTER", text });
const header = (text: string) => ({ type: "HEADER", format: "TEXT", text });

/** Templates of the demo company's account: in three languages, with every kind of placeholder, one paused and one rejected. */
export const SAMPLE_TEMPLATES: readonly RegisteredTemplate[] = [
  {
    name: "seguimos_aqui",
    language: "es",
    parameters: 1,
    components: [
      body("Hola {{1}}, tenemos una respuesta para usted. Escríbanos y seguimos."),
      footer("Responda BAJA para no recibir más mensajes"),
    ],
  },
  {
    name: "seguimos_aqui",
    language: "en",
    parameters: 1,
    components: [body("Hello {{1}}, we have an answer for you. Write to us and we will go on.")],
  },
  {
    name: "seguimos_aqui",
    language: "pt_BR",
    parameters: 1,
    components: [body("Olá {{1}}, temos uma resposta para você. Escreva e continuamos.")],
  },
  {
    name: "pedido_en_camino",
    language: "es",
    parameters: 2,
    header: "text",
    names: ["nombre", "fecha"],
    links: [0],
    components: [
      header("Pedido {{numero}}"),
      body("Hola {{nombre}}, su pedido llega el {{fecha}}."),
      {
        type: "BUTTONS",
        buttons: [
          { type: "URL", text: "Seguir el pedido", url: "https://example.com/pedidos/{{1}}" },
          { type: "QUICK_REPLY", text: "Cambiar la fecha" },
        ],
      },
    ],
  },
  {
    name: "catalogo",
    language: "es",
    parameters: 0,
    header: "document",
    category: "marketing",
    components: [{ type: "HEADER", format: "DOCUMENT" }, body("Le enviamos el catálogo de la temporada.")],
  },
  {
    name: "oferta_de_invierno",
    language: "es",
    parameters: 1,
    category: "marketing",
    stopped: "paused",
    components: [body("{{1}}, esta semana los ponchos tienen descuento.")],
  },
  {
    name: "sorteo",
    language: "es",
    parameters: 0,
    category: "marketing",
    refused: "rejected",
    components: [body("¡Gane un poncho!")],
  },
  ...Object.entries({
    es: "Le recordamos su cita del {{1}} a las {{2}}. Código: {{3}}. Escríbanos si necesita cambiarla.",
    en: "A reminder of your appointment on {{1}} at {{2}}. Code: {{3}}. Write to us if you need to change it.",
    pt_BR: "Lembramos da sua consulta em {{1}} às {{2}}. Código: {{3}}. Escreva se precisar mudar.",
  }).map(([language, words]) => ({
    ...{ name: "recordatorio_de_cita", language, parameters: 3 },
    components: [body(words)],
  })),
];
