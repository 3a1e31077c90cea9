/** Answers that colleagues use again and again. */
export const QUICK_REPLIES: readonly { shortcut: string; text: string; language: "es" | "en" | "pt" }[] = [
  {
    shortcut: "hola",
    language: "es",
    text: "Hola, {{name}}, soy {{operator}} de {{company}}. Cuéntame, ¿en qué te ayudo?",
  },
  {
    shortcut: "direccion",
    language: "es",
    text: "¿Me confirmas tu dirección completa, con distrito y una referencia?",
  },
  {
    shortcut: "cambio",
    language: "es",
    text: "Puedes cambiarlo dentro de 30 días, sin uso y con su etiqueta. ¿Prefieres en tienda o por envío?",
  },
  {
    shortcut: "hello",
    language: "en",
    text: "Hi {{name}}, this is {{operator}} from {{company}}. How can I help?",
  },
  {
    shortcut: "ola",
    language: "pt",
    text: "Olá, {{name}}! Aqui é {{operator}}, da {{company}}. Como posso ajudar?",
  },
];
