import type { ExchangeView, SayingView, SeenTurn, Words } from "../../contracts/console/turns.ts";
import { indented, oneLine } from "../../host/machine/terminal.ts";
import { mask } from "../../lib/telemetry/redact.ts";
import type { Json } from "../../lib/types/json.ts";
import { metaMeaning } from "../../lib/whatsapp/errors.ts";

const BAR = 40;

/** A turn as text for a terminal. */
export function turnWords(turn: SeenTurn): string {
  const sure = turn.confidence === null ? "" : ` (${Math.round(turn.confidence * 100)} %)`;
  return [
    `turn ${turn.id}, ${new Date(turn.at).toISOString().slice(0, 19).replace("T", " ")} UTC, ${turn.state}`,
    `  conversation ${turn.conversationId}${turn.version === null ? "" : `, company version ${turn.version}`}`,
    `  intent   ${turn.intent ?? "none"}${sure}, by ${turn.decidedBy ?? "nobody"}${turn.language ? `, ${turn.language}` : ""}`,
    `  rung     ${turn.rung ?? "none"}, attempt ${turn.rounds}`,
    `  models   ${turn.intentModel ?? "–"} (intent), ${turn.replyModel ?? "–"} (reply${turn.modelChoice === null ? "" : `, by ${turn.modelChoice}`})`,
    `  cost     ${turn.inputTokens}${turn.cachedTokens > 0 ? ` (${turn.cachedTokens} cached)` : ""} + ${turn.outputTokens} tokens, ${turn.costUsd === null ? "no price" : `$${turn.costUsd.toFixed(6)}`}`,
    `  trace    ${turn.traceId ?? "none"}`,
    ...(turn.errors.length > 0 ? [`  failures ${turn.errors.map(explained).join("; ")}`] : []),
    "",
    ...stages(turn),
    ...turn.toolCalls.flatMap(toolWords(turn.withWords)),
    "",
    ...[...turn.asked.map(said("asked")), ...turn.replies.map(said("reply"))],
    ...(turn.exchanges === null
      ? ["  what models were sent and said is not kept"]
      : turn.exchanges.flatMap(exchangeWords)),
  ].join("\n");
}

/** A failure; Meta's code with its meaning. */
function explained(code: string): string {
  const metaCode = /^send:graph_(\d{1,9})$/.exec(code)?.[1];
  const meaning = metaCode === undefined ? null : metaMeaning(Number(metaCode));
  return meaning ? `${code}: ${meaning}` : oneLine(code);
}

function stages({ stagesMs, ackMs, waitMs, targets }: SeenTurn): string[] {
  const rows: [name: string, ms: number | null, targetMs: number | null][] = [
    ...Object.entries(stagesMs).map(([name, ms]): [string, number, number | null] => [
      name,
      ms,
      name === "classify" ? targets.intentMs : name === "respond" ? targets.replyMs : null,
    ]),
    ["webhook answered", ackMs, targets.webhookMs],
    ["customer's wait", waitMs, targets.waitMs],
  ];
  const longest = Math.max(1, ...rows.map(([, ms]) => ms ?? 0));
  return rows.map(([name, ms, targetMs]) => {
    if (ms === null) return `  ${name.padEnd(18)} not measured`;
    const target = targetMs === null ? "" : `  target ${targetMs} ms ${ms > targetMs ? "▲ over" : "✓"}`;
    const bar = "█".repeat(Math.max(1, Math.round((ms / longest) * BAR)));
    return `  ${oneLine(name).padEnd(18)} ${ms.toFixed(1).padStart(9)} ms  ${bar}${target}`;
  });
}

const toolWords =
  (withWords: boolean) =>
  ({ name, ms, failed, input, output }: SeenTurn["toolCalls"][number]): string[] => [
    `  tool ${oneLine(name)}: ${ms} ms${failed ? ", failed" : ""}`,
    ...(withWords ? [`    in  ${JSON.stringify(input)}`, `    out ${JSON.stringify(output)}`] : []),
  ];

const said =
  (who: string) =>
  (message: SeenTurn["asked"][number]): string =>
    `  ${who}${message.state === null ? "" : ` (${message.state})`}: ${shown(message)}`;

function exchangeWords(exchange: ExchangeView, place: number): string[] {
  const { of, rung, model, inputTokens, outputTokens, ms, error, tools, prompt, continues } = exchange;
  const tokens = inputTokens === null ? "" : `, ${inputTokens} + ${outputTokens ?? "?"} tokens`;
  return [
    "",
    `  call ${place + 1}: ${of}${rung === null ? "" : ` (${rung})`}, ${oneLine(model)}${tokens}, ${ms.toFixed(0)} ms${error === null ? "" : `, failed: ${error}`}`,
    ...(tools.length > 0 ? [`    tools  ${oneLine(tools.join(", "))}`] : []),
    `    prompt ${prompt === null ? "no longer kept" : shown(prompt)}`,
    ...(continues ? ["    after all that was said in the call before"] : []),
    ...exchange.sent.map(sayingWords("sent")),
    ...(exchange.said.length === 0 ? ["    no answer came"] : exchange.said.map(sayingWords("said"))),
  ];
}

const sayingWords =
  (how: string) =>
  (saying: SayingView): string =>
    `    ${how.padEnd(6)} ${saying.role}${saying.tool === null ? "" : ` ${oneLine(saying.tool)}`}: ${shown(saying)}`;

const shown = ({ text, characters }: Words): string =>
  text === null ? `${characters} characters` : indented(text, 11);

/** The same turn with phone numbers and secrets masked in anybody's words. */
export function masked(turn: SeenTurn): SeenTurn {
  const words = <W extends Words>(said: W): W => ({
    ...said,
    text: said.text === null ? null : mask(said.text),
  });
  const json = (value: Json): Json =>
    JSON.parse(JSON.stringify(value, (_, each) => (typeof each === "string" ? mask(each) : each)));
  return {
    ...turn,
    asked: turn.asked.map(words),
    replies: turn.replies.map(words),
    toolCalls: turn.toolCalls.map((call) => ({
      ...call,
      input: json(call.input),
      output: json(call.output),
    })),
    exchanges:
      turn.exchanges?.map((call) => ({
        ...call,
        prompt: call.prompt && words(call.prompt),
        sent: call.sent.map(words),
        said: call.said.map(words),
      })) ?? null,
  };
}
