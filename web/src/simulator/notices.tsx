import { useState } from "react";
import { usePage } from "../shared/page.tsx";
import { type Texts, textFor } from "../texts/texts.ts";
import type { Problem } from "./connection/client.ts";
import type { LiveSimulation } from "./connection/use-simulation.ts";

/** Explanation of a problem and its remedy, in the page's language if there is a text for it. */
function explain({ code, message }: Problem, texts: Texts): string {
  const { webhook, ...known } = texts.simulator.problems;
  const status = /^webhook_(?<status>\d+)$/.exec(code)?.groups?.status;
  return textFor(known, code) ?? (status ? webhook(Number(status)) : message || known.other);
}

function Close({ onClose }: { onClose(): void }) {
  const { texts } = usePage();
  return (
    <button type="button" className="notice-close" aria-label={texts.simulator.dismiss} onClick={onClose}>
      ✕
    </button>
  );
}

/** Notices above the page: offline model, lost connection, the latest problem. */
export function Notices({
  simulation: { state, link, problem, dismissProblem },
}: {
  simulation: LiveSimulation;
}) {
  const { texts } = usePage();
  const { simulator } = texts;
  const [dismissed, setDismissed] = useState(false);
  return (
    <div className="notices">
      {state.server?.model.offline && !dismissed && (
        <p className="notice">
          <span>
            <b>{simulator.offlineModel}</b> {simulator.offline}
          </span>
          <Close onClose={() => setDismissed(true)} />
        </p>
      )}
      {link === "lost" && (
        <p className="notice notice-bad" role="status">
          {simulator.lost}
        </p>
      )}
      {problem && !(link === "lost" && problem.code === "unreachable") && (
        <p className="notice notice-bad" role="alert">
          <span>{explain(problem, texts)}</span>
          <Close onClose={dismissProblem} />
        </p>
      )}
    </div>
  );
}
