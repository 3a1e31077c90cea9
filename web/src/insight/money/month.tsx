import type { MoneyView } from "../../../../contracts/console/money.ts";
import { usePage } from "../../shared/page.tsx";
import { useMoneyWords } from "../frame/money-words.ts";
import { useInsightTexts } from "../frame/texts.ts";

/** What the month has cost and may come to: always a range, and none with few figures. */
export function Month({ month }: { month: MoneyView["month"] }) {
  const { month: texts } = useInsightTexts().money;
  const { locale } = usePage();
  const words = useMoneyWords();
  const name = new Intl.DateTimeFormat(locale, { month: "long", year: "numeric", timeZone: "UTC" });
  const { spent, forecast } = month;
  const atLeast = (usd: number) => words.amount({ usd, unpriced: spent.unpriced });
  return (
    <section className="card money-month" aria-labelledby="money-month">
      <header>
        <h2 id="money-month">{texts.title(name.format(month.fromMs))}</h2>
      </header>
      <dl className="money-pair">
        <div>
          <dt>{texts.soFar}</dt>
          <dd className="number">{words.amount(spent)}</dd>
        </div>
        <div>
          <dt>{texts.range}</dt>
          <dd className="number">
            {forecast ? texts.between(atLeast(forecast.low), words.usd(forecast.high)) : texts.little}
          </dd>
        </div>
      </dl>
      <p className="hint">
        {how(month, texts)} {texts.utc}
      </p>
    </section>
  );
}

type Texts = ReturnType<typeof useInsightTexts>["money"]["month"];

/** How the range was found, or why there is none. */
function how({ forecast, spent, wholeWeeks }: MoneyView["month"], texts: Texts): string {
  if (forecast) return texts.how(forecast.weeks);
  if (wholeWeeks >= 3 && spent.usd === null) return texts.noPrice;
  return wholeWeeks === 0 ? texts.littleNone : texts.littleHow(wholeWeeks);
}
