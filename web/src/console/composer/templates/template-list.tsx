import { useState } from "react";
import type { TemplateView } from "../../../../../contracts/console/settings.ts";
import { usePage } from "../../../shared/page.tsx";
import { useTexts } from "../../shell/texts.ts";
import { obstacleOf, sortedTemplates } from "./fill.ts";

interface Props {
  templates: readonly TemplateView[];
  /** The customer's language. */
  language: string | null;
  onChoose(template: TemplateView): void;
}

/** Templates of the number, those that can be sent first; the others say why they cannot. */
export function TemplateList({ templates, language, onChoose }: Props) {
  const { templates: words } = useTexts().composer;
  const [typed, setTyped] = useState("");
  if (templates.length === 0) return <p>{words.empty}</p>;
  const wanted = typed.trim().toLowerCase();
  const found = sortedTemplates(templates, language).filter(({ name, body }) =>
    `${name} ${body}`.toLowerCase().includes(wanted),
  );
  return (
    <>
      <input
        type="search"
        className="template-search"
        data-first
        value={typed}
        placeholder={words.search}
        aria-label={words.search}
        onChange={(event) => setTyped(event.target.value)}
      />
      {found.length === 0 && <p role="status">{words.none}</p>}
      <ul className="template-list">
        {found.map((template) => (
          <li key={`${template.name} ${template.language}`}>
            <Item template={template} onChoose={onChoose} />
          </li>
        ))}
      </ul>
    </>
  );
}

function Item({ template, onChoose }: { template: TemplateView; onChoose(template: TemplateView): void }) {
  const { templates: words } = useTexts().composer;
  const { name, body, category, language } = template;
  const obstacle = obstacleOf(template);
  return (
    <button
      type="button"
      className="template-item"
      disabled={obstacle !== null}
      onClick={() => onChoose(template)}
    >
      <span className="template-head">
        <b>{name}</b>
        {obstacle && <mark>{words.statuses[obstacle]}</mark>}
      </span>
      <span className="template-body">{body}</span>
      {obstacle && <span className="template-obstacle">{words.obstacles[obstacle]}</span>}
      <small>
        {words.categories[category]} · {words.language}: {language} · <Price template={template} />
      </small>
    </button>
  );
}

/** What Meta charges for one, where it is known. */
export function Price({ template: { priceUsd } }: { template: TemplateView }) {
  const { templates: words } = useTexts().composer;
  const { formats } = usePage();
  if (priceUsd === null) return words.noPrice;
  return priceUsd === 0 ? words.free : words.price(formats.usd(priceUsd));
}
