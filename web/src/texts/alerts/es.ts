import type { alerts as english } from "./en.ts";

/** Meta's events, in words. Others are shown by Meta's own name. */
const EVENTS: Readonly<Record<string, string>> = {
  RED: "Calidad baja: Meta puede pausarla o limitarla.",
  YELLOW: "Calidad media: algunos clientes la bloquean o la denuncian.",
  REJECTED: "Meta la rechazó.",
  PAUSED: "Meta la pausó por su baja calidad.",
  DISABLED: "Meta la desactivó.",
  FLAGGED: "Meta la marcó: si la calidad no mejora, la desactivará.",
  PENDING_DELETION: "Se va a borrar.",
  DOWNGRADE: "El límite de mensajes bajó.",
};

const DEPENDENCIES: Readonly<Record<string, string>> = {
  database: "La base de datos",
  cache: "La caché",
  model: "El servicio del modelo",
  whatsapp: "WhatsApp (Graph)",
};

/** Spanish texts of the page of alerts. */
export const alerts: typeof english = {
  intro: "Qué necesita atención, a qué ritmo se gastan los márgenes de error y qué falló antes.",
  open: "Abiertas ahora",
  none: "Nada requiere tu atención.",
  checked: (span) => `Última revisión hace ${span}.`,
  never: "Las revisiones todavía no se han hecho.",
  severity: { page: "Míralo ahora", ticket: "En estos días" },
  since: (span) => `desde hace ${span}`,
  told: (time) => `avisado a las ${time}`,
  untold: "aún no se avisó a nadie",
  whatToDo: "Qué hacer",
  budgets: "Márgenes de error",
  budgetsHint:
    "Cuántas veces más rápido de lo permitido se gasta cada margen: a 1× dura exactamente 28 días. Con poco tráfico no hay alerta.",
  objective: "Objetivo",
  windows: {
    "5m": "5 min",
    "30m": "30 min",
    "1h": "1 hora",
    "2h": "2 horas",
    "6h": "6 horas",
    "1d": "1 día",
    "4d": "4 días",
  },
  left: "Queda de 28 días",
  burn: (rate) => `${rate}×`,
  missed: (missed, all) => `${missed} de ${all} fallidos`,
  spent: (usd, all) => `${usd} por ${all} mensajes`,
  noEvents: "sin eventos",
  state: { page: "se gasta muy rápido", ticket: "se gasta rápido" },
  rules: "Cuándo se avisa",
  rule: (factor, long, short, severity) =>
    `más de ${factor}× en ${long} y en ${short}: ${severity.toLowerCase()}`,
  least: (events, misses, usd) =>
    `Solo a partir de ${events} eventos y ${misses} fallos. El costo, solo a partir de $${usd} y nunca como urgente.`,
  past: "Terminadas, últimos 28 días",
  pastNone: "No hubo nada fuera de lo normal.",
  when: "Empezó",
  lasted: "Duró",
  what: "Qué",
  title: {
    burn: (fact) => `El margen de error se gasta ${fact("burn")} veces más rápido de lo permitido`,
    behind: (fact) =>
      fact("minutes")
        ? `Las cifras llevan ${fact("minutes")} minutos de retraso`
        : "No se cuentan las cifras",
    dead: (fact) =>
      fact("count") === "1" ? "Un turno fallido espera" : `${fact("count")} turnos fallidos esperan`,
    stranded: (fact) =>
      fact("count") === "1"
        ? "Un cliente sigue sin respuesta"
        : `${fact("count")} clientes siguen sin respuesta`,
    token: (fact) =>
      fact("state") === "ends"
        ? `El token de acceso del número ${fact("number")} vence en ${fact("days")} días`
        : fact("state") === "rights"
          ? `Al token de acceso del número ${fact("number")} le faltan permisos`
          : `El token de acceso del número ${fact("number")} ya no es válido`,
    subscription: (fact) => `La app no está suscrita a la cuenta de WhatsApp ${fact("account")}`,
    account: (fact) => (fact("about") ? `Plantilla ${fact("about")}` : "Calidad del número"),
    model_end: (fact) =>
      Number(fact("days")) > 0
        ? `${fact("model")} termina el ${fact("shutdown")}`
        : `${fact("model")} ha terminado`,
    spend: (fact) =>
      `Los modelos han costado $${fact("used")} de $${fact("limit")} ${fact("period") === "day" ? "hoy" : "este mes"}`,
    drift: (fact) =>
      `El clasificador local coincide con el modelo en el ${fact("now")} % de sus intentos; antes, en el ${fact("before")} %`,
    dependency: (fact) => `${DEPENDENCIES[fact("name")] ?? fact("name")} no responde`,
  },
  detail: {
    burn: (fact) =>
      fact("usd")
        ? `$${fact("usd")} por ${fact("all")} mensajes en ${fact("window")}.`
        : `${fact("missed")} de ${fact("all")} fallidos en ${fact("window")}.`,
    behind: () => "Hasta que se cuenten de nuevo no se notará si falla un objetivo.",
    dead: () => "Turnos que se abandonaron: repítelos o descártalos.",
    stranded: () => "Desde hace más de dos minutos, y nada los está atendiendo.",
    token: () => "Sin él no sale ninguna respuesta.",
    subscription: () => "No llega ningún mensaje de los clientes.",
    account: (fact) =>
      EVENTS[fact("event").toUpperCase()] ?? fact("event").replaceAll("_", " ").toLowerCase(),
    model_end: (fact) =>
      fact("successor") ? `${fact("successor")} responde en su lugar.` : "Nada responde en su lugar.",
    spend: () => "El límite lo fija quien administra este bot.",
    drift: (fact) => `De ${fact("compared")} intentos probables de los últimos siete días.`,
    dependency: (fact) => `Error ${fact("error")}.`,
  },
};
