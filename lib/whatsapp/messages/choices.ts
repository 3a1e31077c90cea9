import type { FreeFormMessage, ListRow, ReplyExtra } from "../../types/outbound.ts";
import { LIMITS } from "./limits.ts";

type Choices = Extract<ReplyExtra, { kind: "choices" }>;
type Option = Choices["options"][number];

/** Label of a list's button without words. */
const MENU = "☰";

/** Choices as buttons or a list under `body`, within Meta's limits; null when only numbered text can show them. */
export function choicesMessage(body: string, { options, button }: Choices): FreeFormMessage | null {
  const shown = options.map(({ id, title, description }) => ({
    id: id.trim(),
    title: oneLine(title),
    ...(description?.trim() && { description: oneLine(description) }),
  }));
  if (shown.length === 0 || repeats(shown.map(({ id }) => id)) || repeats(shown.map(({ title }) => title)))
    return null;
  return asButtons(body, shown) ?? asList(body, shown, button);
}

/** Choices as numbered lines. */
export function numbered(options: readonly Option[]): string {
  return options
    .filter(({ title }) => title.trim() !== "")
    .map(({ title, description }, at) => {
      const about = description?.trim() ? `: ${oneLine(description)}` : "";
      return `${at + 1}. ${oneLine(title)}${about}`;
    })
    .join("\n");
}

function asButtons(body: string, options: readonly Option[]): FreeFormMessage | null {
  const fits =
    options.length <= LIMITS.buttons &&
    body.length <= LIMITS.interactiveBody &&
    // A button has no description; a list does.
    options.every(
      ({ id, title, description }) =>
        description === undefined && within(id, LIMITS.buttonId) && within(title, LIMITS.buttonTitle),
    );
  return fits ? { kind: "buttons", body, buttons: options.map(({ id, title }) => ({ id, title })) } : null;
}

function asList(body: string, options: readonly Option[], button: string): FreeFormMessage | null {
  const rows = options.map(row).filter((each) => each !== null);
  const fits =
    options.length <= LIMITS.rows &&
    rows.length === options.length &&
    body.length <= LIMITS.listBody &&
    !repeats(rows.map(({ title }) => title));
  if (!fits) return null;
  return {
    kind: "list",
    body,
    button: shorten(oneLine(button), LIMITS.listButton) || MENU,
    sections: [{ rows }],
  };
}

/** Row of a list; a long title is shortened, and the description starts with all of it. */
function row({ id, title, description }: Option): ListRow | null {
  if (!within(id, LIMITS.rowId) || title === "") return null;
  const fits = title.length <= LIMITS.rowTitle;
  const about = fits ? description : [title, description].filter(Boolean).join(": ");
  if (about !== undefined && about.length > LIMITS.rowDescription) return null;
  return {
    id,
    title: fits ? title : shorten(title, LIMITS.rowTitle),
    ...(about !== undefined && { description: about }),
  };
}

const graphemes = new Intl.Segmenter(undefined, { granularity: "grapheme" });

/** Shortens `text` to the whole words, or else characters, that fit, with `…`. */
function shorten(text: string, max: number): string {
  if (text.length <= max) return text;
  const words = text.slice(0, max).replace(/\s+\S*$/, "");
  if (words.length < max) return `${words}…`;
  let cut = "";
  for (const { segment } of graphemes.segment(text.slice(0, max))) {
    if (cut.length + segment.length >= max) break;
    cut += segment;
  }
  return `${cut}…`;
}

function within(text: string, max: number): boolean {
  return text !== "" && text.length <= max;
}

function repeats(texts: readonly string[]): boolean {
  return new Set(texts.map((text) => text.toLowerCase())).size < texts.length;
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}
