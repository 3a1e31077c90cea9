import { expect, test } from "vitest";
import { passagesOfCsv } from "../../lib/console/knowledge/csv.ts";
import { textOfHtml } from "../../lib/console/knowledge/html.ts";
import { createSlugs } from "../../lib/console/knowledge/slug.ts";
import { sectionsOf } from "../../lib/console/knowledge/split.ts";

test("a CSV is read as spreadsheets write it", () => {
  const text = `\uFEFFTítulo;Texto;Idioma;Palabras clave\r\n"¿Envíos? ""rápidos""";"En 2 días.\r\nA todo; el país";ES;envío\r\n\r\nReturns;In 30 days;en;\r\n`;
  expect(passagesOfCsv(text)).toEqual({
    problems: [],
    passages: [
      {
        slug: "envios-rapidos",
        language: "es",
        title: '¿Envíos? "rápidos"',
        body: "En 2 días.\nA todo; el país",
        keywords: "envío",
      },
      { slug: "returns", language: "en", title: "Returns", body: "In 30 days", keywords: "" },
    ],
  });
});

test("one wrong line of a CSV imports nothing, and every wrong line is named", () => {
  const rows = [
    "title,text,language,keywords",
    '"A\nB",text,es,',
    "C,,es,",
    "D,text,fr,",
    "E,text",
    'F,"never closed,en,',
  ];
  const { passages, problems } = passagesOfCsv(rows.join("\n"));
  expect(passages).toEqual([]);
  expect(problems.map(({ line, message }) => `${line} ${message}`)).toEqual([
    "4 text is empty",
    "5 language must be es, en or pt",
    expect.stringMatching(/^6 has 2 cells; the first line has 4/),
    expect.stringMatching(/^6 language/),
    expect.stringMatching(/^7 a quote is opened and never closed/),
    expect.stringMatching(/^7 has 2 cells/),
    expect.stringMatching(/^7 language/),
  ]);
  expect(passagesOfCsv("a,b\n1,2").problems).toMatchObject([
    { line: 1, message: /title, text, language is missing/ },
  ]);
  expect(passagesOfCsv("").problems).toHaveLength(1);
});

test("a page's words, without what stands on every page and what runs", () => {
  const html = `<!doctype html><html><head><title>Envíos &amp; cambios</title><style>p{}</style></head><body>
    <nav><a href="/">Home</a></nav><main><h1>Envíos</h1><p>Llegan en <b>2</b>&nbsp;días.<br>A todo el país.</p>
    <script>if (a < b) document.write("<p>evil</p>")</script><!-- <p>hidden</p> -->
    <h2>Cambios</h2><ul><li>30 días</li><li>con boleta</li></ul></main><footer>© Tambo</footer></body></html>`;
  const { title, text } = textOfHtml(html);
  expect(title).toBe("Envíos & cambios");
  expect(text).toBe(
    "# Envíos\n\nLlegan en 2 días.\n\nA todo el país.\n\n## Cambios\n\n- 30 días\n\n- con boleta",
  );
  expect(sectionsOf(text, title).sections).toEqual([
    { title: "Envíos", body: "Llegan en 2 días.\n\nA todo el país." },
    { title: "Cambios", body: "- 30 días\n\n- con boleta" },
  ]);
});

test.each([
  ["unclosed tags", "<p".repeat(300_000)],
  ["unclosed comments", "<!--".repeat(300_000)],
  ["scripts without an end", "<script>".repeat(150_000)],
  ["deep nesting", "<div>".repeat(200_000)],
  ["nested left-outs", "<nav>".repeat(200_000)],
  ["entities", "&amp;".repeat(200_000)],
  ["spaces", " ".repeat(1_000_000)],
  ["headings", "<h1>x</h1>".repeat(100_000)],
])("a page of %s is read in time that grows with its length", (_name, html) => {
  const { text } = textOfHtml(html);
  expect(sectionsOf(text, "x").sections.length).toBeLessThanOrEqual(60);
});

test("a long section is cut at the end of a paragraph, and every topic has a name of its own", () => {
  const body = Array.from({ length: 40 }, (_, at) => `Paragraph ${at} ${"word ".repeat(40)}`).join("\n\n");
  const { sections } = sectionsOf(`# Long\n${body}`, "x");
  expect(sections.length).toBeGreaterThan(1);
  expect(
    sections
      .map(({ body: part }) => part)
      .join("\n\n")
      .replace(/\s+/g, " "),
  ).toBe(body.replace(/\s+/g, " ").trim());
  const slugs = createSlugs();
  expect([slugs("Envío"), slugs("¿Envío?"), slugs("日本"), slugs("日本")]).toEqual([
    "envio",
    "envio-2",
    "topic",
    "topic-2",
  ]);
});
