import fc from "fast-check";
import { formatSpans } from "../../lib/whatsapp/format/spans.ts";

const word = fc.constantFrom(
  "hola",
  "niño",
  "80",
  "S/ 5",
  "20%",
  "¿qué?",
  "«x»",
  "(a)",
  "👩‍👩‍👧‍👦",
  "🇵🇪",
  "你好。",
  "https://a.pe/u1",
  "`c1`",
  "[ver](https://a.pe/u1)",
);

const MARKS = ["**", "_", "~~"];

function marked(marks: readonly string[]): fc.Arbitrary<string> {
  if (marks.length === 0) return word;
  const inMark = fc
    .constantFrom(...marks)
    .chain((mark) =>
      fc
        .array(marked(marks.filter((other) => other !== mark)), { minLength: 1, maxLength: 3 })
        .map((words) => mark + words.join(" ") + mark),
    );
  return fc.oneof({ weight: 2, arbitrary: word }, { weight: 1, arbitrary: inMark });
}

const line = fc
  .array(
    fc
      .tuple(
        fc.constantFrom("", "¡", "(", "«"),
        marked(MARKS),
        fc.constantFrom("", ",", ".", "!", ":", ")", "…"),
      )
      .map((pieces) => pieces.join("")),
    { minLength: 1, maxLength: 6 },
  )
  .map((words) => words.join(" "));

const plain = line.map((words) => words.replace(/[*_~`]/g, ""));
const lines = fc.array(line, { minLength: 1, maxLength: 4 });

const block = fc.oneof(
  line,
  line.map((words) => `## ${words}`),
  lines.map((all) => all.map((words) => `> ${words}`).join("\n")),
  lines.map((all) => all.map((words) => `- ${words}`).join("\n")),
  lines.map((all) => all.map((words, at) => `${at + 1}. ${words}\n   - ${words}`).join("\n")),
  line.map((words) => `| ${words} | b |\n|---|---|\n| ${words} | d |`),
  fc.array(plain, { minLength: 1, maxLength: 5 }).map((all) => `\`\`\`\n${all.join("\n")}\n\`\`\``),
  fc.array(plain, { minLength: 2, maxLength: 8 }).map((all) => `**${all.join(" ")}**`),
);

/** Markdown as models write it: every kind of block, with marks in marks, every mark paired. */
export const wellFormed = fc
  .array(block, { minLength: 1, maxLength: 6 })
  .map((blocks) => blocks.join("\n\n"));

/** Positions of unpaired marks in WhatsApp text. */
export function unpaired(text: string): number[] {
  const spans = formatSpans(text);
  return Array.from(text.matchAll(/[*_~`]/g), ({ index }) => index).filter(
    (at) =>
      !spans.some(
        ({ start, end, open }) =>
          (at >= start && at < start + open.trim().length) || (at >= end - open.trim().length && at < end),
      ),
  );
}

/** Content of `source` missing in `text`, from the first difference on; Markdown's signs do not count. */
export function lost(source: string, text: string): string {
  let from = 0;
  for (const { 0: character, index } of source.matchAll(/[^\s*_~`#>|\-+[\]()!\\<:.=]/gu)) {
    const found = text.indexOf(character, from);
    if (found < 0) return source.slice(index);
    from = found + character.length;
  }
  return "";
}
