/** Passages of a CSV: all of it or the errors by line. */
import { passageSchema } from "../../company/schema.ts";
import { rowsOf } from "../../csv/rows.ts";
import type { Language, Passage } from "../../types/company.ts";
import { createSlugs } from "./slug.ts";

interface CsvProblem {
  line: number;
  message: string;
}

const MOST_ROWS = 500;
const NAMES: Readonly<Record<string, "title" | "text" | "language" | "keywords">> = {
  ...{
    title: "title",
    titulo: "title",
    título: "title",
    question: "title",
    pregunta: "title",
    pergunta: "title",
  },
  ...{ text: "text", texto: "text", answer: "text", respuesta: "text", resposta: "text" },
  ...{ language: "language", idioma: "language", lengua: "language", língua: "language" },
  ...{ keywords: "keywords", "palabras clave": "keywords", "palavras-chave": "keywords" },
};

/** Reads `title,text,language,keywords` with a header; a `;` or a tab between cells is taken too. */
export function passagesOfCsv(text: string): { passages: Passage[]; problems: CsvProblem[] } {
  const [header, ...rows] = rowsOf(text.replace(/^\uFEFF/, ""));
  const columns = header?.cells.map((cell) => NAMES[cell.trim().toLowerCase()] ?? null) ?? [];
  const missing = (["title", "text", "language"] as const).filter((name) => !columns.includes(name));
  if (missing.length > 0)
    return problem(
      1,
      `the first line must name the columns title, text, language and keywords; ${missing.join(", ")} is missing`,
    );
  if (rows.length > MOST_ROWS)
    return problem(MOST_ROWS + 2, `more than ${MOST_ROWS} rows: import the file in parts`);
  const problems: CsvProblem[] = [];
  const slugs = createSlugs();
  const passages = rows.flatMap(({ cells, line, unclosed }): Passage[] => {
    const note = (message: string) => problems.push({ line, message });
    if (unclosed) note("a quote is opened and never closed");
    if (cells.length !== columns.length)
      note(`has ${cells.length} cells; the first line has ${columns.length}`);
    const value = (name: string) => cells[columns.indexOf(name as "title")]?.trim() ?? "";
    const language = value("language").toLowerCase().slice(0, 2);
    if (!["es", "en", "pt"].includes(language)) note("language must be es, en or pt");
    const words = passageSchema.safeParse({
      title: value("title"),
      body: value("text"),
      keywords: value("keywords"),
    });
    if (words.success)
      return [{ slug: slugs(words.data.title), language: language as Language, ...words.data }];
    for (const { path, message } of words.error.issues)
      note(`${path[0] === "body" ? "text" : String(path[0])} ${message}`);
    return [];
  });
  // Half a file would have to be found out and completed by hand.
  return problems.length > 0 ? { passages: [], problems } : { passages, problems };
}

const problem = (line: number, message: string) => ({ passages: [], problems: [{ line, message }] });
