import { tool } from "ai";
import { z } from "zod";
import type { Language } from "../lib/types/company.ts";
import type { ToolContext } from "../lib/types/tools.ts";

const URL_CHARACTERS = 2_000;
/** Meta's limit of a button's label. */
const LABEL_CHARACTERS = 20;
const FILENAME_CHARACTERS = 60;
/** Pictures that WhatsApp shows; a WebP would be refused, and an address without an ending may be one of these. */
const PICTURE = /\.(?:jpe?g|png)$/i;
const ENDING = /\.[a-z0-9]{1,5}$/i;
const OPEN: Record<Language, string> = { es: "Abrir", en: "Open", pt: "Abrir" };

/** Sends a picture, a file or a link button with the reply; its address must stand in what a tool of this turn returned. */
export function createAttachment(context: ToolContext) {
  return tool({
    description:
      "Sends one picture, file or link button with your reply. url: an address that a tool returned, exactly. title: the file's name, or at most 20 characters on the button. Leave the address out of your words.",
    inputSchema: z.object({
      kind: z.enum(["picture", "file", "page"]),
      url: z.string(),
      title: z.string().optional(),
    }),
    execute: async ({ kind, url, title = "" }) => {
      if (url.length > URL_CHARACTERS || !URL.canParse(url) || new URL(url).protocol !== "https:")
        return { error: "not an https address", hint: "Answer in words." };
      if (!context.hasReturned(url))
        return { error: "no tool returned this address", hint: "Copy it exactly, or answer in words." };
      const { pathname } = new URL(url);
      if (kind === "picture" && ENDING.test(pathname) && !PICTURE.test(pathname))
        return { error: "WhatsApp shows JPEG and PNG only", hint: "Send it as a page." };
      const named = line(title);
      if (kind === "picture") context.offer({ kind: "picture", link: url });
      else if (kind === "file")
        context.offer({ kind: "file", link: url, filename: filename(named, pathname) });
      else context.offer({ kind: "page", url, label: label(named, context.language) });
      return { sent: "with your reply", next: "Say in a sentence what it is." };
    },
  });
}

const label = (title: string, language: Language): string =>
  title !== "" && title.length <= LABEL_CHARACTERS ? title : OPEN[language];

/** The title with the ending of the address, or the address's own last name. */
function filename(title: string, pathname: string): string {
  const [ending = ""] = ENDING.exec(pathname) ?? [];
  const last = pathname.slice(pathname.lastIndexOf("/") + 1);
  const name =
    title
      .replace(/[\\/:*?"<>|]/g, " ")
      .trim()
      .slice(0, FILENAME_CHARACTERS) || last.slice(-FILENAME_CHARACTERS);
  return ENDING.test(name) || ending === "" ? name : `${name}${ending}`;
}

/** One line without Markdown. */
const line = (text: string): string =>
  text
    .slice(0, 200)
    .toWellFormed()
    .replace(/\*\*|`/g, "")
    .replace(/[\s\p{Cc}]+/gu, " ")
    .trim();
