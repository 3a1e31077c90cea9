import { codeStretches, isWithin, type Stretch } from "../../../whatsapp/format/code.ts";
import { isNamed } from "../../../whatsapp/format/named.ts";
import { endOfJson, isCall } from "./json.ts";
import type { Passage } from "./passage.ts";

/** Calls looked for in one text; a text with more is nothing but calls. */
const MOST = 20;

/** Tool calls, and results, that a model wrote as JSON or as a call in a programming language. `tools` are our own names. */
export function callsIn(text: string, tools: readonly string[]): Passage[] {
  const code = codeStretches(text);
  const found: Stretch[] = [...callsInCode(text, code, tools), ...notes(text, tools), ...wholeCall(text)];
  const isFree = ({ start }: Stretch) => !found.some((one) => one.start <= start && start < one.end);
  for (const call of [...ownCalls(text, tools), ...jsonCalls(text, code, tools)])
    if (isFree(call)) found.push(call);
  return found
    .map(
      ({ start, end }): Passage => ({
        ...(aroundIn(code, text, start, end) ?? bare(text, start, end)),
        kind: "call",
      }),
    )
    .sort((one, other) => one.start - other.start);
}

/** The fence that holds this call and no other word. */
const aroundIn = (code: readonly Stretch[], text: string, from: number, to: number): Stretch | undefined =>
  code.find(
    ({ start, end }) =>
      start < from &&
      to < end &&
      /^[`~]{3,9}[^\S\n]{0,3}[\w-]{0,30}\s{1,20}$/.test(text.slice(start, from).slice(0, 70)) &&
      !/[\p{L}\p{N}]/u.test(text.slice(to, end)),
  );

/** Fences whose language or content says that they are calls. */
function callsInCode(text: string, code: readonly Stretch[], tools: readonly string[]): Stretch[] {
  return code.filter(({ start, end }) => {
    const [head, lang = ""] =
      /^(?:`{3,9}|~{3,9})[^\S\n]{0,3}([\w-]{0,30})[^\n]{0,80}\n/.exec(text.slice(start, start + 130)) ?? [];
    if (head === undefined) return false;
    if (/^(?:tool_?(?:call|code|use|output|result)s?|function_?calls?|action)$/i.test(lang)) return true;
    const whole = text.slice(0, start).trim() === "" && text.slice(end).trim() === "";
    const content = text.slice(start + head.length, Math.min(end, start + 4_000)).trimStart();
    return /^[{[]/.test(content) && isCall(content, tools, whole ? "any" : "own");
  });
}

/** A note in brackets that a tool is called: `[Using tool: lookup]`, `[lookup: poncho]`. */
function notes(text: string, tools: readonly string[]): Stretch[] {
  if (!/[[(]/.test(text)) return [];
  const own =
    tools.length === 0 ? [] : [new RegExp(`\\[(?:${tools.join("|")})\\s?:[^\\]\\n]{0,300}\\]`, "g")];
  return [NOTE, ...own].flatMap((pattern) =>
    Array.from(text.matchAll(pattern), ({ 0: { length }, index }) => ({ start: index, end: index + length })),
  );
}

/** An answer that is one call of a program, whatever its name: `get_price(product="poncho")`. */
const wholeCall = (text: string): Stretch[] =>
  WHOLE.test(text.slice(0, 500)) && text.length <= 500 ? [{ start: 0, end: text.length }] : [];

const WHOLE =
  /^\s*[[`]{0,2}[a-z]\w{2,40}(?:\.\w{1,40}){0,2}\((?=[^()\n]{0,300}["'=])[^()\n]{0,300}\)[\]`;]{0,3}\s*$/;

const NOTE =
  /[[(]\s?(?:(?:using|calling|called|usando|llamando|chamando)\s)?(?:tool|function|herramienta|función|ferramenta|função)(?:[ _](?:call|use|used|result|output))?s?\s?:[^\n]{0,500}?(?:\)\]|[\])](?![\])]))/gi;

/** `lookup(query="…")`, `functions.lookup({…})`, `lookup {…}`: with a tool's own name, also in code. */
function ownCalls(text: string, tools: readonly string[]): Stretch[] {
  if (!tools.some((tool) => text.includes(tool))) return [];
  const pattern = new RegExp(
    `(?<![\\w.])(?:\\[TOOL_CALLS\\]\\s?|<ctrl\\d{1,3}>call\\s{0,2})?(?:(?:assistant\\s?)?commentary\\s)?(?:(?:print|await|(?:(?:[Tt]ool|[Ff]unction)[ _]?)?[Cc]alls?|[Cc]alling|to)[(=:\\s]{1,2})?(?:[\\w]{1,30}\\.){0,2}(?:${tools.join("|")})(?::\\d+)?(?<sign>\\s(?=\\w{1,40}=["'{\\d])|\\s?[[(](?=\\s*(?:\\)|["'{[]|\\w{1,40}\\s*[=:]))|\\[ARGS\\]\\s?(?=\\{)|[\\s:]{0,4}(?:json|code|with|arguments|args|\\w{0,20}Input:)?[\\s:\`]{0,6}(?=\\{))`,
    "gu",
  );
  const passed = new RegExp(`(?<![\\w.])\\w{1,30}(?<sign>\\()(?=\\s?["'](?:${tools.join("|")})["'])`, "gu");
  return [...text.matchAll(pattern), ...text.matchAll(passed)]
    .slice(0, MOST)
    .map(({ 0: call, index, groups }) => {
      const opens = index + call.length - (/[[(]$/.test(groups?.sign ?? "") ? 1 : 0);
      return { start: index, end: endOfJson(text, opens) ?? text.length };
    });
}

function jsonCalls(text: string, code: readonly Stretch[], tools: readonly string[]): Stretch[] {
  const found: Stretch[] = [];
  const whole = text.trim();
  for (const { index } of Array.from(text.matchAll(/\{\s*["'}]|\[\s*\{/g)).slice(0, MOST)) {
    if (index < (found.at(-1)?.end ?? 0) || isWithin(index, code)) continue;
    const end = endOfJson(text, index);
    const json = text.slice(index, end ?? text.length);
    if (isCall(json, tools) || (json.trim() === whole && (end === null ? isCutData(json) : isData(json))))
      found.push({ start: index, end: end ?? text.length });
  }
  return found;
}

const isCutData = (json: string): boolean => /^\s*\{\s*"[\w-]{1,40}"\s*:/.test(json);

/** An answer that is one JSON object was written for a program. */
function isData(json: string): boolean {
  try {
    const data: unknown = JSON.parse(json);
    return typeof data === "object" && data !== null && Object.keys(data).length > 0;
  } catch {
    return false;
  }
}

/** With the signs that touch the call on both sides, and a label before it. */
function bare(text: string, start: number, end: number): Stretch {
  const before = text.slice(Math.max(0, start - 60), start);
  const [around = "", signs = ""] =
    /(?:(?:^|\n)[^\S\n]*(?:tool[ _]?calls?|function[ _]?calls?|action)\s{0,2}:\s{0,2})?(?:functools)?([[`(]{0,3})$/i.exec(
      before,
    ) ?? [];
  const closing = [...signs].map((sign) => CLOSING[sign]).join("");
  const closed = new RegExp(`^[;${closing}]{1,4}`).exec(text.slice(end, end + 4));
  return { start: start - around.length, end: end + (closed?.[0].length ?? 0) };
}

const CLOSING: Readonly<Record<string, string>> = { "`": "`", "[": "\\]", "(": ")" };

const ELEMENT =
  "tools?|tool_?name|tool_?calls?|tool_?use|tool_?code|tool_?requests?|tool_?(?:response|result|output)s?|toolcalls?|function_?calls?|function_?(?:response|result)s?|invoke|use_tool|execute_tool|call_tool|arg_key|arg_value|parameters?|observation|function_?name|query|arguments|args|execute|action|action_input|api_call|call";

/** Calls in XML: `<tool_call>…`, `<function=…>`, `<invoke name="…">`, `<lookup …/>`. */
export function elementCallsIn(text: string, tools: readonly string[]): Passage[] {
  if (!text.includes("<")) return [];
  const code = codeStretches(text);
  const own = tools.length === 0 ? "" : `|${tools.join("|")}`;
  const pattern = new RegExp(
    `<\\s?(?<slash>/?)\\s?(?:[\\w-]{1,20}:|｜[\\w]{1,20}｜)?(?<name>${ELEMENT}${own}|function(?==|\\s+name|>))(?:[\\s=/][^<>]{0,500})?>|(?<slash2></)function>`,
    "gi",
  );
  const tags = Array.from(text.matchAll(pattern), ({ 0: tag, index, groups = {} }) => ({
    ...{ start: index, end: index + tag.length, empty: tag.endsWith("/>") },
    closes: groups.slash === "/" || groups.slash2 !== undefined,
    name: (groups.name ?? "function").toLowerCase(),
    // In a fence of its own, or talked about.
    quoted: isWithin(index, code) ? !fenceOf(text, code, index) : isNamed(text, index, index + tag.length),
  }));
  const found: Passage[] = [];
  const open: { name: string; start: number }[] = [];
  for (const { start, end, closes, empty, name, quoted } of tags) {
    if (quoted && open.length === 0) continue;
    if (!closes && !empty) {
      open.push({ name, start });
      continue;
    }
    const at = closes ? open.findLastIndex((one) => one.name === name) : -1;
    if (at < 0 && open.length > 0) continue;
    const opener = open[at]?.start ?? start;
    open.length = Math.max(0, at);
    if (open.length === 0) found.push({ start: opener, end, kind: "call" });
  }
  const [unclosed] = open;
  if (unclosed) found.push({ start: unclosed.start, end: endOfUnclosed(text, unclosed.start), kind: "call" });
  return found.map((passage) => ({
    ...passage,
    ...(fenceOf(text, code, passage.start) ?? bare(text, passage.start, passage.end)),
  }));
}

/** The fence that begins with the call: it holds nothing else. */
const fenceOf = (text: string, code: readonly Stretch[], at: number): Stretch | undefined =>
  code.find(
    ({ start, end }) =>
      start <= at && at < end && at - start < 40 && /^[`~]{3,}\w*\s*$/.test(text.slice(start, at)),
  );

/** Calls under headings: ReAct's (`Action: …`, `Action Input: …`), and those in the way of YAML (`tool: lookup`). */
export function headedCallsIn(text: string, tools: readonly string[]): Passage[] {
  const own = tools.some((tool) => text.includes(tool)) ? [headed(tools)] : [];
  const call = [REACT, ...own].map((pattern) => pattern.exec(text)).find((found) => found !== null);
  if (!call) return [];
  const answer = /\n\s{0,4}\**Final answer\**:\**\s?/i.exec(text.slice(call.index));
  const end = answer ? call.index + answer.index + answer[0].length : text.length;
  return [{ start: call.index, end, kind: "call" }];
}

const REACT =
  /(?:^|\n)[^\S\n]*\**(?:Thought\**:[^\n]*\n\s{0,4}\**)?Action\**:[^\n]*\n\s{0,4}\**(?:Action )?(?:Input|Args|Arguments)\**:/i;

/** A line with a tool's name alone under a heading, or before a colon. */
const headed = (tools: readonly string[]): RegExp =>
  new RegExp(
    `(?:^|\\n)[^\\S\\n]{0,4}(?:[-*]\\s)?(?:(?:name|tool|tool_name|function|[Aa]ction|call|herramienta|ferramenta)[:=]\\s?["'\`]?(?:${tools.join("|")})["'\`]?(?:[^\\S\\n]*(?:\\n|$)|\\[)|(?:functions\\.)?(?:${tools.join("|")})[:=]\\s)`,
  );

/** What was not closed ends with its JSON, or with the text. */
function endOfUnclosed(text: string, start: number): number {
  const [opening = ""] = /^<[^<>]*>\s*/.exec(text.slice(start, start + 600)) ?? [];
  const at = start + opening.length;
  return (/[{[]/.test(text[at] ?? "") ? endOfJson(text, at) : null) ?? text.length;
}
