import type { Language } from "../../lib/types/company.ts";

/** What stands around a request in chats, and nouns that may stand for each other. */
interface Surroundings {
  before: readonly string[];
  after: readonly string[];
  joins: readonly string[];
  nouns: readonly (readonly string[])[];
}

const list = (text: string): string[] => text.split("|");

export const SURROUNDINGS: Record<Language, Surroundings> = {
  es: {
    before: list(
      "quería saber|quisiera saber|una consulta|una pregunta|disculpe|me podría decir|por favor|señorita|amigo|oiga|necesito saber|me gustaría saber|para preguntar|una consultita",
    ),
    after: list("por favor|gracias|porfa|señorita|ah|de antemano gracias|🙏|amigo"),
    joins: list(" y |, y además |. |? | también |, otra cosa |\n"),
    nouns: [
      list(
        "poncho|chompa|manta|chalina|gorro|casaca|suéter|bufanda|frazada|polo|zapatillas|vestido|café|taza|bolso|cartera|producto|modelo|kit|celular|perfume|colchón",
      ),
      list(
        "Arequipa|provincia|Cusco|Trujillo|Lima|Piura|Bogotá|México|Chile|mi ciudad|Estados Unidos|el interior|Madrid|Quito",
      ),
      list("Yape|tarjeta|Plin|transferencia|efectivo|PayPal|débito|depósito|crédito"),
      list("rojo|negro|azul|blanco|verde|beige|gris|rosado|celeste"),
      list("pedido|compra|paquete|orden|encomienda|envío"),
      list("domingos|sábados|feriados|lunes|fines de semana"),
    ],
  },
  en: {
    before: list(
      "i wanted to know|just wondering|quick question|excuse me|could you tell me|please|i would like to know|wanted to ask|hey so|may i ask",
    ),
    after: list("please|thanks|thank you|thx|asap|🙏"),
    joins: list(" and |, also |. |? | plus |\n"),
    nouns: [
      list(
        "poncho|sweater|scarf|blanket|hat|jacket|coffee|mug|dress|shoes|shirt|bag|product|item|kit|phone|perfume|mattress|hoodie",
      ),
      list("United States|Canada|Germany|London|Texas|Australia|my city|France|Lima"),
      list("credit cards|PayPal|apple pay|cash|debit|bank transfer|card"),
      list("red|black|blue|green|white|grey|beige|pink"),
      list("order|package|parcel|purchase|delivery|shipment|stuff"),
      list("Sundays|Saturdays|weekends|holidays|Monday"),
    ],
  },
  pt: {
    before: list(
      "queria saber|gostaria de saber|uma dúvida|uma pergunta|me desculpe|você pode me dizer|por favor|moça|preciso saber|pode me informar|queria perguntar|me diz uma coisa",
    ),
    after: list("por favor|obrigada|obrigado|pfv|moça|🙏|desde já agradeço"),
    joins: list(" e |, e também |. |? | outra coisa |\n"),
    nouns: [
      list(
        "poncho|suéter|manta|cachecol|gorro|jaqueta|café|caneca|vestido|tênis|camisa|bolsa|produto|modelo|kit|celular|perfume|blusa|sapato",
      ),
      list("Brasil|São Paulo|Curitiba|minha cidade|Portugal|Rio|Salvador|BH|interior"),
      list("cartão|Pix|boleto|dinheiro|transferência|débito|crédito"),
      list("vermelha|preta|azul|branca|verde|cinza|bege|vermelho|preto"),
      list("pedido|compra|encomenda|pacote|entrega"),
      list("domingos|sábados|feriados|segunda"),
    ],
  },
};
