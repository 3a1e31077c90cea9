import type { simulator as english } from "../en/simulator.ts";

/** Portuguese texts of the simulator. */
export const simulator: typeof english = {
  console: "Console",
  title: "Simulador",
  loading: "Carregando a conversa…",
  tabs: { chat: "Conversa", turn: "Detalhes" },
  offlineModel: "Modelo offline:",
  offline:
    "as respostas vêm dos exemplos e da base de conhecimento. Defina OPENAI_API_KEY para usar o GPT-4o.",
  lost: "A conexão com o servidor de desenvolvimento caiu. Reconectando…",
  dismiss: "Fechar",
  problems: {
    unreachable:
      "O servidor de desenvolvimento não responde. Consulte o terminal com “npm run dev” e reinicie-o se ele parou.",
    webhook_401:
      "O bot rejeitou a assinatura da mensagem (401). O bot e o simulador precisam usar o mesmo WHATSAPP_APP_SECRET. Para verificar, execute “npm run doctor”.",
    webhook_413: "A mensagem é grande demais para o bot (413). Envie uma mais curta.",
    webhook_503:
      "O bot não conseguiu salvar a mensagem (503). A Meta a entregaria novamente; aqui, toque em “Tentar novamente”. O banco de dados está no ar?",
    webhook: (status) =>
      `O bot respondeu ${status} em vez de 200. O motivo está no terminal com “npm run dev”.`,
    other: "Algo falhou no servidor de desenvolvimento. O motivo está no terminal dele.",
  },
  customers: {
    legend: "Cliente",
    other: "Outro número",
    number: "Número do WhatsApp",
    numberHint: "Só dígitos, com o código do país; ex.: 5511987654321",
    numberWrong: "Digite de 7 a 15 dígitos com o código do país, sem + nem espaços.",
    name: "Nome",
    use: "Usar este número",
    cancel: "Cancelar",
    reset: "Excluir a conversa",
    resetConfirm: "Excluir as mensagens e os turnos deste cliente?",
    resetYes: "Excluir",
  },
  empty: "Ainda não há mensagens. Escreva uma ou escolha uma das sugestões.",
  typing: "digitando…",
  online: "online",
  notSent: "Não enviada",
  tryAgain: "Tentar novamente",
  suggestions: "Sugestões",
  composer: {
    message: "Mensagem",
    asOperator: "Responder como atendente",
    writeAs: "Escrever como",
    send: "Enviar",
    keys: "Enter para enviar, Shift+Enter para uma nova linha",
    replyingTo: "Resposta a",
    cancelReply: "Cancelar a resposta",
  },
  menu: {
    reply: "Responder",
    react: (emoji) => `Reagir com ${emoji}`,
    unreact: (emoji) => `Remover ${emoji}`,
  },
  attach: {
    open: "Anexar",
    photo: "Foto ou vídeo",
    document: "Documento",
    audio: "Mensagem de voz",
    location: "Localização",
    contact: "Contato",
    samplePhoto: "Foto de exemplo",
    sampleDocument: "PDF de exemplo",
    sampleVoice: "Voz de exemplo",
    sticker: "Figurinha",
    unsupported: "Enquete",
  },
  refusals: {
    empty_file: "Este arquivo está vazio.",
    file_too_large: (kind, size, most) => `${kind}: este arquivo tem ${size}. O WhatsApp aceita até ${most}.`,
    file_type: (kind, types) => `${kind}: o WhatsApp só aceita ${types}.`,
  },
  caption: { label: "Legenda", title: "Enviar este arquivo", send: "Enviar", cancel: "Cancelar" },
  places: { title: "Enviar uma localização", cancel: "Cancelar" },
  list: { send: "Enviar", close: "Fechar" },
  flow: { title: "Preencher o formulário", label: "Resposta em JSON", send: "Enviar", cancel: "Cancelar" },
  handoff: {
    state: "Um atendente assumiu esta conversa. O bot está em pausa.",
    goesOn: "Um atendente foi chamado. O bot continua enquanto isso.",
    since: (time) => `desde ${time}`,
    back: "Devolver ao bot",
  },
};
