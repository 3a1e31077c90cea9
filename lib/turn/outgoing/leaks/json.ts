/** Names under which a tool call gives the tool, and what it passes. */
const NAME_KEYS = "name|tool|tool_name|toolName|function|function_name|action|recipient_name";
const INPUT_KEYS =
  "arguments|parameters|params|args|input|inputs|kwargs|tool_input|toolInput|action_input|parameter";
const LIST_KEYS = "tool_calls|tool_uses|toolCalls|function_call|function_calls|functionCall";

const NAMED = new RegExp(`["'](?:${NAME_KEYS})["']\\s*:\\s*(?:["'](?<name>[\\w.:/-]{1,80})["']|\\{)`);
const GIVEN = new RegExp(`["'](?:${INPUT_KEYS})["']\\s*:`);
const LISTED = new RegExp(`["'](?:${LIST_KEYS})["']\\s*:\\s*[[{]`);
/** Only the beginning is looked at: a call's arguments may be long. */
const HEAD = 2_000;

/** True when JSON, also badly written or cut, is a tool call; `tools` are our own, and may be all that counts. */
export function isCall(json: string, tools: readonly string[], which: "any" | "own" = "any"): boolean {
  const head = json.slice(0, HEAD);
  const own = tools.some((name) => new RegExp(`["'](?:functions\\.)?${name}["']`).test(head));
  if (which === "own" && !own) return false;
  if (LISTED.test(head)) return true;
  const named = NAMED.exec(head);
  if (named && (GIVEN.test(head) || isCalled(head, named.groups?.name))) return true;
  // A call that was cut behind its name, and one under the tool's name.
  if (own && named && !json.trimEnd().endsWith("}")) return true;
  return own && /^\s*\{\s*["'][\w.]+["']\s*:\s*\{/.test(head);
}

/** A call without arguments names its type. */
const isCalled = (head: string, name: string | undefined): boolean =>
  name !== undefined && /["']type["']\s*:\s*["'](?:function|tool_use|tool_call|function_call)["']/.test(head);

/** End of the JSON object or list that starts here; null when it does not end within `most` units. */
export function endOfJson(text: string, start: number, most = 8_000): number | null {
  let depth = 0;
  let quote = "";
  for (let at = start; at < Math.min(text.length, start + most); at++) {
    const sign = text[at] ?? "";
    if (quote !== "") {
      if (sign === "\\") at += 1;
      else if (sign === quote) quote = "";
    } else if (sign === '"') quote = sign;
    else if ("{[(".includes(sign)) depth += 1;
    else if ("}])".includes(sign)) {
      depth -= 1;
      if (depth === 0) return at + 1;
    }
  }
  return null;
}
