import { usePage } from "../shared/page.tsx";
import { textFor } from "../texts/texts.ts";
import type { Check } from "./health.ts";

function Service({ check }: { check: Check }) {
  const { texts, formats } = usePage();
  const state = check.ok === false ? texts.home.down : texts.home.up;
  return (
    <li data-ok={check.ok !== false}>
      <span className="service-mark" aria-hidden="true">
        {check.ok === false ? "✕" : "✓"}
      </span>
      <span className="service-name">{textFor(texts.home.names, check.name) ?? check.name}</span>
      <span className="service-state">{state}</span>
      <span className="service-ms number">{check.ms === null ? "" : formats.duration(check.ms)}</span>
    </li>
  );
}

/** Services with their state and response time. */
export function Services({ checks }: { checks: readonly Check[] }) {
  const { texts } = usePage();
  return (
    <section className="home-section">
      <h2>{texts.home.services}</h2>
      {checks.length === 0 && <p className="home-hint">{texts.home.noChecks}</p>}
      <ul className="services">
        {checks.map((check) => (
          <Service key={check.name} check={check} />
        ))}
      </ul>
    </section>
  );
}
