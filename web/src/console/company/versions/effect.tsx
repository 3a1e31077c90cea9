import type { VersionEffect } from "../../../../../contracts/console/versions.ts";
import { usePage } from "../../../shared/page.tsx";
import { useCompanyTexts } from "../draft/texts.ts";

/** Below this a figure says more about chance than about the version. */
const FEW = 30;

/** What a version did: answers, rating, how many needed no person, cost; each with the number behind it. */
export function Effect({ effect }: { effect: VersionEffect }) {
  const { effect: words } = useCompanyTexts();
  const { formats, locale } = usePage();
  if (effect.turns === 0) return <p className="hint">{words.none}</p>;
  const stars = new Intl.NumberFormat(locale, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
  const percent = new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 0 });
  const dollars = new Intl.NumberFormat(locale, {
    style: "currency",
    currency: "USD",
    maximumFractionDigits: 2,
  });
  const of = (count: number) => words.of(formats.integer(count));
  return (
    <dl className="effect" aria-label={words.label}>
      <Figure
        name={words.turns}
        value={formats.integer(effect.turns)}
        more={effect.turns < FEW ? words.little : ""}
      />
      <Figure
        name={words.csat}
        value={effect.csat === null ? "–" : stars.format(effect.csat)}
        more={of(effect.rated)}
      />
      <Figure
        name={words.contained}
        value={effect.contained === null ? "–" : percent.format(effect.contained)}
        more={of(effect.ended)}
      />
      <Figure
        name={words.cost}
        value={effect.usdPer1000 === null ? words.noPrice : dollars.format(effect.usdPer1000)}
        more=""
      />
    </dl>
  );
}

function Figure({ name, value, more }: { name: string; value: string; more: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        <span className="number">{value}</span> {more && <span className="hint">{more}</span>}
      </dd>
    </div>
  );
}
