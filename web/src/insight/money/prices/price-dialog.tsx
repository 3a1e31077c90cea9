import { useState } from "react";
import type { Rate, RateCategory, RateInput, RatesView } from "../../../../../contracts/console/money.ts";
import { api } from "../../../console/client/api.ts";
import { useTenant } from "../../../console/client/session.tsx";
import { tenantPath } from "../../../console/client/use-api.ts";
import { Field } from "../../../console/shell/field.tsx";
import { FormDialog } from "../../../console/shell/form-dialog.tsx";
import { useAct } from "../../../console/shell/use-act.ts";
import { useMoneyWords } from "../../frame/money-words.ts";
import { useInsightTexts } from "../../frame/texts.ts";
import { dayOf, priceIn } from "./standing.ts";

const FIRST_DAY = "2020-01-01";

interface Props {
  view: RatesView;
  /** The price to correct; null: a new one. */
  rate: Rate | null;
  onSaved(): Promise<unknown>;
  onClose(): void;
}

/** What is typed. */
interface Draft {
  market: string;
  category: RateCategory;
  price: string;
  validFrom: string;
}

/** Enters a price, or corrects one: then only the price can be changed, since another day would be another price. */
export function PriceDialog({ view, rate, onSaved, onClose }: Props) {
  const { prices } = useInsightTexts().money;
  const { tenantId } = useTenant();
  const [draft, setDraft] = useState<Draft>(() => draftOf(view, rate));
  const [tried, setTried] = useState(false);
  const saving = useAct(async () => {
    const { market, category, validFrom, price } = draft;
    const priceUsd = priceIn(price) ?? 0;
    const body: RateInput = { market, category, validFrom, priceUsd, was: rate?.priceUsd ?? null };
    await api(tenantPath(tenantId, "/rates"), { body });
    await onSaved();
    onClose();
  });
  const submit = () => {
    setTried(true);
    if (priceIn(draft.price) !== null && isDay(draft.validFrom)) void saving.run();
  };
  const props = { draft, isFixed: rate !== null, onChange: setDraft };
  return (
    <FormDialog
      title={rate ? prices.correct : prices.newPrice}
      act={saving}
      words={prices.errors}
      noValidate
      onSubmit={submit}
      onClose={onClose}
    >
      <What view={view} {...props} />
      <PriceAndDay tried={tried} {...props} />
    </FormDialog>
  );
}

const isDay = (text: string): boolean => /^\d{4}-\d\d-\d\d$/.test(text) && text >= FIRST_DAY;

interface FieldsProps {
  draft: Draft;
  /** A price is corrected: what it is for stays. */
  isFixed: boolean;
  onChange(draft: Draft): void;
}

function PriceAndDay({ draft, isFixed, onChange, tried }: FieldsProps & { tried: boolean }) {
  const { prices } = useInsightTexts().money;
  const { price, validFrom } = draft;
  return (
    <>
      <Field
        label={prices.priceLabel}
        hint={prices.priceHint}
        error={tried && priceIn(price) === null ? prices.wrongPrice : null}
      >
        {(id, more) => (
          <input
            id={id}
            data-first={isFixed ? "" : undefined}
            inputMode="decimal"
            autoComplete="off"
            maxLength={12}
            aria-describedby={more}
            value={price}
            onChange={(event) => onChange({ ...draft, price: event.currentTarget.value })}
          />
        )}
      </Field>
      <Field
        label={prices.fromLabel}
        hint={validFrom < dayOf(Date.now()) ? prices.pastHint : prices.fromHint}
        error={tried && !isDay(validFrom) ? prices.wrongDay : null}
      >
        {(id, more) => (
          <input
            id={id}
            type="date"
            disabled={isFixed}
            aria-describedby={more}
            value={validFrom}
            onChange={(event) => onChange({ ...draft, validFrom: event.currentTarget.value })}
          />
        )}
      </Field>
    </>
  );
}

/** A new price holds from today: what was before stays. */
function draftOf({ markets }: RatesView, rate: Rate | null): Draft {
  if (rate) return { ...rate, price: String(rate.priceUsd) };
  const market = markets[0]?.market ?? "";
  return { market, category: "service", price: "", validFrom: dayOf(Date.now()) };
}

/** Market and category. */
function What({ view: { markets, countries }, draft, isFixed, onChange }: FieldsProps & { view: RatesView }) {
  const { prices, categories } = useInsightTexts().money;
  const words = useMoneyWords();
  const options = (list: readonly string[]) =>
    list
      .map((market) => ({ market, name: words.market(market) }))
      .sort((a, b) => a.name.localeCompare(b.name))
      .map(({ market, name }) => (
        <option key={market} value={market}>
          {name}
        </option>
      ));
  return (
    <>
      <Field label={prices.market} hint={prices.marketHint}>
        {(id, more) => (
          <select
            id={id}
            data-first={isFixed ? undefined : ""}
            disabled={isFixed}
            aria-describedby={more}
            value={draft.market}
            onChange={(event) => onChange({ ...draft, market: event.currentTarget.value })}
          >
            <optgroup label={prices.marketsOfMeta}>{options(markets.map(({ market }) => market))}</optgroup>
            <optgroup label={prices.otherCountries}>{options(countries)}</optgroup>
          </select>
        )}
      </Field>
      <Field label={prices.category}>
        {(id) => (
          <select
            id={id}
            disabled={isFixed}
            value={draft.category}
            onChange={(event) => onChange({ ...draft, category: event.currentTarget.value as RateCategory })}
          >
            {Object.entries(categories).map(([category, name]) => (
              <option key={category} value={category}>
                {name}
              </option>
            ))}
          </select>
        )}
      </Field>
    </>
  );
}
