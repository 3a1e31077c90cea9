import { stringify } from "yaml";
import type { Language, OwnIntent } from "../../lib/types/company.ts";
import { DocumentError, type Located, readDocument } from "../openapi/document.ts";

const LANGUAGES: readonly Language[] = ["es", "en", "pt"];
const FRONT_MATTER = /^---\n(?<lines>[\s\S]*?\n)?---(?:\n|$)/;
const SECTION = /^# +(?<title>\S.*)$/;
const EXAMPLES = /^examples:? +\(?(?<language>es|en|pt)\)?$/i;
const SECTIONS = '"# Prompt", "# Examples es", "# Examples en" and "# Examples pt"';

interface Section {
  title: string;
  /** Of its heading, from 1. */
  line: number;
  lines: string[];
}

type Note = (line: number, message: string) => void;

/**
 * An intent as its file has it: front matter with `when`, `tools`, `tier` and `off`, then the sections Prompt and Examples of each language.
 * Throws DocumentError for front matter that cannot be read; `note` hears what is wrong below it.
 */
export function intentIn(text: string, note: Note): Located {
  const front = FRONT_MATTER.exec(text);
  if (!front && text.startsWith("---"))
    throw new DocumentError(1, 'begins front matter that does not end: close it with a line "---"');
  const above = front ? frontMatter(front.groups?.lines ?? "") : null;
  const fields = fieldsOf(above?.value);
  for (const field of ["name", "prompt", "examples"].filter((each) => each in fields))
    note(above?.lineOf([field]) ?? 1, MISPLACED[field] ?? "");
  const skipped = front?.[0].split("\n").length ?? 1;
  const sections = sectionsIn(text.slice(front?.[0].length ?? 0), skipped, note);
  const lines = new Map<string, number>();
  const own = saidIn(sections, lines, note);
  return {
    value: { ...fields, ...own },
    lineOf: (path) =>
      lines.get(path.join(".")) ??
      lines.get(path.slice(0, 2).join(".")) ??
      lines.get(String(path[0])) ??
      above?.lineOf(path) ??
      1,
  };
}

/** Most often a text holds a colon, which YAML takes for another field. */
function frontMatter(lines: string): Located {
  try {
    return readDocument(lines, "yaml", 2);
  } catch (error) {
    if (!(error instanceof DocumentError)) throw error;
    throw new DocumentError(error.line, `${error.message}; put a text with ": " in it in "quotes"`);
  }
}

const MISPLACED: Readonly<Record<string, string>> = {
  name: '"name" is not needed: the name of the file is the intent\'s',
  prompt: '"prompt" belongs below the front matter, in a section "# Prompt"',
  examples:
    '"examples" belong below the front matter, in sections "# Examples es", "# Examples en" and "# Examples pt"',
};

function fieldsOf(value: unknown): Record<string, unknown> {
  if (value === null || value === undefined) return {};
  if (typeof value !== "object" || Array.isArray(value))
    throw new DocumentError(2, 'front matter must be lines such as "when: …"');
  return { ...value };
}

function sectionsIn(body: string, firstLine: number, note: Note): Section[] {
  const sections: Section[] = [];
  for (const [at, line] of body.split("\n").entries()) {
    const title = SECTION.exec(line)?.groups?.title?.trim();
    if (title !== undefined) sections.push({ title, line: firstLine + at, lines: [] });
    else if (sections.length > 0) sections.at(-1)?.lines.push(line);
    else if (line.trim() !== "") {
      note(firstLine + at, `stands in no section: they are ${SECTIONS}`);
      break;
    }
  }
  return sections;
}

/** What the sections say; `lines` gets where each of it stands. */
function saidIn(
  sections: readonly Section[],
  lines: Map<string, number>,
  note: Note,
): Pick<OwnIntent, "prompt" | "examples"> {
  const own: { prompt?: string; examples?: Partial<Record<Language, string[]>> } = {};
  for (const { title, line, lines: content } of sections) {
    const language = EXAMPLES.exec(title)?.groups?.language?.toLowerCase() as Language | undefined;
    const path = language ? `examples.${language}` : "prompt";
    if (!language && title.toLowerCase() !== "prompt") {
      note(line, `"# ${title}" is no section: they are ${SECTIONS}; other headings begin with "##"`);
      continue;
    }
    if (lines.has(path)) note(line, `"# ${title}" stands here twice`);
    lines.set(path, line);
    if (language)
      own.examples = { ...own.examples, [language]: phrasesIn(content, { path, line, lines, note }) };
    else
      own.prompt = content
        .map((each) => each.replace(/^\\# /, "# "))
        .join("\n")
        .trim();
  }
  return own;
}

interface Listing {
  path: string;
  line: number;
  lines: Map<string, number>;
  note: Note;
}

function phrasesIn(content: readonly string[], { path, line, lines, note }: Listing): string[] {
  const phrases: string[] = [];
  for (const [at, each] of content.entries()) {
    if (each.trim() === "") continue;
    const phrase = /^\s*[-*] +(?<said>\S.*)$/.exec(each)?.groups?.said;
    if (phrase === undefined) note(line + 1 + at, 'is no example: begin each with "- "');
    else {
      lines.set(`${path}.${phrases.length}`, line + 1 + at);
      phrases.push(phrase.trim());
    }
  }
  return phrases;
}

/** The file that says this, as `intentIn` reads it. */
export function intentText({ prompt, examples = {}, ...front }: OwnIntent): string {
  const head = Object.keys(front).length > 0 ? `---\n${stringify(front, { lineWidth: 0 })}---\n` : "";
  const asked = prompt === undefined ? [] : [`# Prompt\n\n${prompt.replace(/^# /gm, "\\# ")}\n`];
  const lists = LANGUAGES.flatMap((language) => {
    const phrases = examples[language];
    return phrases ? [`# Examples ${language}\n\n${phrases.map((phrase) => `- ${phrase}\n`).join("")}`] : [];
  });
  return head + [...asked, ...lists].join("\n");
}
