import { useState } from "react";
import type { PlaygroundModel, PlaygroundView, Side } from "../../../../contracts/console/playground.ts";
import type { VersionsView } from "../../../../contracts/console/versions.ts";
import { Field } from "../../console/shell/field.tsx";
import { usePage } from "../../shared/page.tsx";
import { usePlaygroundTexts } from "../words/texts.ts";

interface Props {
  title: string;
  side: Side;
  view: PlaygroundView;
  versions: VersionsView["versions"];
  onChange(side: Side): void;
}

/** Who answers: a model, for the company as it is live or of a version. */
export function SideFields({ title, side, view, versions, onChange }: Props) {
  const words = usePlaygroundTexts();
  return (
    <fieldset className="setup-group">
      <legend>{title}</legend>
      <ModelField model={side.model} view={view} onChange={(model) => onChange({ ...side, model })} />
      <Field label={words.version}>
        {(id) => (
          <select
            id={id}
            value={side.version}
            onChange={({ target }) => onChange({ ...side, version: versionOf(target.value) })}
          >
            <option value="live">{words.versions.live}</option>
            <option value="draft">{words.versions.draft}</option>
            {versions.map(({ number, note }) => (
              <option key={number} value={number}>
                {words.versions.numbered(number, note)}
              </option>
            ))}
          </select>
        )}
      </Field>
    </fieldset>
  );
}

const versionOf = (value: string): Side["version"] =>
  value === "live" || value === "draft" ? value : Number(value);

const OTHER = "*";

interface ModelProps {
  model: string | null;
  view: PlaygroundView;
  onChange(model: string | null): void;
}

function ModelField({ model, view: { configured, models }, onChange }: ModelProps) {
  const words = usePlaygroundTexts();
  const nameOf = useModelName();
  const [isOther, setOther] = useState(model !== null && !models.some(({ id }) => id === model));
  const today = new Date().toISOString().slice(0, 10);
  const choose = (value: string) => {
    setOther(value === OTHER);
    if (value !== OTHER) onChange(value || null);
  };
  return (
    <>
      <Field label={words.model}>
        {(id) => (
          <select
            id={id}
            value={isOther ? OTHER : (model ?? "")}
            onChange={({ target }) => choose(target.value)}
          >
            <option value="">{words.configured(configured.reply)}</option>
            {models
              .filter(({ shutdown }) => shutdown === null || shutdown > today)
              .map((each) => (
                <option key={each.id} value={each.id}>
                  {nameOf(each)}
                </option>
              ))}
            <option value={OTHER}>{words.otherModel}</option>
          </select>
        )}
      </Field>
      {isOther && (
        <Field label={words.otherModelId} hint={words.otherModelHint}>
          {(id, describedBy) => (
            <input
              id={id}
              aria-describedby={describedBy}
              value={model ?? ""}
              maxLength={64}
              autoComplete="off"
              spellCheck={false}
              onChange={({ target }) => onChange(target.value.replace(/[^\w.:@/-]/g, "") || null)}
            />
          )}
        </Field>
      )}
    </>
  );
}

/** Name of a model with its price and its last day. */
function useModelName(): (model: PlaygroundModel) => string {
  const { formats } = usePage();
  const words = usePlaygroundTexts();
  return ({ id, inputUsd, outputUsd, shutdown }) => {
    const price =
      inputUsd === null || outputUsd === null
        ? words.noPrice
        : words.price(formats.usd(inputUsd), formats.usd(outputUsd));
    return [id, price, shutdown && words.ends(formats.date(Date.parse(shutdown)))]
      .filter(Boolean)
      .join(" · ");
  };
}
