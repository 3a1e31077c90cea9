import type { InsightLabels } from "../../../../contracts/console/insight.ts";
import { useSession } from "../../console/client/session.tsx";
import { useTenantApi } from "../../console/client/use-api.ts";
import { useLabelWords } from "./label-words.ts";
import type { FilterName } from "./range.ts";
import { useInsightTexts } from "./texts.ts";
import { useRange } from "./use-range.ts";

/** One list for each label, with the values that occurred. */
export function Filters({ names }: { names: readonly FilterName[] }) {
  const { frame } = useInsightTexts();
  const { params, setFilter, clear } = useRange();
  const { me } = useSession();
  const { data } = useTenantApi<InsightLabels>("/insight/labels", { revalidateOnFocus: false });
  const words = useLabelWords();
  const set = [...names, "number"].filter((name) => params.get(name));
  return (
    <fieldset className="range-filters">
      <legend className="unseen">{frame.filters}</legend>
      {me.memberships.length > 1 && (
        <Choice
          label={frame.number}
          value={params.get("number") ?? ""}
          all={frame.numbers.own}
          options={[["all", frame.numbers.all(me.memberships.length)]]}
          onChange={(value) => setFilter("number", value)}
        />
      )}
      {names.map((name) => (
        <Choice
          key={name}
          label={frame.filter[name]}
          value={params.get(name) ?? ""}
          all={frame.any[name]}
          options={(data?.[name] ?? []).map((value) => [value, words(name, value)])}
          onChange={(value) => setFilter(name, value)}
        />
      ))}
      {set.length > 0 && (
        <button type="button" className="button small" onClick={() => clear(set)}>
          {frame.clear}
        </button>
      )}
    </fieldset>
  );
}

interface ChoiceProps {
  label: string;
  value: string;
  /** Words for no choice. */
  all: string;
  options: readonly [value: string, words: string][];
  onChange(value: string): void;
}

function Choice({ label, value, all, options, onChange }: ChoiceProps) {
  // A link may name a value that no longer occurs.
  const shown: ChoiceProps["options"] =
    value === "" || options.some(([each]) => each === value) ? options : [[value, value], ...options];
  return (
    <select
      className="range-choice"
      aria-label={label}
      data-set={value === "" ? undefined : ""}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
    >
      <option value="">{all}</option>
      {shown.map(([each, words]) => (
        <option key={each} value={each}>
          {words}
        </option>
      ))}
    </select>
  );
}
