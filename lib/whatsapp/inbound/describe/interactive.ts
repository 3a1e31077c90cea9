import { type Fields, fieldOf, fieldsOf, numberOf } from "../../../json/lenient.ts";
import { mark } from "../../../language/marks.ts";
import { oneLine, textIn } from "./brackets.ts";

/** Answer to an interactive message, as a mark: a tap, a choice, a form, a permission. */
export function interactiveReply(content: Fields): string {
  const reply = (key: string) => fieldsOf(fieldOf(content, key));
  switch (fieldOf(content, "type") ?? REPLIES.find((key) => Object.hasOwn(content, key))) {
    case "button_reply":
      return mark("button");
    case "list_reply":
      return mark("list choice", textIn(reply("list_reply"), "description"));
    case "nfm_reply":
      return form(reply("nfm_reply"));
    case "call_permission_reply":
      return callPermission(reply("call_permission_reply"));
    default:
      return mark("interactive message");
  }
}

/** Keys of the answer, for messages that do not name their type. */
const REPLIES = ["button_reply", "list_reply", "nfm_reply", "call_permission_reply"];

function callPermission(reply: Fields): string {
  const until = numberOf(fieldOf(reply, "expiration_timestamp"));
  return mark(
    "call permission",
    textIn(reply, "response"),
    fieldOf(reply, "is_permanent") === true ? "for good" : "",
    until > 0 && until < 1e11 ? `until ${new Date(until * 1_000).toISOString().slice(0, 16)}Z` : "",
  );
}

/** A Flow's answers as `name: value`; an address also as WhatsApp formats it. */
function form(reply: Fields): string {
  const body = textIn(reply, "body");
  // Cut or invalid JSON is shown as it is.
  const answers = answersIn(fieldOf(reply, "response_json")) ?? [textIn(reply, "response_json")];
  if (fieldOf(reply, "name") === "address_message") return mark("address", body, ...answers);
  return mark("form reply", ...(answers.some(Boolean) ? answers : [body]));
}

function answersIn(json: unknown): string[] | null {
  try {
    return pairs(typeof json === "string" ? JSON.parse(json) : json, "", 4).slice(0, 50);
  } catch {
    return null;
  }
}

/** Fields hidden from the model: `flow_token` is ours and says nothing. */
const SILENT = new Set(["flow_token"]);

function pairs(value: unknown, name: string, depth: number): string[] {
  if (Array.isArray(value) && value.every((item) => typeof item !== "object")) {
    return [`${name}: ${oneLine(value.slice(0, 50).join(" / "))}`];
  }
  if (typeof value === "object" && value !== null) {
    if (depth === 0) return [];
    return Object.entries(value)
      .slice(0, 50)
      .filter(([key]) => !SILENT.has(key))
      .flatMap(([key, item]) => pairs(item, nested(name, key), depth - 1));
  }
  return value === null || value === "" || name === "" ? [] : [`${name}: ${oneLine(String(value))}`];
}

const nested = (name: string, key: string): string =>
  [name === "values" ? "" : name, oneLine(key, 64)].filter(Boolean).join(".");
