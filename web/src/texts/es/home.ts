import type { home as english } from "../en/home.ts";

/** Spanish texts of the home page. */
export const home: typeof english = {
  title: {
    ok: "Chasqui está en marcha",
    degraded: "Chasqui está en marcha, con problemas",
    down: "Chasqui no está disponible",
  },
  checking: "Comprobando los servicios…",
  unreachable: "La comprobación de estado no responde",
  summary: {
    ok: "Los mensajes se reciben, se guardan y se responden.",
    degraded:
      "Los mensajes se reciben y se guardan. Algunas respuestas pueden ser más sencillas o más lentas hasta que se resuelva el problema.",
    down: "Ahora mismo no se pueden guardar mensajes nuevos. Meta los conserva y los vuelve a entregar durante un máximo de 7 días.",
    unreachable: "Revisa los registros del último despliegue y vuelve a intentarlo.",
  },
  services: "Servicios",
  names: {
    database: "Base de datos",
    cache: "Caché",
    model: "Modelo de lenguaje",
    whatsapp: "WhatsApp",
    graph: "WhatsApp",
    telemetry: "Telemetría",
  },
  up: "funciona",
  down: "no funciona",
  noChecks: "La comprobación de estado no incluye ningún servicio.",
  checkedAt: (time) => `Última comprobación: ${time}`,
  again: "Comprobar de nuevo",
  console: "Abrir la consola",
  webhook: "URL del webhook",
  webhookHint:
    "Introdúcela como URL de devolución de llamada en el panel de apps de Meta, en WhatsApp → Configuración.",
  docs: "Guías",
  docsHint: "En tu copia del proyecto:",
  guides: {
    "README.md": "Primeros pasos",
    "docs/deploy.md": "Conecta tu propio número",
    "docs/configuration.md": "Todos los ajustes",
    "docs/architecture.md": "Cómo funciona",
  },
  meta: "Documentación de la API de WhatsApp Cloud de Meta",
  raw: "Estado en JSON",
};
