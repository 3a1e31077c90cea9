import { z } from "zod";
import type { TemplateView } from "../../../contracts/console/settings.ts";
import { cleanText } from "../../json/clean.ts";

const MAX_TEXT = 2_048;
const words = z
  .string()
  .catch("")
  .transform((text) => cleanText(text, MAX_TEXT));

const button = z.object({ type: words, text: words, url: words });
const component = z.object({
  type: z
    .string()
    .catch("")
    .transform((type) => type.toUpperCase()),
  format: z
    .string()
    .catch("TEXT")
    .transform((format) => format.toLowerCase()),
  text: words,
  buttons: z.array(button).max(20).catch([]),
});
type Component = z.output<typeof component>;

const templateShape = z.object({
  name: z.string().regex(/^[a-z0-9_]{1,512}$/),
  language: z.string().min(2).max(16),
  category: z
    .string()
    .catch("")
    .transform((category) => category.toLowerCase()),
  status: z
    .string()
    .catch("")
    .transform((status) => status.toLowerCase()),
  components: z.array(component).max(20).catch([]),
});

/** One template of Meta's list as the console shows it; null for what is none. */
export function templateView(value: unknown): TemplateView | null {
  const read = templateShape.safeParse(value);
  if (!read.success) return null;
  const { name, language, category, status, components } = read.data;
  const of = (type: string) => components.find((each) => each.type === type);
  const header = headerOf(of("HEADER"));
  const body = of("BODY")?.text ?? "";
  return {
    name,
    language,
    category: oneOf(["marketing", "utility", "authentication"], category),
    status: oneOf(["approved", "paused", "rejected", "pending", "disabled"], status),
    header,
    body,
    footer: of("FOOTER")?.text ?? "",
    buttons: (of("BUTTONS")?.buttons ?? []).map(buttonView),
    headerPlaceholders: header?.kind === "text" ? placeholdersIn(header.text) : [],
    placeholders: placeholdersIn(body),
    // Meta's fees differ by market and month; its list does not name them.
    priceUsd: null,
  };
}

/** Names or numbers in `{{…}}`, each once, numbers in their order. */
export function placeholdersIn(text: string): string[] {
  const names = [...text.matchAll(/\{\{\s*(\w+)\s*\}\}/g)].map(([, name = ""]) => name);
  const once = [...new Set(names)];
  return once.every((name) => /^\d+$/.test(name)) ? once.sort((a, b) => Number(a) - Number(b)) : once;
}

const oneOf = <const Known extends string>(known: readonly Known[], given: string): Known | "unknown" =>
  known.find((each) => each === given) ?? "unknown";

const HEADERS = ["text", "image", "video", "document", "location"] as const;

function headerOf(header: Component | undefined): TemplateView["header"] {
  const kind = HEADERS.find((each) => each === header?.format);
  return header && kind ? { kind, text: kind === "text" ? header.text : "" } : null;
}

/** A link with a placeholder, a code to copy and a one-time password take a value. */
function buttonView({ type, text, url }: Component["buttons"][number]): TemplateView["buttons"][number] {
  const kind = type.toLowerCase();
  const hasValue =
    kind === "copy_code" || kind === "otp" || (kind === "url" && placeholdersIn(url).length > 0);
  return { kind, text, hasValue };
}
