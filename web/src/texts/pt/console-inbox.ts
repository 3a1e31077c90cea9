import type { inbox as english } from "../en/console-inbox.ts";

/** Portuguese texts of the console's inbox. */
export const inbox: typeof english = {
  lists: {
    waiting: "Em espera",
    mine: "Minhas",
    bot: "Com o bot",
    snoozed: "Adiadas",
    flagged: "Sinalizadas",
    closed: "Encerradas",
    all: "Todas",
  },
  listsLabel: "Listas",
  rowsLabel: (list) => `Conversas: ${list}`,
  conversation: "Conversa",
  panel: "Cliente",
  back: "Voltar à lista",
  showPanel: "Dados do cliente",
  unnamed: "Cliente",
  you: "Você",
  row: {
    unread: (count) => `${count} não lidas`,
    waits: (span) => `Espera ${span}`,
    tones: { calm: "", soon: "perto da meta", late: "passou da meta" },
    assignee: (name) => `Com ${name}`,
    owners: { bot: "Bot", human: "Ninguém ainda", other_app: "Outro app" },
    snoozed: (until) => `Até ${until}`,
    closed: "Encerrada",
    flagged: "Sinalizada",
    optedOut: "Descadastrado",
    demo: "Demo",
  },
  tag: {
    label: "Etiqueta",
    any: "Etiqueta",
    only: (tag) => `Só “${tag}”`,
    clear: "Remover o filtro de etiqueta",
  },
  list: {
    failed: "Não foi possível carregar a lista.",
    failedMore: "Não foi possível carregar as próximas conversas.",
    loading: "Carregando conversas",
  },
  empty: {
    waiting: {
      title: "Ninguém está esperando",
      text: "Aqui aparecem os clientes que pedem uma pessoa; primeiro, quem espera há mais tempo.",
    },
    mine: {
      title: "Você não tem conversas",
      text: "Assuma uma de Em espera, ou escreva em qualquer conversa.",
    },
    bot: {
      title: "O bot não está conversando com ninguém",
      text: "Aqui aparecem as conversas que o bot atende.",
    },
    snoozed: {
      title: "Nada foi adiado",
      text: "Uma conversa adiada volta na hora marcada, ou quando o cliente escreve.",
    },
    flagged: {
      title: "Nada foi sinalizado",
      text: "Aqui aparecem as conversas com nota baixa, para que alguém as veja.",
    },
    closed: {
      title: "Nada foi encerrado ainda",
      text: "Uma conversa encerrada reabre quando o cliente escreve.",
    },
    all: {
      title: "Ainda não há conversas",
      text: "A primeira mensagem ao seu número do WhatsApp aparece aqui em dois segundos.",
    },
    tag: "Nenhuma conversa desta lista tem esta etiqueta.",
    choose: "Escolha uma conversa",
    chooseHint: "J e K percorrem a lista, Enter abre uma conversa. ? mostra todos os atalhos.",
  },
  start: {
    title: "O que fazer agora",
    done: "feito",
    steps: {
      connect: {
        name: "Conecte seu número do WhatsApp",
        text: "Informe o id e o token do número, como explica docs/deploy.md.",
      },
      company: {
        name: "Conte ao bot sobre sua empresa",
        text: "O perfil, os conhecimentos e o horário de atendimento.",
      },
      invite: { name: "Convide sua equipe", text: "Agentes atendem clientes; leitores só leem." },
      handoffs: {
        name: "Defina a meta de espera",
        text: "Em quanto tempo uma pessoa deve atender quem espera.",
      },
      test: { name: "Escreva uma mensagem de teste", text: "Envie “Oi” ao seu número de qualquer telefone." },
    },
  },
  search: {
    label: "Buscar conversas",
    placeholder: "Nome, número, pedido ou palavras",
    clear: "Limpar a busca",
    results: (count) => (count === 1 ? "1 conversa encontrada" : `${count} conversas encontradas`),
    more: "Mostrar mais",
    none: "Nada encontrado",
    noneHint: "Busque um nome, um telefone, um número de pedido ou palavras de uma mensagem.",
    failed: "Não foi possível buscar.",
  },
  notify: {
    on: "Os avisos estão ativados",
    off: "Avisar-me de clientes em espera",
    blocked:
      "Seu navegador bloqueia os avisos desta página. Permita-os nas configurações da barra de endereço; o som funciona mesmo assim.",
    unsupported:
      "Este navegador não mostra avisos de páginas, como no iPhone e no iPad. O som funciona enquanto a página está aberta.",
    title: "Um cliente espera uma pessoa",
    body: (count) => (count === 1 ? "1 cliente está esperando." : `${count} clientes estão esperando.`),
    said: (count) =>
      count === 1
        ? "Um cliente espera uma pessoa."
        : `Um cliente espera uma pessoa; no total, ${count} esperam.`,
  },
  thread: {
    loading: "Carregando a conversa",
    failed: "Não foi possível carregar a conversa.",
    gone: "Esta conversa não existe mais, ou é de outra empresa.",
    empty: "Ainda não há mensagens.",
    older: "Carregando mensagens anteriores",
    olderButton: "Mostrar mensagens anteriores",
    newMessages: (count) =>
      count === 0 ? "Ir à mensagem mais nova" : count === 1 ? "1 mensagem nova" : `${count} mensagens novas`,
    arrived: (words) => `Mensagem nova: ${words}`,
    bot: "Bot",
    phoneApp: "App WhatsApp Business",
    formerOperator: "Operador",
    sentBy: (name, app) => `${name}, ${app}`,
    menu: "Responder, reagir ou copiar",
    window: {
      open: (span) => `Restam ${span} para escrever`,
      ending: (span) => `Só restam ${span} para escrever`,
      closed: "Janela de 24 horas fechada",
      hint: "O WhatsApp permite mensagens livres até 24 horas depois da última do cliente. Depois, só modelos aprovados podem ser enviados.",
    },
    typing: (names, many) => `${names} ${many ? "estão" : "está"} digitando…`,
    looking: (names) => `Também aqui: ${names}`,
    handoff: {
      label: "Passada a uma pessoa",
      waiting: (span) => `espera ${span}`,
      takenBy: (name) => `está com ${name}`,
      opened: "O bot pediu uma pessoa",
      taken: (name) => (name ? `${name} assumiu a conversa` : "Uma pessoa assumiu a conversa"),
      back: "Devolvida ao bot",
    },
    botNote: "Nota para o bot",
    note: (name) => `Nota interna de ${name}`,
    noteHint: "Só a sua equipe vê",
    turn: {
      open: "Tudo sobre este turno",
      unpriced: "sem preço",
      wait: (duration) => `resposta em ${duration}`,
      tools: (count) => (count === 1 ? "1 consulta" : `${count} consultas`),
      silent: "O bot não respondeu",
      details: "O que o bot entendeu, fez e custou",
    },
  },
  failures: {
    window_closed: {
      why: "Passaram mais de 24 horas desde a última mensagem do cliente.",
      what: "Envie um modelo aprovado; quando o cliente responder, você poderá escrever livremente.",
    },
    unreachable: {
      why: "O WhatsApp não conseguiu entregar a este número.",
      what: "O telefone pode estar desligado, bloqueado ou sem WhatsApp. Tente outra forma de falar com o cliente.",
    },
    template_missing: {
      why: "A Meta não conhece este modelo neste idioma.",
      what: "Escolha outro modelo, ou crie-o no Gerenciador do WhatsApp.",
    },
    template_paused: {
      why: "A Meta pausou este modelo porque clientes o denunciaram.",
      what: "Escolha outro modelo, ou melhore este no Gerenciador do WhatsApp.",
    },
    refused_form: {
      why: "O WhatsApp recusou a forma da mensagem.",
      what: "Escreva-a de novo de forma mais simples: mais curta e sem conteúdo especial.",
    },
    blocked_account: {
      why: "A Meta restringe sua conta do WhatsApp, ou este cliente não aceita estas mensagens.",
      what: "Um proprietário deve ver a qualidade da conta no Gerenciador do WhatsApp.",
    },
    too_fast: {
      why: "Foram enviadas mensagens demais em pouco tempo.",
      what: "Espere um minuto e envie de novo.",
    },
    unconfirmed: {
      why: "O WhatsApp nunca confirmou esta mensagem: ela pode ter chegado ou não.",
      what: "Pergunte ao cliente antes de enviá-la de novo.",
    },
    file: {
      why: "O WhatsApp não aceitou o arquivo.",
      what: "Envie-o de novo como JPEG, PDF ou áudio, com menos de 16 MB.",
    },
    unknown: {
      why: "O WhatsApp recusou a mensagem.",
      what: "Tente de novo; se falhar outra vez, passe o código a quem cuida do bot.",
    },
  },
  code: (code) => `Código da Meta ${code}`,
};
