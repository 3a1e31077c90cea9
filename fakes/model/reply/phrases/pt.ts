import type { Phrases } from "./shape.ts";

/** Portuguese. */
export const pt: Phrases = {
  greeting: (name, company) =>
    `Olá${name ? `, ${name}` : ""}! 👋 Sou o assistente virtual da ${company}. Posso falar dos nossos produtos e envios, ou ver como está o seu pedido. Do que você precisa?`,
  hello: (name) => `Olá${name ? `, ${name}` : ""}! `,
  thanks: "Por nada! Escreva quando quiser.",
  outOfScope: (company) =>
    `Não posso ajudar com isso, mas respondo com prazer às suas perguntas sobre a ${company}: produtos, envios, trocas ou o seu pedido.`,
  assistant: (company) =>
    `Sou o assistente virtual da ${company}. Se preferir falar com uma pessoa, escreva **pessoa**.`,
  askMore: "Claro, em que posso ajudar? Conte um pouco mais: um produto, um envio ou um pedido.",
  cannotRead:
    "Não consegui abrir o que você enviou. Pode enviar de novo ou descrever com palavras, por favor?",
  received: {
    image: "O que você gostaria de saber?",
    sticker: "Obrigado pela figurinha! 😊 Em que posso ajudar?",
    contact: "Obrigado, recebi o contato. O que você quer que a gente faça com ele?",
    form: "Obrigado! Recebi as suas respostas. Precisa de mais alguma coisa?",
    document: (name, beginning) =>
      `Li ${name || "o seu documento"}, que começa assim: “${beginning}”. O que você precisa saber?`,
  },
  thanksFor: { picture: "Obrigado pela foto!", place: "Obrigado pela localização!" },
  whereIsTheShop: "Onde ficam as lojas?",
  whichOrder: "Você tem vários pedidos. Sobre qual quer saber?",
  orderOption: (number) => `Pedido ${number}`,
  seeOrders: "Ver pedidos",
  whichTopic: "Qual destas é a sua pergunta?",
  seeTopics: "Ver perguntas",
  askPlace:
    "Onde você está? Compartilhe a sua localização ou escreva a sua cidade, e eu digo qual loja fica mais perto.",
  cartHandoff:
    "Recebi o seu pedido do catálogo. Já passei para uma pessoa da equipe, que vai confirmar neste mesmo chat.",
  cartSummary: (items) => `O cliente enviou um carrinho: ${items}`,
  cannotLookUp:
    "Desculpe, neste momento não consigo consultar essa informação. Se quiser, passo você para uma pessoa: escreva **pessoa**.",
  nothingFound: (company) =>
    `Não encontrei isso nas informações da ${company}. Pode dizer com outras palavras? Se preferir, passo você para uma pessoa.`,
  handoff: "Pronto, uma pessoa da equipe vai responder neste mesmo chat. Pode continuar escrevendo aqui.",
  complaintHandoff:
    "Sinto muito pelo que aconteceu. Já passei para uma pessoa da equipe, que vai responder neste mesmo chat.",
  handoffSummary: (text) => `O cliente escreveu: "${text}"`,
  orderNotFound:
    "Não encontro esse pedido com o seu número de telefone. Pode conferir o número? Se quiser, passo você para uma pessoa.",
  noOrders: "Não encontro pedidos com o seu número de telefone. Se quiser, passo você para uma pessoa.",
  unavailable:
    "Desculpe, agora não consigo consultar os pedidos. Tente de novo em alguns minutos ou, se preferir, passo você para uma pessoa.",
  order: ({ number, items, status }) => `Seu pedido **${number}** (${items}) ${status}`,
  orders: "Estes são os seus últimos pedidos:",
  expected: (date) => `Data prevista: ${date}.`,
  tracking: (url) => `Rastreio: ${url}`,
  by: (carrier) => ` com ${carrier}`,
  missing: {
    date: "Claro. Para que dia?",
    time: "A que horas?",
    number: "Para quantas pessoas?",
    code: "Qual é o código? Está na sua confirmação.",
    choice: "Qual das opções você prefere?",
    words: "Qual é o novo endereço completo? Escreva com o número do pedido, depois de dois-pontos.",
  },
  found: "Isto é o que há:",
  nothingThere: "Não há nada para isso. Quer que eu veja outro dia?",
  statuses: {
    preparing: "está em preparação",
    shipped: "está a caminho",
    in_customs: "está na alfândega",
    ready_for_pickup: "está pronto para retirada",
    delivered: "foi entregue",
    cancelled: "foi cancelado",
  },
};
