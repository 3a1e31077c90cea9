import type { alerts as english } from "./en.ts";

/** Meta's events, in words. Others are shown by Meta's own name. */
const EVENTS: Readonly<Record<string, string>> = {
  RED: "Qualidade baixa: a Meta pode pausar ou limitar.",
  YELLOW: "Qualidade média: alguns clientes bloqueiam ou denunciam.",
  REJECTED: "A Meta rejeitou.",
  PAUSED: "A Meta pausou por baixa qualidade.",
  DISABLED: "A Meta desativou.",
  FLAGGED: "A Meta sinalizou: se a qualidade não melhorar, será desativado.",
  PENDING_DELETION: "Vai ser excluído.",
  DOWNGRADE: "O limite de mensagens baixou.",
};

const DEPENDENCIES: Readonly<Record<string, string>> = {
  database: "O banco de dados",
  cache: "O cache",
  model: "O serviço do modelo",
  whatsapp: "WhatsApp (Graph)",
};

/** Portuguese texts of the page of alerts. */
export const alerts: typeof english = {
  intro: "O que precisa de atenção, em que ritmo as margens de erro são gastas e o que falhou antes.",
  open: "Abertos agora",
  none: "Nada precisa da sua atenção.",
  checked: (span) => `Verificado há ${span}.`,
  never: "As verificações ainda não foram feitas.",
  severity: { page: "Veja agora", ticket: "Nestes dias" },
  since: (span) => `há ${span}`,
  told: (time) => `avisado às ${time}`,
  untold: "ninguém foi avisado ainda",
  whatToDo: "O que fazer",
  budgets: "Margens de erro",
  budgetsHint:
    "Quantas vezes mais rápido que o permitido cada margem é gasta: a 1× ela dura exatamente 28 dias. Com pouco tráfego não há alerta.",
  objective: "Meta",
  windows: {
    "5m": "5 min",
    "30m": "30 min",
    "1h": "1 hora",
    "2h": "2 horas",
    "6h": "6 horas",
    "1d": "1 dia",
    "4d": "4 dias",
  },
  left: "Resta de 28 dias",
  burn: (rate) => `${rate}×`,
  missed: (missed, all) => `${missed} de ${all} falharam`,
  spent: (usd, all) => `${usd} por ${all} mensagens`,
  noEvents: "sem eventos",
  state: { page: "gasta rápido demais", ticket: "gasta rápido" },
  rules: "Quando se avisa",
  rule: (factor, long, short, severity) =>
    `mais de ${factor}× em ${long} e em ${short}: ${severity.toLowerCase()}`,
  least: (events, misses, usd) =>
    `Só a partir de ${events} eventos e ${misses} falhas. O custo, só a partir de $${usd} e nunca como urgente.`,
  past: "Encerrados, últimos 28 dias",
  pastNone: "Não houve nada fora do normal.",
  when: "Início",
  lasted: "Durou",
  what: "O quê",
  title: {
    burn: (fact) => `A margem de erro é gasta ${fact("burn")} vezes mais rápido que o permitido`,
    behind: (fact) =>
      fact("minutes")
        ? `Os números estão ${fact("minutes")} minutos atrasados`
        : "Os números não estão sendo contados",
    dead: (fact) =>
      fact("count") === "1" ? "Um turno abandonado espera" : `${fact("count")} turnos abandonados esperam`,
    stranded: (fact) =>
      fact("count") === "1" ? "Um cliente está sem resposta" : `${fact("count")} clientes estão sem resposta`,
    token: (fact) =>
      fact("state") === "ends"
        ? `O token de acesso do número ${fact("number")} vence em ${fact("days")} dias`
        : fact("state") === "rights"
          ? `O token de acesso do número ${fact("number")} não tem todas as permissões`
          : `O token de acesso do número ${fact("number")} não é mais válido`,
    subscription: (fact) => `O app não está inscrito na conta do WhatsApp ${fact("account")}`,
    account: (fact) => (fact("about") ? `Modelo ${fact("about")}` : "Qualidade do número"),
    model_end: (fact) =>
      Number(fact("days")) > 0
        ? `${fact("model")} termina em ${fact("shutdown")}`
        : `${fact("model")} foi encerrado`,
    spend: (fact) =>
      `Os modelos custaram $${fact("used")} de $${fact("limit")} ${fact("period") === "day" ? "hoje" : "neste mês"}`,
    drift: (fact) =>
      `O classificador local concorda com o modelo em ${fact("now")} % dos palpites; antes, em ${fact("before")} %`,
    dependency: (fact) => `${DEPENDENCIES[fact("name")] ?? fact("name")} não responde`,
  },
  detail: {
    burn: (fact) =>
      fact("usd")
        ? `$${fact("usd")} por ${fact("all")} mensagens em ${fact("window")}.`
        : `${fact("missed")} de ${fact("all")} falharam em ${fact("window")}.`,
    behind: () => "Enquanto não forem contados, não se nota se uma meta falha.",
    dead: () => "Turnos que foram abandonados: repita-os ou descarte-os.",
    stranded: () => "Há mais de dois minutos, e nada está cuidando disso.",
    token: () => "Sem ele nenhuma resposta é enviada.",
    subscription: () => "Nenhuma mensagem dos clientes chega.",
    account: (fact) =>
      EVENTS[fact("event").toUpperCase()] ?? fact("event").replaceAll("_", " ").toLowerCase(),
    model_end: (fact) =>
      fact("successor") ? `${fact("successor")} responde no lugar dele.` : "Nada responde no lugar dele.",
    spend: () => "O limite é definido por quem administra este bot.",
    drift: (fact) => `De ${fact("compared")} palpites prováveis dos últimos sete dias.`,
    dependency: (fact) => `Erro ${fact("error")}.`,
  },
};
