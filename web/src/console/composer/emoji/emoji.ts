import type { Language } from "../../../../../lib/types/company.ts";

/** Groups of the picker. */
export type EmojiGroup = "faces" | "hands" | "things" | "signs";

// Each line: the emoji, then words by which it is found, in Spanish | English | Portuguese.
const TABLE: Readonly<Record<EmojiGroup, string>> = {
  faces: `
😀 sonrisa feliz|smile happy|sorriso feliz
😃 alegre|joy|alegre
😄 risa ojos|laugh eyes|risada olhos
😁 dientes|grin teeth|dentes
😅 sudor alivio|sweat relief|suor alívio
😂 lágrimas risa|tears laugh|lágrimas riso
🙂 sonrisa leve|slight smile|leve sorriso
😉 guiño|wink|piscada
😊 contento sonrojo|blush pleased|contente
😍 enamorado|love eyes|apaixonado
😘 beso|kiss|beijo
😎 gafas genial|cool sunglasses|óculos legal
🤗 abrazo|hug|abraço
🤔 pensar duda|think doubt|pensar dúvida
😐 neutral serio|neutral|neutro
😴 dormir sueño|sleep|dormir sono
😔 triste pena|sad sorry|triste pena
😢 llorar|cry|chorar
😭 llanto|sob|choro
😡 enojo molesto|angry|raiva
😱 susto miedo|shock scream|susto medo
😳 vergüenza|flushed|vergonha
😬 mueca|grimace|careta
🥳 fiesta|party|festa
🤩 estrellas|star eyes|estrelas
🤒 enfermo fiebre|ill fever|doente febre
🙈 mono|monkey|macaco
🤖 robot bot|robot bot|robô bot`,
  hands: `
👍 pulgar bien|thumbs up yes|polegar joia
👎 pulgar mal|thumbs down no|polegar ruim
👌 perfecto|ok perfect|perfeito
👏 aplauso|clap|palmas
🙌 celebrar|hands celebrate|celebrar
🙏 gracias por favor|thanks please|obrigado por favor
🤝 acuerdo trato|handshake deal|acordo
👋 hola saludo|hello wave|olá tchau
✌️ paz|peace|paz
🤞 suerte dedos|fingers luck|sorte
💪 fuerza|strong|força
👀 ojos mirar|eyes look|olhos olhar
👆 arriba señalar|point up|acima
👇 abajo|point down|abaixo
👉 derecha|point right|direita
✍️ escribir|write|escrever
❤️ corazón amor|heart love|coração amor
🧡 naranja corazón|orange heart|laranja coração
💚 verde corazón|green heart|verde coração
💙 azul corazón|blue heart|azul coração
💔 roto corazón|broken heart|partido coração
💐 flores ramo|flowers|flores buquê`,
  things: `
🎉 celebración|party|comemoração
🎁 regalo|gift present|presente
🎂 torta cumpleaños|cake birthday|bolo aniversário
📦 paquete pedido|package order|pacote pedido
🚚 envío camión|delivery truck|entrega caminhão
🛵 moto reparto|scooter|moto
🛒 carrito compra|cart shopping|carrinho compra
🛍️ bolsas tienda|bags shop|sacolas loja
👕 camiseta ropa|shirt|camiseta roupa
👟 zapatilla|shoe sneaker|tênis
💳 tarjeta pago|card payment|cartão pagamento
💵 billete dinero|money cash|dinheiro
🧾 recibo factura|receipt invoice|recibo nota
🏷️ etiqueta precio|label price|etiqueta preço
📄 documento|document page|documento
📎 clip adjunto|paperclip|clipe anexo
📷 cámara foto|camera photo|câmera foto
📱 celular teléfono|phone|celular telefone
📞 llamada|call|ligação
✉️ carta correo|letter mail|carta e-mail
📍 lugar ubicación|place pin|lugar localização
🏠 casa|house home|casa
🏬 tienda|store|loja
📅 fecha calendario|date calendar|data calendário
⏰ hora alarma|clock alarm|hora alarme
🔧 arreglo herramienta|fix tool|conserto ferramenta
🔑 llave clave|key|chave
☀️ sol|sun|sol
🌧️ lluvia|rain|chuva
☕ café|coffee|café
🍕 pizza comida|pizza food|pizza comida
🌟 estrella|star|estrela`,
  signs: `
✅ listo hecho|done check|pronto feito
❌ no cruz|no cross|não cruz
⚠️ atención aviso|warning|atenção aviso
❗ exclamación|exclamation|exclamação
❓ pregunta|question|pergunta
💯 cien|hundred|cem
🔥 fuego|fire hot|fogo
✨ brillo|sparkles|brilho
💡 idea|idea|ideia
⏳ espera|wait hourglass|espera
🔄 cambio|change exchange|troca
➡️ flecha derecha|arrow right|seta direita
🔒 seguro candado|secure lock|seguro cadeado
🆕 nuevo|new|novo
🇵🇪 perú bandera|peru flag|peru bandeira
🇧🇷 brasil bandera|brazil flag|brasil bandeira
🇲🇽 méxico bandera|mexico flag|méxico bandeira
🇦🇷 argentina bandera|argentina flag|argentina bandeira`,
};

/** An emoji with its words in each language. */
export interface Emoji {
  emoji: string;
  group: EmojiGroup;
  words: Readonly<Record<Language, string>>;
}

/** The emoji of the picker: what people at work use; every keyboard has the rest. */
export const EMOJI: readonly Emoji[] = Object.entries(TABLE).flatMap(([group, lines]) =>
  lines
    .trim()
    .split("\n")
    .map((line) => {
      const [emoji = "", rest = ""] = [line.slice(0, line.indexOf(" ")), line.slice(line.indexOf(" ") + 1)];
      const [es = "", en = "", pt = ""] = rest.split("|");
      return { emoji, group: group as EmojiGroup, words: { es, en, pt } };
    }),
);

const fold = (text: string) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().trim();

/** Emoji whose words, in any of the languages, begin with what was typed. */
export function findEmoji(typed: string): readonly Emoji[] {
  const wanted = fold(typed);
  if (wanted === "") return EMOJI;
  return EMOJI.filter(
    ({ emoji, words }) =>
      [words.es, words.en, words.pt].some((text) =>
        fold(text)
          .split(" ")
          .some((word) => word.startsWith(wanted)),
      ) || emoji === typed,
  );
}
