import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cutUnknown } from "../../lib/turn/outgoing/cut.ts";
import { factsIn } from "../../lib/turn/outgoing/facts.ts";
import { withoutHidden } from "../../lib/turn/outgoing/hidden.ts";
import { runs } from "../support/seed.ts";

/** Facts named by the company, its knowledge base and its tools. */
const FACTS = factsIn([
  "Escríbenos a hola@tambo.example o llama al +51 (1) 555-0199, WhatsApp 987 654 321.",
  "Tienda: www.tambo.example, rastreo: https://rastreo.tambo.example/TB1042PE?lang=es",
  "https://www.instagram.com/tambo https://wa.me/51987654321 https://tienda-perú.example",
  "TB10429876543",
]);
const cut = (text: string) => cutUnknown(text, () => FACTS);

describe("an address or a telephone number that the company has named", () => {
  it.each([
    "Escríbenos a hola@tambo.example.",
    "Escríbenos a **HOLA@Tambo.example**, por favor.",
    "Entra a tambo.example o www.tambo.example/ofertas?x=1.",
    "Rastrea tu pedido aquí: https://rastreo.tambo.example/TB1042PE?lang=es",
    "[Rastrear](https://rastreo.tambo.example/TB1042PE)",
    "Síguenos en instagram.com/tambo",
    "Escríbenos: wa.me/51987654321 o https://wa.me/511555019" + "9",
    `Visita https://tienda-perú.example/x o ${new URL("https://tienda-perú.example").origin}`,
    "Llámanos al +51 1 555 0199, al (01) 555-0199 o al 5550199.",
    "WhatsApp: +51 987 654 321 / 987-654-321 / 0051987654321",
    "[Llámanos](tel:+51987654321)",
    "mailto:hola@tambo.example",
    "Tu código de seguimiento es TB10429876543.",
  ])("stays: %s", (text) => {
    expect(cut(text)).toEqual({ text, kinds: new Set() });
  });
});

describe("what looks like one and is none", () => {
  it.each([
    // es
    ...[
      "¡Hola!Gracias por escribirnos",
      "Hola.Gracias por tu mensaje",
      "El total es S/ 149.90 (IGV incluido).",
      "S/.1,250.00 o $ 1.200.000",
    ],
    ...[
      "Tu pedido 1042 llega el 12/10/2026 a las 15:30.",
      "El pedido N.º 104298765 está en camino.",
      "Pedido #104298765",
    ],
    ...[
      "Atendemos de 9-18 y los sábados 9-13 y 15-19.",
      "Lunes a viernes 09.00-18.00, domingo 10:00 - 14:00 h",
      "Abrimos 9am-6pm",
    ],
    ...[
      "Adjuntaste factura.pdf y foto.jpg.",
      "Ya leí tu archivo lista.xlsx",
      "Versión 3.5 y 3.5.1 y v10.12.1",
      "Entre 2024-2025 vendimos 1 234 567 unidades",
    ],
    ...[
      "Tallas: 36, 38, 40, 42",
      "Tallas 36 38 40 42 44",
      "Tallas 36-38-40-42-44",
      "Medidas: 120 x 180 cm; 2,5 kg; 1.500 ml",
    ],
    ...[
      "Nuestro RUC es 20512345678",
      "Factura F001-00012345 por S/ 1234567.00",
      "EE.UU. y S.A.C. y p.ej. esto",
      "Sr.Pérez y Dra.Gómez, a.m. y p.m.",
    ],
    ...[
      "Son 2.do piso y 3.er nivel, 24/7, 1/2 kg",
      "1. Poncho\n2. Manta\n3. Chalina",
      "Llegará entre el 2026-10-12 y el 2026-10-15 09:30.",
      "Te llamaremos por tu pedido 104298765.",
    ],
    ...[
      "Lima 15074, Av. Larco 1234, of. 502",
      "20% de descuento: de $49.990 a $39.990",
      "Somos 1.200.000 clientes",
      "CLP 1.250.000 o USD 1,299.00",
    ],
    // en
    ...[
      "Your order 1042 ships on 10/12/2026.",
      "Order number 104298765 is on its way.",
      "It costs $1,299.00 or 49.99 USD.",
      "We are open 9-5, Mon-Fri; 10am - 2pm on Saturday.",
    ],
    ...[
      "Open file.docx, then see 2.5 and 10.4.",
      "Tracking AB123456789PE",
      "I.e. this, e.g. that, etc.And so on",
      "Sizes 8.5, 9.5 and 10.5",
    ],
    // pt
    ...[
      "Seu pedido nº 107799887 chega em 12/10/2026.",
      "Custa R$ 1.299,90 à vista.",
      "CEP 01304-001, CPF 123.456.789-09",
      "CNPJ 12.345.678/0001-90",
    ],
    ...[
      "Das 9h às 18h, das 9h30 às 12h45",
      "Olá.Tudo bem? Obrigado.Até logo",
      "Pedido: 1077\nTotal: R$ 424,00\nData: 06/03/2026",
      "3,5 kg por R$ 120",
    ],
    ...[
      "👋🏽 ¡Hola! 1️⃣ Poncho 2️⃣ Manta",
      "a/b, y/o, 10:30, 50%",
      "*Total:* S/ 149.90_",
      "| Producto | Precio |\n|---|---|\n| Poncho | 149.90 |\n| 1042 | 250.00 |",
    ],
  ])("stays: %s", (text) => {
    expect(cut(text)).toEqual({ text, kinds: new Set() });
  });

  it.each([
    ["Tu pedido ya llegó.No hace falta que hagas nada", "Tu pedido ya llegó. No hace falta que hagas nada"],
    ["Av.La Mar 123.Es en Lima", "Av. La Mar 123.Es en Lima"],
    ["Llegó.Si.No", "Llegó. Si. No"],
  ])("gets the space that a phone needs not to make a link of it: %s", (text, expected) => {
    expect(cut(text)).toEqual({ text: expected, kinds: new Set() });
  });
});

const OTHERS: readonly string[] = [
  ...[
    "https://evil.example",
    "http://evil.example/tambo.example",
    "evil.example",
    "WWW.EVIL.EXAMPLE",
    "evil.com/pay?x=1",
    "Evil.Com",
    "evil.no",
    "pay-now.la/x",
  ],
  ...[
    "https://tambo.example.evil.example",
    "https://tambo.example@evil.example/",
    "https://evil.example\\@tambo.example",
    "https://pagos.tambo.example/x",
  ],
  ...[
    "https://tambo.example/r?u=https://evil.example",
    "https://tambo.example/r?u=https%3A%2F%2Fevil.example",
    "//evil.example/x",
  ],
  ...[
    "https://tаmbo.example",
    "tamb0.example",
    "tambó.example",
    "tambo\u0301.example",
    "ｅｖｉｌ．ｃｏｍ",
    "evil。com",
    "𝐞𝐯𝐢𝐥.𝐜𝐨𝐦",
    "evil.cоm",
    "пример.рф",
  ],
  ...[
    "evil[.]com",
    "evil (dot) com",
    "evil dot com",
    "evil punto com",
    "evil**.**com",
    "evil\\.com",
    "ev*il*.com",
    "ev\u200bil.com",
    "hxxps://evil.com",
  ],
  ...[
    "ana@evil.example",
    "hola@tambo.example.evil.example",
    "otro@tambo.example",
    "ana [at] evil [dot] com",
    "mailto:x@evil.example",
  ],
  ...[
    "wa.me/19005550199",
    "https://wa.me/51987654321?text=hi",
    "t.me/evil",
    "https://api.whatsapp.com/send?phone=19005550199",
    "bit.ly/3abc",
    "instagram.com/evil",
  ],
  ...[
    "192.168.0.1",
    "http://3232235777/",
    "10.0.0.1:8080/x",
    "tel:+19005550199",
    "javascript:alert(1)",
    "intent://evil#Intent;end",
    "ftp://evil.example",
  ],
  ...[
    "1-900-555-0199",
    "+1 (900) 555-0199",
    "1.900.555.0199",
    "19005550199",
    "900 555 0199",
    "+34 911 22 33 44",
    "01 23 45 67 89",
  ],
  ...[
    "９００ ５５５ ０１９９",
    "٩٠٠ ٥٥٥ ٠١٩٩",
    "9️⃣0️⃣0️⃣5️⃣5️⃣5️⃣0️⃣1️⃣9️⃣9️⃣",
    "9 0 0 5 5 5 0 1 9 9",
    "*900* *555* *0199*",
    "900·555·0199",
    "(11) 91234-5678",
    "999 888 777",
  ],
];

describe("any other", () => {
  it.each(OTHERS)("is cut, and the rest reads well: %s", (address) => {
    const { text, kinds } = cut(
      withoutHidden(
        `Tu pedido está en camino. Puedes seguirlo hoy mismo en ${address}. ¡Gracias por tu compra!`,
      ),
    );
    expect(text).toBe("Tu pedido está en camino. Puedes seguirlo hoy mismo. ¡Gracias por tu compra!");
    expect(kinds.size).toBe(1);
  });

  it.each(OTHERS)("leaves nothing where it was all: %s", (address) => {
    expect(cut(withoutHidden(address)).text).toBeNull();
    expect(cut(withoutHidden(`Visita: ${address}`)).text).toBeNull();
  });

  it.each([
    ['Haz clic [aquí](https://evil.example/x "pago") para pagar.', "Haz clic aquí para pagar."],
    ["![foto](https://evil.example/?d=secreto) Este es el poncho.", "foto Este es el poncho."],
    ["[https://tambo.example](https://evil.example) es la página.", "https://tambo.example es la página."],
    [
      "Estas son las opciones:\n- Poncho rojo\n- https://evil.example\n- Manta azul",
      "Estas son las opciones:\n- Poncho rojo\n- Manta azul",
    ],
    [
      "Hola Ana, todo bien por aquí.\n\nPuedes pagar en:\n- https://evil.example\n\n¿Algo más?",
      "Hola Ana, todo bien por aquí.\n\n¿Algo más?",
    ],
    ["Nuestra web es https://evil.example. Atendemos de 9 a 18.", "Atendemos de 9 a 18."],
    ["Tenemos ponchos (ver evil.example) y mantas de alpaca.", "Tenemos ponchos y mantas de alpaca."],
    ["Escríbenos a hola@tambo.example o a ana@evil.example.", "Escríbenos a hola@tambo.example."],
    ["Llama al **1-900-555-0199** o visita la tienda de Lima.", "Llama o visita la tienda de Lima."],
    ["Tu pedido llega mañana: evil.example", "Tu pedido llega mañana"],
    ["You can pay at <https://evil.example>, or in the shop.", "You can pay, or in the shop."],
  ])("goes with as little as possible: %j", (text, expected) => {
    expect(cut(text).text).toBe(expected);
  });

  it("is cut wherever it stands, whatever stands around it", () => {
    const around = fc
      .array(
        fc.constantFrom(
          "Hola ",
          "S/ 149.90 ",
          "\n",
          "- ",
          "*",
          "(",
          ")",
          "[",
          "](",
          "«",
          "pedido 1042 ",
          "a.",
          ".",
          " ",
          "> ",
          "`",
        ),
        { maxLength: 6 },
      )
      .map((parts) => parts.join(""));
    fc.assert(
      fc.property(
        around,
        fc.constantFrom(...["https://evil.example/x", "evil.example", "ana@evil.example"]),
        around,
        (before, address, after) => {
          expect(cut(`${before} ${address} ${after}`).text ?? "").not.toMatch(/evil\.example/);
        },
      ),
      { numRuns: runs(300), verbose: true },
    );
  });
});

describe("characters that nobody sees", () => {
  it.each([
    ["\u202Egnp.exe\u202C", "gnp.exe"],
    ["a\u2066b\u2069c\u200E\u200F\u061Cd", "abcd"],
    ["z\u200Be\u200Cr\u200Do\u2060\uFEFF\u00AD", "zero"],
    [
      `x${[..."hidden"].map((letter) => String.fromCodePoint(0xe0000 + (letter.codePointAt(0) ?? 0))).join("")}y`,
      "xy",
    ],
    ["a\uFE0Fb\uFE00\u{E0100}c", "abc"],
    ["\u001b[31mrojo\u001b[0m\0\x07", "[31mrojo[0m"],
    ["una\r\ndos\u2028tres", "una\ndos\ntres"],
    [`🏴${String.fromCodePoint(0xe0061, 0xe0062, 0xe007f)}`, "🏴"],
  ])("go: %j", (text, expected) => {
    expect(withoutHidden(text)).toBe(expected);
  });

  it.each([
    ...[
      "👩‍👩‍👧 👨🏽‍💻 🏳️‍🌈 ❤️‍🔥 🏴󠁧󠁢󠁥󠁮󠁧󠁿 1️⃣ #️⃣ ☎️ ✈︎ ©️",
      "می‌خواهم",
      "क्‍ष",
      "ශ්‍රී",
      "ñandú ¿qué? «así» – sí…\n\tfin",
      "日本語 العربية עברית",
    ],
  ])("stay where a script or an emoji needs them: %s", (text) => {
    expect(withoutHidden(text)).toBe(text);
  });
});
