import { Link } from "wouter";
import type { ThreadTurn } from "../../../../../contracts/console/thread.ts";
import { usePage } from "../../../shared/page.tsx";
import { textFor } from "../../../texts/texts.ts";
import { ToolCall } from "../../../turn/tool-calls.tsx";
import { useTenant } from "../../client/session.tsx";
import { turnHref } from "../../shell/pages.ts";
import { useTexts } from "../../shell/texts.ts";

interface Props {
  turn: ThreadTurn;
  /** Of a turn without a reply. */
  silent?: boolean;
}

/** What the bot understood, called and cost, folded under its reply. */
export function TurnLine({ turn, silent = false }: Props) {
  const { inbox } = useTexts();
  const { texts } = usePage();
  const { turn: words } = inbox.thread;
  const facts = useFacts(turn);
  const { tenantId } = useTenant();
  const { toolCalls, errors } = turn;
  const rung = turn.rung && turn.rung !== "full" ? (textFor(texts.turn.rungs, turn.rung) ?? turn.rung) : null;
  if (facts.length === 0 && errors.length === 0) return null;
  return (
    <li className="turn-line" data-silent={silent}>
      <details>
        <summary aria-label={`${words.details}: ${facts.join(", ")}`}>
          {silent && <b>{words.silent}</b>}
          <span className="number">{facts.join(" · ")}</span>
        </summary>
        <div className="turn-more">
          {rung && <p>{rung}</p>}
          {errors.length > 0 && (
            <p>
              {texts.turn.errors}: {errors.join(", ")}
            </p>
          )}
          {toolCalls.length === 0 && <p>{texts.turn.noTools}</p>}
          <p>
            <Link href={turnHref(tenantId, turn.id)}>{words.open} →</Link>
          </p>
          {toolCalls.map((call, place) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a turn's calls never change order.
            <ToolCall key={place} call={call} folded />
          ))}
        </div>
      </details>
    </li>
  );
}

function useFacts({ intent, confidence, waitMs, costUsd, toolCalls }: ThreadTurn): string[] {
  const { inbox } = useTexts();
  const { texts, formats } = usePage();
  const { turn: words } = inbox.thread;
  const name = intent && (textFor(texts.turn.intents, intent) ?? intent);
  const sure = confidence === null ? "" : ` ${formats.percent(confidence)}`;
  return [
    name ? `${name}${sure}` : null,
    waitMs === null ? null : words.wait(formats.duration(waitMs)),
    // Fixed words come from no model: they have no price to be missing.
    costUsd === null ? (intent ? words.unpriced : null) : formats.usd(costUsd),
    toolCalls.length > 0 ? words.tools(toolCalls.length) : null,
  ].filter((fact) => fact !== null);
}
