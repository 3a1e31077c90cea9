import type { tools as english } from "./en.ts";

/** Portuguese texts about the tools that a company declares. */
export const tools: typeof english = {
  intro:
    "As ferramentas ligam o bot aos seus próprios sistemas: ele consulta algo, ou faz o que o cliente confirmou. Cada uma é o JSON de um arquivo de tools/ (docs/tools.md); as intenções escolhem quais podem usar.",
  none: "A empresa não declara ferramentas.",
  kinds: {
    reads: "consulta",
    effect: "o cliente confirma",
    cart: "recebe carrinhos",
    orders: "sistema de pedidos",
  },
  declaration: "Declaração (JSON)",
  declarationHint: `Segredos são escritos como \${env:TOOL_…} ou \${secret:…}, nunca por extenso.`,
  notJson: "Ainda não é JSON. Fica aqui, mas o rascunho guarda o que se pôde ler por último.",
  remove: "Remover",
  removed: (name) => `${name} foi removida.`,
  restore: "Recuperar",
  newName: "Nome de uma ferramenta nova",
  newHint: "Para o modelo e as intenções: a-z, 0-9 e _.",
  badName: "Um nome só tem a-z, 0-9 e _, no máximo 40, e começa com uma letra.",
  takenName: "Já há uma ferramenta com este nome.",
  add: "Adicionar ferramenta",
};
