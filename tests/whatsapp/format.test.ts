import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { toWhatsApp } from "../../lib/whatsapp/format/format.ts";
import { runs } from "../support/seed.ts";
import { lost, unpaired, wellFormed } from "./markdown.ts";

describe("toWhatsApp", () => {
  it.each([
    ["strong", "**Total:** S/ 30", "*Total:* S/ 30"],
    ["strong with underscores", "__Total__", "*Total*"],
    ["emphasis", "_hoy_ y **ya** y *mañana*", "_hoy_ y *ya* y _mañana_"],
    ["both", "***ojo***", "_*ojo*_"],
    ["strike", "~~S/ 50~~ S/ 30", "~S/ 50~ S/ 30"],
    ["code", "Usa `npm i`", "Usa `npm i`"],
    ["code with a backtick", "`` a`b ``", "```a`b```"],
    ["marks between signs", "¡*hola*! «**a**», (_b_): **¿c?**", "¡_hola_! «*a*», (_b_): *¿c?*"],
    ["strong over two lines", "**uno\ndos**", "*uno*\n*dos*"],
    ["marks with spaces inside a link label", "[ **Ver** ](https://a.pe)", "*Ver*: https://a.pe"],
  ])("turns %s into WhatsApp's own", (_, source, expected) => {
    expect(toWhatsApp(source)).toBe(expected);
  });

  it.each([
    ["a heading", "## Horario\nLunes a viernes", "*Horario*\nLunes a viernes"],
    ["a heading with strong text", "# **Horario** de hoy #", "*Horario de hoy*"],
    ["an underlined heading", "Horario\n=======\n\nLunes", "*Horario*\n\nLunes"],
    ["a rule", "a\n\n---\n\nb", "a\n\n———\n\nb"],
    ["an unordered list", "* a\n* b\n+ c", "- a\n- b\n- c"],
    ["a list in a list", "- a\n  - b\n    1. c\n- d", "- a\n  - b\n    1. c\n- d"],
    ["numbers as written", "3. a\n5. b", "3. a\n5. b"],
    ["numbers left to Markdown", "1. a\n1. b\n1. c", "1. a\n2. b\n3. c"],
    ["tasks", "- [x] a\n- [ ] b", "- [x] a\n- [ ] b"],
    ["a list right under a line", "Hay:\n- a\n- b", "Hay:\n- a\n- b"],
    ["a quote", "> uno\n> **dos**\n\nfin", "> uno\n> *dos*\n\nfin"],
    ["a quote in a quote", "> uno\n>> dos", "> uno\n> dos"],
    ["a code block", "```ts\nconst a = **1**;\n```", "```\nconst a = **1**;\n```"],
    ["a code block left open", "```\na", "```\na\n```"],
    ["words after a fence", "```cosas que decir hoy\na\n```", "```\ncosas que decir hoy\na\n```"],
    [
      "a table",
      "| Producto | Precio |\n|---|--:|\n| **Manta** | S/ 30 |\n| Poncho | |",
      "*Producto | Precio*\n- *Manta* | S/ 30\n- Poncho | –",
    ],
    [
      "line breaks in cells",
      "| Día | Hora |\n|---|---|\n| **Lunes**<br>martes | 9<br/>18 |",
      "*Día | Hora*\n- *Lunes* / martes | 9 / 18",
    ],
    ["a cell with a bar", "| a | b |\n|---|---|\n| x\\|y | z |", "*a | b*\n- x|y | z"],
    ["line breaks of HTML", "uno<br>dos <BR /> tres", "uno\ndos\ntres"],
    ["a line break before any word", "- <br> hola\n- sí", "- hola\n- sí"],
    ["hard line breaks", "uno  \ndos\\\ntres", "uno\ndos\ntres"],
    ["code in a list", "1. a\n   ```\n   x\n     y\n   ```\n2. b", "1. a\n  ```\n  x\n    y\n  ```\n2. b"],
    ["a list in a quote", "> - a\n> - b", "> - a\n> - b"],
    ["inline code over two lines", "`a\nb`", "`a b`"],
    ["a fence of tildes", "~~~\n~x~\n~~~", "```\n~x~\n```"],
    ["a table without headings", "| | |\n|-|-|\n| a | b |", "- a | b"],
  ])("makes %s readable", (_, source, expected) => {
    expect(toWhatsApp(source)).toBe(expected);
  });

  it.each([
    ["a link", "Ve el [catálogo](https://a.pe/c).", "Ve el catálogo: https://a.pe/c."],
    ["a link that says its address", "[https://a.pe](https://a.pe)", "https://a.pe"],
    ["a link that nearly says it", "[a.pe](https://a.pe/)", "https://a.pe/"],
    ["a label that ends in a colon", "[Ver:](https://a.pe)", "Ver: https://a.pe"],
    ["a link with a title", '[Ver](https://a.pe "Tienda")', "Ver (Tienda): https://a.pe"],
    ["an image", "![Manta roja](https://a.pe/m.jpg)", "Manta roja: https://a.pe/m.jpg"],
    ["a mail address", "[ventas@a.pe](mailto:ventas@a.pe)", "ventas@a.pe"],
    ["a telephone number", "[+51 1 234-567](tel:+511234567)", "+511234567"],
    ["an address in angle brackets", "<https://a.pe/x_y>", "https://a.pe/x_y"],
    [
      "a picture that is a link",
      "[![Manta](https://a.pe/m.jpg)](https://a.pe/m)",
      "Manta: https://a.pe/m.jpg (https://a.pe/m)",
    ],
    [
      "a heading around an address",
      "## Paga (https://a.pe/p) `hoy` mismo",
      "*Paga* (https://a.pe/p) *`hoy` mismo*",
    ],
    ["a bold link", "**Ve [aquí](https://a.pe), hoy**", "*Ve* *aquí*: https://a.pe, *hoy*"],
    ["a bold address", "**https://a.pe/a_b**", "https://a.pe/a_b"],
  ])("writes out %s", (_, source, expected) => {
    expect(toWhatsApp(source)).toBe(expected);
  });

  it.each([
    ["WhatsApp's own bold", "*Total*: S/ 45", "*Total*: S/ 45"],
    [
      "several of them",
      "*Precios:*\n- *Poncho*: S/ 5\n- *Manta*: S/ 9",
      "*Precios:*\n- *Poncho*: S/ 5\n- *Manta*: S/ 9",
    ],
    ["a label beside Markdown", "**Precios**\n*Total*: S/ 45 y *más*", "*Precios*\n*Total*: S/ 45 y _más_"],
    [
      "a whole answer in a fence",
      "```markdown\n**Precios**\n- Poncho: S/ 189\n```",
      "*Precios*\n- Poncho: S/ 189",
    ],
    ["one in a fence left open", "```md\n**Precios**\n- Poncho", "*Precios*\n- Poncho"],
    ["one in a fence without a language", "```\n**Precios**\n- Poncho\n```", "*Precios*\n- Poncho"],
    ["one with a fence in it", "```markdown\n**Usa**\n```sh\nnpm i\n```\n```", "*Usa*\n```\nnpm i\n```"],
    ["an element in bold", "<b>Oferta</b>: S/ 9", "*Oferta*: S/ 9"],
    [
      "elements without a meaning here",
      "Hola <u>Ana</u> y <span>tú</span>, ¿m<sup>2</sup> o H<sub>2</sub>O?",
      "Hola Ana y tú, ¿m² o H₂O?",
    ],
    [
      "a page of its own",
      "<!DOCTYPE html><html><head><title>x</title></head><body><p>Hola <big>Ana</big> hoy</p></body></html>",
      "Hola Ana hoy",
    ],
    ["a table in a fence", "```\n| a | b |\n|---|---|\n| c | d |\n```", "*a | b*\n- c | d"],
    ["bold that touches a word", "**Total:**S/ 45 y `**a:**b`", "*Total:* S/ 45 y `**a:**b`"],
    ["bold in Chinese", "**价格：**189元", "*价格：* 189元"],
    ["a comma of LaTeX", "S/ $189{,}90$", "S/ 189,90"],
    [
      "sentences in a fence without a language",
      "```\nHola Ana, el poncho cuesta S/ 189.\n```",
      "Hola Ana, el poncho cuesta S/ 189.",
    ],
    [
      "a fence of Markdown within an answer",
      "Mira:\n```markdown\n**Precios**\n```\n¿Algo más?",
      "Mira:\n*Precios*\n¿Algo más?",
    ],
    ["a picture", 'Mira <img src="https://a.pe/x.png" alt="Poncho rojo"> hoy', "Mira Poncho rojo hoy"],
    ["escaped dollars in LaTeX", "Son $189 \\times 2 = \\$378$", "Son 189 × 2 = $378"],
    ["elements in each other", "<strong>a <em>b</em></strong> <u>c</u>", "*a _b_* c"],
    ["an element inside a word", "re<b>start</b> <i>S/ 5</i>9", "restart S/ 59"],
    ["a price struck out", "<s>S/ 250</s> S/ 189", "~S/ 250~ S/ 189"],
    ["code in an element", "Usa <code>a &lt; b</code>", "Usa `a < b`"],
    ["paragraphs of HTML", "<p>Hola</p><p>¿Qué tal?</p>", "Hola\n\n¿Qué tal?"],
    [
      "a page of HTML",
      "<h1>Precios</h1>\n<ul>\n  <li><b>Poncho</b>: S/ 189</li>\n  <li>Manta</li>\n</ul>",
      "*Precios*\n\n- *Poncho*: S/ 189\n- Manta",
    ],
    ["a numbered list", "<ol><li>Pide</li><li>Paga</li></ol>", "1. Pide\n2. Paga"],
    [
      "a link",
      'Ve <a href="https://a.pe/c?x=1&amp;y=2">el catálogo</a>.',
      "Ve el catálogo: https://a.pe/c?x=1&y=2.",
    ],
    ["a comment", "Hola <!-- nada --> Ana", "Hola  Ana"],
    [
      "entities",
      "Tambo &amp; C&iacute;a &ndash; 5&nbsp;% &#8364; &#x1F44D; &zwnj;&#8203;!",
      "Tambo & Cía – 5 % € 👍 !",
    ],
    ["escaped HTML", "Escribe &lt;b&gt; y `&lt;b&gt;`", "Escribe <b> y `&lt;b&gt;`"],
    ["LaTeX within a line", "\\(2 \\times 189 = 378\\)", "2 × 189 = 378"],
    ["LaTeX with dollars", "Son $2 \\times 189 = 378$ soles", "Son 2 × 189 = 378 soles"],
    ["LaTeX on its own line", "$$\\frac{378}{2} = 189$$", "378/2 = 189"],
    ["words in LaTeX", "\\[ 10\\% \\text{ de } \\mathbf{250} = 25 \\]", "10% de 250 = 25"],
    ["LaTeX without its signs", "x = 2 \\times 3, \\boxed{6} y \\frac{1+2}{3}", "x = 2 × 3, 6 y (1+2)/3"],
    ["powers", "\\(x^2 + a_{1}\\)", "x² + a₁"],
    ["escaped prices", "De \\$5 a \\$10", "De $5 a $10"],
  ])("reads %s", (_, source, expected) => {
    expect(toWhatsApp(source)).toBe(expected);
  });

  it.each([
    "Cuesta $5 and $10, o US$ 5 y $1.299,00",
    "El total es $189 + $20 = $209.",
    "cuesta $5 = barato y 10$ = caro",
    "```html\n<html><style>a{}</style></html>\n```",
    "La etiqueta <b> pone negrita, y<br>salta: la etiqueta <p> es otra",
    "usa <b> y </b>",
    "Escribe `<p>Hola</p>` y `&amp;`",
    "```\n<p>Hola</p> &amp; \\frac{1}{2}\n```",
    "C:\\times\\frac",
    "AT&T; R&D y 5 &c",
    "a<b y c>d",
    "```\nnpm install\n```",
  ])("leaves what is neither: %j", (text) => {
    expect(toWhatsApp(text)).toBe(text.replace("<br>salta", "\nsalta").replace("```html", "```"));
  });

  it.each(["<!-- nada -->", "<p></p>", "&nbsp;", "&#8203;"])("shows nothing of %j", (text) => {
    expect(toWhatsApp(text)).toBe("");
  });

  it.each([
    "Cuesta ~80 soles, o ~90 con envío",
    "2 * 3 * 4 = 24",
    "2*3*4 = 24",
    "5**2**3",
    "el campo snake_case_largo y __ nada",
    "snake_case",
    "5*3*2",
    "2 * 3",
    "a*b*c, a~b~c y x**2 + y**2",
    "~80",
    "de ~10 a ~20",
    "antes ~S/ 20~, ahora S/ 15",
    "__init__.py y src/__tests__/a.ts",
    "f(*args, **kwargs)",
    "a_b_c@x.com",
    "https://a.pe/a_b_c_?d=*e*&f=~g~#_h_",
    "texto * en medio * y fin",
    "1986. Gran año",
    "\u00a1Listo! 👍🏽 \ud83c\uddf5\ud83c\uddea 100 % 😀*",
    "https://a.pe/a_b_c?d=*e*",
    "www.a.pe/a_b y ventas_lima@a.pe",
    "<script>x</script> <precio> &nada; AT&T",
    "3 < 5 > 2",
    "#oferta sin espacio",
    "+ 51 999 888 777",
    "1) uno\n2) dos",
    "| a |\n|---|\n| b | de más |",
    "[nota][1]\n\n[1]: https://a.pe",
    "Hola 👋🏽 ¿qué tal?\n\n¡Gracias!",
    "línea uno\nlínea dos",
  ])("leaves text that only looks like markup: %j", (text) => {
    expect(toWhatsApp(text)).toBe(text);
  });

  it("takes the marks off inside a word, where WhatsApp knows none", () => {
    expect(toWhatsApp("re**start** y 这是**重点**内容")).toBe("restart y 这是重点内容");
  });

  it("gives text that a database can hold", () => {
    expect(toWhatsApp("a\0b\ud800")).toBe("ab\ufffd");
  });

  it("gives back what is nested too deeply or is too long to parse", () => {
    expect(toWhatsApp(`${">".repeat(20_000)} **x**`)).toContain("x");
    const long = "**x** ".repeat(10_000);
    expect(toWhatsApp(long)).toBe(long.trim());
  });

  const word = fc.constantFrom(
    "hola",
    "niño",
    "80",
    "S/",
    "**fuerte**",
    "*sí*",
    "<b>gordo</b>",
    "<u>liso</u>",
    "~~no~~",
    "`x1`",
    "[ver](https://a.pe/u1)",
    "2*3",
    "a_b",
    "👍",
    "|",
    "\\*z",
    "<i>",
    "__init__.py",
    "a*b*c",
    "~a~",
    "¡ya!",
    "$5,00",
    "20%",
    '"y"',
    "&amp;",
    "{z}",
    "1986.",
    "+51",
  );
  const text = fc
    .array(word, { minLength: 1, maxLength: 8 })
    .chain((words) => fc.constantFrom(" ", "").map((gap) => words.join(gap)));
  const block = fc.oneof(
    text,
    text.map((each) => `## ${each}`),
    text.map((each) => `> ${each}`),
    fc
      .array(text, { minLength: 1, maxLength: 4 })
      .map((items) => items.map((item) => `- ${item}`).join("\n")),
    fc
      .array(text, { minLength: 2, maxLength: 4 })
      .map((items) => items.map((item, index) => `${index + 1}. ${item}\n   - ${item}`).join("\n")),
    text.map((each) => `\`\`\`\n${each}\n\`\`\``),
    text.map((each) => `| ${each} | b |\n|---|---|\n| ${each} | d |`),
  );

  it("loses nothing but the signs of Markdown, in order", () => {
    const source = fc
      .array(block, { minLength: 1, maxLength: 6 })
      .chain((blocks) => fc.constantFrom("\n", "\n\n").map((gap) => blocks.join(gap)));
    fc.assert(
      fc.property(source, (markdown) => {
        // Two items of one number are counted on, as Markdown has it.
        fc.pre(!/^\W*1986\..*\n\W*1986\./m.test(markdown));
        return lost(markdown.replaceAll("&amp;", "&").replace(/<\/?[bu]>/g, ""), toWhatsApp(markdown)) === "";
      }),
      { numRuns: runs(300) },
    );
  });

  it("pairs every mark on its line, and none in an address", () => {
    fc.assert(
      fc.property(wellFormed, (markdown) => {
        const text = toWhatsApp(markdown);
        expect(unpaired(text)).toEqual([]);
        expect(lost(markdown.replace(/^ *\d+\. /gm, ""), text)).toBe("");
        for (const [address] of text.matchAll(/https:\S*/g)) {
          expect(address).toMatch(/^https:\/\/a\.pe\/u1[),.:!…]*$/);
        }
      }),
      { numRuns: runs(400) },
    );
  });

  it("never throws, whatever the string", () => {
    const odd = fc.array(
      fc.constantFrom(
        "*",
        "_",
        "~",
        "`",
        "```",
        "[",
        "](",
        ")",
        "|",
        "-",
        "\n",
        " ",
        ">",
        "#",
        "1.",
        "a",
        "é",
        "<",
        "\\",
      ),
      { maxLength: 80 },
    );
    fc.assert(
      fc.property(odd, (pieces) => typeof toWhatsApp(pieces.join("")) === "string"),
      { numRuns: runs(500) },
    );
  });
});
