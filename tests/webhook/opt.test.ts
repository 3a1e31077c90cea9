import { describe, expect, it } from "vitest";
import { optChoice } from "../../lib/whatsapp/inbound/opt.ts";

const choice = (text: string | null, type = "text", groupId: string | null = null) =>
  optChoice({ type, text, groupId });

describe("optChoice", () => {
  it.each([
    "STOP",
    "stop.",
    " Stop!! 🛑 ",
    "stop stop STOP",
    "please stop",
    "stop, please",
    "Stop promotions",
    "Unsubscribe",
    "Don't message me",
    "don’t message me",
    "opt-out",
    "BAJA",
    "Baja por favor",
    "Dar de baja",
    "Quiero darme de baja, gracias",
    "No quiero más mensajes",
    "no quiero ma\u0301s mensajes",
    "Detener promociones",
    "PARAR",
    "Sair",
    "Pare, por favor",
    "Parar promoções",
    "NÃO QUERO MAIS MENSAGENS, obrigada",
    "ｓｔｏｐ",
    `stop${" ".repeat(400)}`,
  ])("takes %j for a stop", (text) => {
    expect(choice(text)).toBe("stop");
    expect(choice(text, "button")).toBe("stop");
  });

  it.each(["START", "start!", "Unstop", "alta", "Darme de alta", "Reanudar", "quero receber mensagens"])(
    "takes %j for a start",
    (text) => expect(choice(text)).toBe("start"),
  );

  it.each([
    "cancelar",
    "cancelar mi pedido",
    "parar el pedido",
    "no, stop, wait",
    "don't stop",
    "stop the order",
    "when does the bus stop?",
    "where is the stop",
    "baja la foto",
    "la calidad es baja",
    "talla baja",
    "quero sair amanhã",
    "salir",
    "voltar",
    "end",
    "quit",
    "no",
    "resume",
    "para",
    "stop baja",
    "start my order",
    "alta costura",
    "",
    "🛑",
    "...",
    "toString",
    "constructor",
  ])("takes %j for neither", (text) => expect(choice(text)).toBeNull());

  it("hears it in a caption", () => {
    for (const type of ["image", "video", "document"]) expect(choice("BAJA", type)).toBe("stop");
  });

  it("chooses nothing without words, by a tap on a button of the model's, or in a group", () => {
    expect(choice(null)).toBeNull();
    for (const type of ["interactive", "reaction", "order", "system"])
      expect(choice("stop", type)).toBeNull();
    expect(choice("stop", "text", "Y2FwaV9ncm91cDox")).toBeNull();
  });
});
