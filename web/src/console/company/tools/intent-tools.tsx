import "./tools.css";
import type { ShippedIntent } from "../../../../../contracts/console/versions.ts";
import { useCompanyTexts } from "../draft/texts.ts";
import { problemOf, type UseDraft } from "../draft/use-draft.ts";

interface Props {
  intent: ShippedIntent;
  /** Tools that its replies may call now. */
  chosen: readonly string[];
  editing: UseDraft;
  onChoose(tools: string[]): void;
}

/** Which tools the replies of an intent may call. */
export function IntentTools({ intent, chosen, editing: { company, view }, onChoose }: Props) {
  const { intents: words } = useCompanyTexts();
  const builtIn = (view?.intents ?? []).flatMap(({ isOwn, tools }) => (isOwn ? [] : tools));
  // Order systems and receivers of carts are called without a model.
  const declared = (company?.tools ?? []).filter(({ takes, via }) => !takes && via?.kind !== "orders");
  const names = [...new Set([...builtIn, ...declared.map(({ name }) => name), ...chosen])];
  const problem = problemOf(view?.problems ?? [], `intents.${intent.name}`, "tools");
  return (
    <fieldset className="intent-tools">
      <legend>{words.tools}</legend>
      {names.map((name) => (
        <label key={name}>
          <input
            type="checkbox"
            checked={chosen.includes(name)}
            onChange={({ currentTarget: { checked } }) =>
              onChoose(checked ? [...chosen, name] : chosen.filter((one) => one !== name))
            }
          />
          {name}
        </label>
      ))}
      <p className="hint" role={problem ? "alert" : undefined}>
        {problem ?? words.toolsHint}
      </p>
    </fieldset>
  );
}
