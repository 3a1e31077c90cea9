import { cleanText } from "../../json/clean.ts";

/** A section of a document: a passage to propose. */
export interface Section {
  title: string;
  body: string;
}

const MOST_TITLE = 200;
const MOST_BODY = 3_000;
const MOST_SECTIONS = 60;

/** A text with Markdown's headings as sections, long ones in parts at the end of a paragraph. `cut`: there are more than are taken. */
export function sectionsOf(text: string, name: string): { sections: Section[]; cut: boolean } {
  const sections: Section[] = [];
  let title = name;
  let lines: string[] = [];
  const end = () => {
    const body = lines.join("\n").trim();
    if (body !== "") sections.push(...inParts(title, body));
    lines = [];
  };
  for (const line of cleanText(text, text.length).split("\n")) {
    const heading = headingOf(line);
    if (heading === null) lines.push(line.trimEnd());
    else {
      end();
      title = heading;
    }
  }
  end();
  return { sections: sections.slice(0, MOST_SECTIONS), cut: sections.length > MOST_SECTIONS };
}

function headingOf(line: string): string | null {
  let level = 0;
  while (line[level] === "#") level += 1;
  if (level === 0 || level > 6 || line[level] !== " ") return null;
  const words = line.slice(level).replaceAll("#", " ").trim();
  return words === "" ? null : words.slice(0, MOST_TITLE);
}

function inParts(title: string, body: string): Section[] {
  const parts: string[] = [];
  let rest = body;
  while (rest.length > MOST_BODY) {
    const within = rest.slice(0, MOST_BODY);
    const at = [
      within.lastIndexOf("\n\n"),
      within.lastIndexOf("\n"),
      within.lastIndexOf(". ") + 1,
      MOST_BODY,
    ].find((place) => place > MOST_BODY / 2);
    parts.push(rest.slice(0, at).trim());
    rest = rest.slice(at).trim();
  }
  if (rest !== "") parts.push(rest);
  return parts.map((part, at) => ({
    title: at === 0 ? title : `${title.slice(0, MOST_TITLE - 5)} (${at + 1})`,
    body: part.toWellFormed(),
  }));
}
