import { tool } from "ai";
import { z } from "zod";
import type { Language } from "../lib/types/company.ts";
import type { ToolContext } from "../lib/types/tools.ts";

// Meta shows at most ten rows with 72 characters under each; `lib/whatsapp/messages/reply.ts` makes room for a title of 60.
const OPTIONS = { min: 2, max: 10 };
const TITLE_CHARACTERS = 60;
const DESCRIPTION_CHARACTERS = 72;
const BUTTON_CHARACTERS = 20;
const SLUG_CHARACTERS = 40;
const BUTTON: Record<Language, string> = { es: "Ver opciones", en: "See options", pt: "Ver opções" };

interface Option {
  id: string;
  title: string;
  description?: string;
}

/** Puts options to tap under the reply; a tap comes back as the option's title. */
export function createChoices(context: ToolContext) {
  return tool({
    description:
      "Puts 2-10 options to tap under your reply, when the customer must pick one of a few known things (order, size, product). Then write just the question, which must make sense on its own.",
    inputSchema: z.object({
      options: z.array(
        z.object({
          title: z.string().describe("Best under 20 characters."),
          description: z.string().optional(),
        }),
      ),
      button: z.string().optional().describe('Opens a long list, e.g. "See sizes".'),
    }),
    execute: async ({ options, button }) => {
      const shown = distinct(options.map(cleaned));
      const problem = problemWith(shown);
      if (problem) return problem;
      const label = line(button ?? "");
      const fits = label !== "" && label.length <= BUTTON_CHARACTERS;
      context.offer({
        kind: "choices",
        options: shown.map(named),
        button: fits ? label : BUTTON[context.language],
      });
      return { shown: shown.length, next: "Write just the question that stands above them." };
    },
  });
}

function problemWith(options: readonly Pick<Option, "title">[]): { error: string; hint: string } | null {
  if (options.length < OPTIONS.min)
    return { error: "fewer than two different options", hint: "Ask in words instead." };
  if (options.length > OPTIONS.max)
    return { error: "more than ten options", hint: "Offer the likeliest ten, or ask in words." };
  if (options.some(({ title }) => title.length > TITLE_CHARACTERS))
    return { error: `a title is over ${TITLE_CHARACTERS} characters`, hint: "Shorten it, or ask in words." };
  return null;
}

/** Drops a description that does not fit; the title alone tells the options apart. */
function cleaned({ title, description }: { title: string; description?: string | undefined }) {
  const about = line(description ?? "");
  const fits = about !== "" && about.length <= DESCRIPTION_CHARACTERS;
  return { title: line(title), ...(fits ? { description: about } : {}) };
}

/** Drops empty titles and duplicates, ignoring case. */
function distinct<Titled extends { title: string }>(options: readonly Titled[]): Titled[] {
  const seen = new Set([""]);
  return options.filter(({ title }) => {
    const read = title.toLowerCase();
    const first = !seen.has(read);
    seen.add(read);
    return first;
  });
}

/** Adds a unique, readable id such as `2-poncho-rojo`. */
function named(option: Omit<Option, "id">, index: number): Option {
  const words = option.title
    .normalize("NFD")
    .replace(/\p{M}+/gu, "")
    .toLowerCase();
  const slug = words
    .match(/[a-z0-9]+/g)
    ?.join("-")
    .slice(0, SLUG_CHARACTERS);
  return { id: slug ? `${index + 1}-${slug}` : `${index + 1}`, ...option };
}

/** One line without Markdown, which buttons do not show. */
function line(text: string): string {
  return text
    .toWellFormed()
    .replace(/\*\*|`/g, "")
    .replace(/[\s\p{Cc}]+/gu, " ")
    .trim();
}
