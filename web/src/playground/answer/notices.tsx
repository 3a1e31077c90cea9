import type { PlaygroundAnswer } from "../../../../contracts/console/playground.ts";
import { ApiError } from "../../console/client/api.ts";
import { errorWords } from "../../console/shell/errors.ts";
import { useTexts } from "../../console/shell/texts.ts";
import { usePage } from "../../shared/page.tsx";
import { textFor } from "../../texts/texts.ts";
import type { AnswerState } from "../state/answer-state.ts";
import { usePlaygroundTexts } from "../words/texts.ts";
import { cutsOf, reasonOf } from "../words/words.ts";

/** Attempts that failed on the way, in words. */
export function FailedAttempts({ attempts }: Pick<AnswerState, "attempts">) {
  const { texts } = usePage();
  const words = usePlaygroundTexts();
  return attempts.map(({ rung, failed }, place) =>
    failed === null ? null : (
      // biome-ignore lint/suspicious/noArrayIndexKey: attempts are only added.
      <p key={place} className="trial-notice" data-kind="failed">
        {words.attemptFailed(textFor(texts.turn.rungs, rung) ?? rung, reasonOf(words, failed))}
      </p>
    ),
  );
}

/** What the checks changed, and what would have happened besides the words. */
export function Notices({ answer }: { answer: PlaygroundAnswer }) {
  const words = usePlaygroundTexts();
  const { written, handoff, asks, optsOut, errors } = answer;
  const cuts = cutsOf(words, errors);
  return (
    <>
      {(written !== null || cuts.length > 0) && (
        <div className="trial-notice" data-kind="changed">
          <p>{[written === null ? "" : words.changed, ...cuts].filter(Boolean).join(" ")}</p>
          {written !== null && (
            <details>
              <summary>{words.written}</summary>
              <p className="trial-written">{written}</p>
            </details>
          )}
        </div>
      )}
      {handoff && (
        <div className="trial-notice" data-kind="simulated">
          <p>{words.handoff}</p>
          <p className="hint">{[handoff.reason, handoff.summary].filter(Boolean).join(": ")}</p>
        </div>
      )}
      {asks && (
        <p className="trial-notice" data-kind="simulated">
          {words.asks(asks.tool, asks.minutes)}
        </p>
      )}
      {optsOut && (
        <p className="trial-notice" data-kind="simulated">
          {words.optsOut}
        </p>
      )}
    </>
  );
}

interface FailureProps {
  failure: NonNullable<AnswerState["failure"]>;
  onRetry(): void;
}

/** Why there is no answer, with a way on. */
export function Failure({ failure, onRetry }: FailureProps) {
  const texts = useTexts();
  const words = usePlaygroundTexts();
  const { code } = failure;
  const own = textFor(words.failures, code) ?? errorWords(texts, new ApiError(0, code));
  return (
    <div className="problem" role="alert">
      <p>{own}</p>
      <button type="button" className="button small" onClick={onRetry}>
        {words.retry}
      </button>
    </div>
  );
}
