import { codeStretches, isWithin, type Stretch } from "../../../whatsapp/format/code.ts";
import { isNamed } from "../../../whatsapp/format/named.ts";
import { endOfJson } from "./json.ts";
import type { LeakKind, Passage } from "./passage.ts";

/** Tokens of chat templates: ChatML, Llama, Mistral, Gemma, DeepSeek, Cohere, gpt-oss and others. */
const TOKEN = new RegExp(
  [
    "<[|｜](?<bars>[^<>|｜\\n]{1,60})[|｜]>",
    "<\\|?(?<bar>turn|channel|tool_call|tool_response)\\|>|<\\|(?<left>turn|channel|tool_call|tool_response)>",
    "<(?<plain>/?(?:start_of_turn|end_of_(?:turn|utterance|text)|endoftext|bos|eos|pad|unk|sep|mask|sop|eop|extra_id_\\d{1,4}|unused\\d{1,4}|ctrl\\d{1,3}|fim_\\w{1,10}|(?:start|end)_function_(?:call|response)))>",
    "<<(?<sys>/?)SYS>>",
    "(?<s></?s>)",
    "\\[(?<square>/?(?:INST|SYSTEM_PROMPT|AVAILABLE_TOOLS|TOOL_RESULTS|TOOL_CALLS|TOOL_REQUEST|END_TOOL_REQUEST|ARGS|CALL_ID|BOS|EOS|gMASK))\\](?!\\([^\\s()]{1,300}\\))",
    "✿(?<flower>[A-Z]{3,10})✿",
    // Cut within it.
    "(?<half><[|｜][\\w▁]{2,30}$)",
  ].join("|"),
  "gu",
);

interface Token extends Stretch {
  /** In lower case and without what differs between families. */
  name: string;
}

const ROLE =
  "assistant|model|bot|ai|chatbot|gpt|user|human|system|developer|tool|function|ipython|observation|environment|customer|think|thinking|analysis";
/** A role behind the token that opens a turn, with what stands between it and the words. */
const ROLE_AFTER = new RegExp(
  `^\\s{0,2}(?<role>${ROLE})\\b[^\\S\\n]*(?:to=[^\\s<]{1,60})?[^\\S\\n]*(?:\\n|(?=<|$|:))`,
  "i",
);
const CHANNEL_AFTER =
  /^\s?(?<channel>analysis|commentary|final|thought|thinking)\b(?:[^\S\n]*to=[^\s<]{1,60})?(?:[^\S\n]*(?:code|json))?/i;

/** Turns of a template and their tokens, all but the words of the first answer. Linear. */
export function tokensIn(text: string): Passage[] {
  const tokens = tokensOf(text);
  if (tokens.length === 0) return [];
  const segments = segmentsOf(text, tokens);
  const hasWords = ({ start, end }: Segment) => WORDS.test(text.slice(start, end).replace(LABEL, ""));
  const first = (role: Role) => segments.find((one) => one.role === role && hasWords(one));
  const answer = first("answer") ?? first("after");
  const found: Passage[] = tokens.map(({ start, end, name }) => ({
    ...{ start, end },
    kind: CALLS.test(name) ? "call" : "token",
  }));
  for (const segment of segments) {
    const { start, end, role, turn } = segment;
    if (turn !== answer?.turn && text.slice(start, end).trim() !== "")
      found.push({ start, end, kind: KINDS[role] });
  }
  return found.sort((one, other) => one.start - other.start);
}

const KINDS: Readonly<Record<Role, LeakKind>> = {
  answer: "turn",
  after: "turn",
  other: "turn",
  thinking: "thinking",
  call: "call",
};

const WORDS = /[\p{L}\p{N}\p{So}]/u;
/** A label of the assistant's is no answer. */
const LABEL =
  /^[^\p{L}\p{N}\p{So}]{0,8}(?:assistant|asistente|assistente|ai|bot)(?: virtual)?[^\p{L}\p{N}\p{So}]{0,8}$/iu;

type Role = "answer" | "after" | "other" | "thinking" | "call";

interface Segment extends Stretch {
  role: Role;
  /** The same for segments between which a token changed nothing. */
  turn: number;
}

function segmentsOf(text: string, tokens: readonly Token[]): Segment[] {
  let [role, turn]: [Role, number] = ["answer", 0];
  const segments: Segment[] = [{ start: 0, end: tokens[0]?.start ?? 0, role, turn }];
  for (const [index, { name, end }] of tokens.entries()) {
    const changed = roleOf(name);
    if (changed !== null) [role, turn] = [changed, turn + 1];
    segments.push({ start: end, end: tokens[index + 1]?.start ?? text.length, role, turn });
  }
  return segments;
}

/** What the words behind a token are; null when it changes nothing. */
function roleOf(name: string): Role | null {
  if (/^(?:role|channel) /.test(name)) {
    if (/ (?:analysis|thought|thinking|think)$/.test(name)) return "thinking";
    if (/ commentary$/.test(name)) return "call";
    return / (?:assistant|model|bot|ai|chatbot|gpt|final)$/.test(name) ? "answer" : "other";
  }
  if (CALLS.test(name)) return CALL_ENDS.test(name) ? "answer" : "call";
  return ENDS.test(name) ? "after" : null;
}

const CALLS = /tool|python_tag|function|plugin|action|^args$|^call_id$|^result$/;
const CALL_ENDS = /end(?:_|$)|^\/|_end$|^end_tool|^return$/;
const ENDS =
  /^(?:im_end|eot|eot_id|eom_id|end_of_text|endoftext|endofprompt|end_of_sentence|end_of_turn|end_of_turn_token|end_of_utterance|end|return|call|eos|\/s|turn_end|channel_end|end_response|end_of_solution|eop|user_end|assistant_end|diff_marker|file_separator|file_sep)$/;

function tokensOf(text: string): Token[] {
  const code = codeStretches(text);
  const found: Token[] = [];
  for (const { 0: token, index, groups = {} } of text.matchAll(TOKEN)) {
    const end = index + token.length;
    if (index < (found.at(-1)?.end ?? 0) || isWithin(index, code) || isNamed(text, index, end)) continue;
    if (groups.s !== undefined && isStrike(text, index, groups.s)) continue;
    found.push(meaningOf(text, { start: index, end, name: nameOf(groups) }));
  }
  return found;
}

function nameOf(groups: Record<string, string | undefined>): string {
  const { bars, bar, left, plain, sys, s, square, flower } = groups;
  if (sys !== undefined) return sys === "/" ? "role user" : "role system";
  if (s !== undefined) return s === "</s>" ? "/s" : "bos";
  if (flower !== undefined) return flower === "RETURN" ? "return" : "tool";
  if (bar !== undefined) return bar.startsWith("tool") ? `${bar}_end` : `${bar}_end`;
  if (square === "INST") return "role user";
  if (square === "/INST") return "role assistant";
  if (square === "/SYSTEM_PROMPT") return "after_system";
  return (bars ?? left ?? plain ?? square ?? "")
    .toLowerCase()
    .replaceAll("▁", "_")
    .replace(/^<+|>+$/g, "")
    .trim();
}

/** Takes the role, channel or JSON behind a token into it. */
function meaningOf(text: string, { start, end, name }: Token): Token {
  const after = text.slice(end, end + 120);
  if (/^(?:im_start|start_header_id|start_of_turn|start|turn|role_start|start_of_turn_token)$/.test(name)) {
    const role = ROLE_AFTER.exec(after);
    if (role) return { start, end: end + role[0].length, name: `role ${role.groups?.role?.toLowerCase()}` };
  }
  if (name === "channel") {
    const channel = CHANNEL_AFTER.exec(after);
    if (channel)
      return {
        start,
        end: end + channel[0].length,
        name: `channel ${channel.groups?.channel?.toLowerCase()}`,
      };
  }
  const own =
    /^(?:\/?)(assistant|user|human|system|developer|observation|chatbot|bot|model)(?:_token)?$/.exec(name);
  if (own) return { start, end, name: `role ${own[1]}` };
  if (name === "tool_calls" || name === "args" || name === "python_tag")
    return { ...{ start, name: "token" }, ...callAfter(text, start, end) };
  return { start, end, name };
}

/** `[TOOL_CALLS]` and its kind have no end of their own: they end with their JSON, a program with the text. */
function callAfter(text: string, start: number, end: number): Token {
  const head =
    /^\s*(?:[\w.]{1,60})?(?:\[(?:ARGS|CALL_ID)\]\w{0,20})*\s*/.exec(text.slice(end, end + 160))?.[0] ?? "";
  const at = end + head.length;
  const json = /[{[(]/.test(text[at] ?? "") ? endOfJson(text, at) : null;
  const isOpen = /[{[(]/.test(text[at] ?? "") || text.startsWith("<|python_tag|>", start);
  return { start, end: json ?? (isOpen ? text.length : end), name: "tool_call_end" };
}

/** Longest text that HTML strikes out with the sign that Llama begins a text with. */
const MAX_STRUCK = 200;

/** True for the sign of a price that is struck out: `<s>S/ 250</s>`, beside other words. */
function isStrike(text: string, at: number, sign: string): boolean {
  if (sign === "</s>") {
    const near = Math.max(0, at - MAX_STRUCK - 3);
    const opener = text.slice(near, at).lastIndexOf("<s>");
    const start = near + opener;
    if (text.slice(start, at).includes("</s>")) return false;
    return opener >= 0 && !isNamed(text, start, start + 3) && isStrike(text, start, "<s>");
  }
  const inside = text.slice(at, at + MAX_STRUCK + 3);
  if (/^<s>\s*\[INST\]/.test(inside)) return false;
  const closer = text.slice(at, at + MAX_STRUCK + 7).indexOf("</s>");
  if (closer < 0 || inside.slice(0, closer).includes("\n")) return false;
  return (
    text.slice(0, at).trim() !== "" ||
    text
      .slice(at + closer + 4)
      .replace(TOKEN, "")
      .trim() !== ""
  );
}
