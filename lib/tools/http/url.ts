/** URLs made of a template and of what the model wrote. */
import { fieldOf, fieldsOf } from "../../json/lenient.ts";
import type { Json } from "../../types/json.ts";

const FIELD = /\{([^{}]{0,100})\}/g;
const MAX_URL = 2_048;

/** Input that cannot be sent; holds none of it. */
export class UnsendableError extends Error {
  override readonly name = "UnsendableError";
}

/** Fields that a template names, in order. */
export const fieldsIn = (template: string): string[] =>
  [...template.matchAll(FIELD)].map(([, name = ""]) => name);

/**
 * Why a URL template (without variables) cannot be used; null when it can: an absolute http(s) URL without credentials and fragment,
 * whose fields stand behind the host.
 */
export function templateProblem(template: string): string | null {
  const bare = template.replace(FIELD, "x");
  if (!URL.canParse(bare)) return "it is not an absolute URL";
  const url = new URL(bare);
  if (url.protocol !== "https:" && url.protocol !== "http:") return "it is neither https:// nor http://";
  if (url.username !== "" || url.password !== "") return "it has credentials in it";
  if (template.includes("#")) return "it has a #fragment";
  const host = /^https?:\/\/[^/?#\\]+/i.exec(template)?.[0];
  if (host === undefined || /[{}]/.test(host)) return "a {field} stands before the path";
  return /[{}]/.test(bare) ? "a { or } is left over" : null;
}

/**
 * The URL of a call. A field stays within its segment of the path, or within its query parameter: it can change neither the host nor
 * the depth of the path. Throws UnsendableError.
 */
export function buildUrl(
  template: string,
  query: Readonly<Record<string, string>>,
  input: { [key: string]: Json },
): URL {
  if (templateProblem(template) !== null) throw new UnsendableError("URL template");
  const questionMark = template.indexOf("?");
  const path = questionMark < 0 ? template : template.slice(0, questionMark);
  const search = questionMark < 0 ? "" : template.slice(questionMark);
  const filled =
    path.replace(FIELD, (_, name: string) => inPath(scalarOf(input, name))) +
    search.replace(FIELD, (_, name: string) => encodeURIComponent(scalarOf(input, name) ?? ""));
  const url = new URL(filled);
  for (const [name, field] of Object.entries(query)) {
    for (const value of valuesOf(input, field)) url.searchParams.append(name, value);
  }
  const bare = new URL(template.replace(FIELD, "x"));
  const segments = ({ pathname }: URL) => pathname.split("/").length;
  const moved = url.origin !== bare.origin || segments(url) !== segments(bare) || url.hash !== "";
  if (moved || url.href.length > MAX_URL) throw new UnsendableError("URL");
  return url;
}

/** Servers decode slashes before they look at the path, so a value with one is refused, not encoded. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
const UNSAFE_IN_PATH = /[/\\\u0000-\u001f\u007f]|^\.{1,2}$|^$/;

function inPath(value: string | null): string {
  if (value === null || UNSAFE_IN_PATH.test(value)) throw new UnsendableError("path");
  return encodeURIComponent(value.toWellFormed());
}

function scalarOf(input: { [key: string]: Json }, name: string): string | null {
  const value = fieldOf(fieldsOf(input), name);
  if (typeof value === "string") return value.toWellFormed();
  return typeof value === "number" || typeof value === "boolean" ? String(value) : null;
}

function valuesOf(input: { [key: string]: Json }, name: string): string[] {
  const value = fieldOf(fieldsOf(input), name);
  if (!Array.isArray(value)) return [scalarOf(input, name)].filter((one) => one !== null);
  return value
    .map((_, index) => scalarOf({ one: value[index] ?? null }, "one"))
    .filter((one) => one !== null);
}
