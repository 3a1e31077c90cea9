import type { home as english } from "../en/home.ts";

/** Portuguese texts of the home page. */
export const home: typeof english = {
  title: {
    ok: "Chasqui está no ar",
    degraded: "Chasqui está no ar, com problemas",
    down: "Chasqui está fora do ar",
  },
  checking: "Verificando os serviços…",
  unreachable: "A verificação de integridade não responde",
  summary: {
    ok: "As mensagens são recebidas, salvas e respondidas.",
    degraded:
      "As mensagens são recebidas e salvas. Algumas respostas podem ser mais simples ou mais lentas até que o problema seja resolvido.",
    down: "No momento, não é possível salvar novas mensagens. A Meta as guarda e as entrega novamente por até 7 dias.",
    unreachable: "Consulte os logs da última implantação e tente novamente.",
  },
  services: "Serviços",
  names: {
    database: "Banco de dados",
    cache: "Cache",
    model: "Modelo de linguagem",
    whatsapp: "WhatsApp",
    graph: "WhatsApp",
    telemetry: "Telemetria",
  },
  up: "funcionando",
  down: "com falha",
  noChecks: "A verificação de integridade não lista nenhum serviço.",
  checkedAt: (time) => `Última verificação: ${time}`,
  again: "Verificar novamente",
  console: "Abrir o console",
  webhook: "URL do webhook",
  webhookHint: "Informe-a como URL de callback no painel de apps da Meta, em WhatsApp → Configuração.",
  docs: "Guias",
  docsHint: "Na sua cópia do projeto:",
  guides: {
    "README.md": "Primeiros passos",
    "docs/deploy.md": "Conecte o seu próprio número",
    "docs/configuration.md": "Todas as configurações",
    "docs/architecture.md": "Como funciona",
  },
  meta: "Documentação da API de Nuvem do WhatsApp, da Meta",
  raw: "Estado em JSON",
};
