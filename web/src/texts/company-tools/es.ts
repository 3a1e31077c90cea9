import type { tools as english } from "./en.ts";

/** Spanish texts about the tools that a company declares. */
export const tools: typeof english = {
  intro:
    "Las herramientas conectan al bot con tus propios sistemas: consulta algo, o hace lo que el cliente confirmó. Cada una es el JSON de un archivo de tools/ (docs/tools.md); las intenciones eligen cuáles pueden usar.",
  none: "La empresa no declara herramientas.",
  kinds: {
    reads: "consulta",
    effect: "el cliente confirma",
    cart: "recibe carritos",
    orders: "sistema de pedidos",
  },
  declaration: "Declaración (JSON)",
  declarationHint: `Los secretos se escriben como \${env:TOOL_…} o \${secret:…}, nunca tal cual.`,
  notJson: "Todavía no es JSON. Se queda aquí, pero el borrador conserva lo último que se pudo leer.",
  remove: "Quitar",
  removed: (name) => `${name} se quitó.`,
  restore: "Recuperar",
  newName: "Nombre de una herramienta nueva",
  newHint: "Para el modelo y las intenciones: a-z, 0-9 y _.",
  badName: "Un nombre solo tiene a-z, 0-9 y _, como máximo 40, y empieza con una letra.",
  takenName: "Ya hay una herramienta con este nombre.",
  add: "Añadir herramienta",
};
