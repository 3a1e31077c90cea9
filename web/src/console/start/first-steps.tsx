import "./start.css";
import { Link } from "wouter";
import type { StartView } from "../../../../contracts/console/settings.ts";
import { useTenant } from "../client/session.tsx";
import { type PageName, pageHref } from "../shell/pages.ts";
import { useTexts } from "../shell/texts.ts";
import { useStart } from "./use-start.ts";

type Step = StartView["steps"][number];

const PAGE_OF: Partial<Record<Step["name"], PageName>> = { invite: "team", handoffs: "settings" };

/** What a new owner does next; shown where there are no conversations yet. Nothing once all is done. */
export function FirstSteps() {
  const { settings } = useTexts();
  const { data } = useStart();
  if (!data || data.steps.every(({ done }) => done)) return null;
  return (
    <section className="card first-steps" aria-labelledby="first-steps">
      <h2 id="first-steps">{settings.start.title}</h2>
      <ol>
        {data.steps.map((step) => (
          <StepLine key={step.name} step={step} />
        ))}
      </ol>
    </section>
  );
}

function StepLine({ step: { name, done } }: { step: Step }) {
  const { settings } = useTexts();
  const { tenantId } = useTenant();
  const { title, advice } = settings.start.steps[name];
  const page = PAGE_OF[name];
  return (
    <li data-done={done || undefined}>
      <span className="step-mark" aria-hidden="true">
        {done ? "✓" : ""}
      </span>
      <div>
        {page && !done ? <Link href={pageHref(tenantId, page)}>{title}</Link> : <strong>{title}</strong>}
        {done && <span className="unseen"> ({settings.start.done})</span>}
        <p className="hint">{advice}</p>
      </div>
    </li>
  );
}
