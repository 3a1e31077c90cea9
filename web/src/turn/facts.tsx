import "./facts.css";
import type { ReactNode } from "react";
import type { TurnView } from "../../../contracts/turn.ts";
import { CopyButton } from "../shared/copy-button.tsx";
import { usePage } from "../shared/page.tsx";
import { type Texts, textFor } from "../texts/texts.ts";

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

/** Why a model was chosen, in words: a profile and the intent's tier, or one of the other reasons. */
function choiceIn(words: Texts["turn"]["modelChoice"], choice: string): string {
  const [profile = "", tier] = choice.split("/");
  if (tier !== undefined) return words.profile(profile, textFor(words.tiers, tier) ?? tier);
  const reasons = ["REPLY_MODEL", "fallback", "late", "budget"] as const;
  const reason = reasons.find((one) => one === choice);
  return reason ? words[reason] : choice;
}

interface Props {
  turn: Pick<
    TurnView,
    | "intentModel"
    | "replyModel"
    | "modelChoice"
    | "inputTokens"
    | "cachedTokens"
    | "outputTokens"
    | "costUsd"
    | "models"
    | "rounds"
    | "errors"
    | "traceId"
  >;
  /** An error code in words; null when nothing is known of it. Absent: codes alone. */
  explain?: (code: string) => string | null;
  /** Version of the company that answered. */
  version?: { name: string; value: string } | null;
}

/** Models, tokens, cost, errors and trace id of a turn. */
export function Facts({ turn, explain, version = null }: Props) {
  const { texts, formats } = usePage();
  const words = texts.turn;
  const tokens = words.tokensInOut(formats.integer(turn.inputTokens), formats.integer(turn.outputTokens));
  return (
    <section className="card">
      <h3>{words.facts}</h3>
      <dl className="facts">
        {turn.intentModel && <Fact name={words.intentModel}>{turn.intentModel}</Fact>}
        {turn.replyModel && (
          <Fact name={words.replyModel}>
            {turn.replyModel}
            {turn.modelChoice && <small>{choiceIn(words.modelChoice, turn.modelChoice)}</small>}
          </Fact>
        )}
        <Fact name={words.tokens}>
          {tokens}
          {turn.cachedTokens > 0 && <small>{words.tokensCached(formats.integer(turn.cachedTokens))}</small>}
        </Fact>
        <Fact name={words.cost}>
          {turn.costUsd === null ? words.noPrice : formats.usd(turn.costUsd)}
          {turn.costUsd !== null && <small>{words.perThousand(formats.usd(turn.costUsd * 1000))}</small>}
          {(turn.models?.length ?? 0) > 1 &&
            turn.models?.map(({ model, costUsd }) => (
              <small key={model}>
                {model}: {costUsd === null ? words.noPrice : formats.usd(costUsd)}
              </small>
            ))}
        </Fact>
        {version && <Fact name={version.name}>{version.value}</Fact>}
        {turn.rounds > 1 && <Fact name={words.attempts}>{formats.integer(turn.rounds)}</Fact>}
        {turn.errors.length > 0 && (
          <Fact name={words.errors}>
            {[...new Set(turn.errors)].map((code) => (
              <span className="error-fact" key={code}>
                {explain?.(code)} <code className="error-code">{code}</code>
              </span>
            ))}
          </Fact>
        )}
        {turn.traceId && (
          <Fact name={words.trace}>
            <span className="trace">
              <code>{turn.traceId}</code>
              <CopyButton value={turn.traceId} label={words.trace} />
            </span>
          </Fact>
        )}
      </dl>
    </section>
  );
}
