import { useState } from "react";
import type { ItemName } from "../../../../../contracts/console/versions.ts";
import { splitItem, withoutItem } from "./applied.ts";
import { useItemWords } from "./item-words.ts";
import { useCompanyTexts } from "./texts.ts";
import type { UseDraft } from "./use-draft.ts";

/** Items that somebody else has changed and made live meanwhile: for each, which words stay. */
export function Conflicts({ editing }: { editing: UseDraft }) {
  const { conflict } = useCompanyTexts();
  const { view, store } = editing;
  const [decided, setDecided] = useState<ReadonlySet<ItemName>>(new Set());
  const open = (view?.conflicts ?? []).filter((item) => !decided.has(item));
  const decide = (item: ItemName, keep: boolean) => {
    if (!keep) store.edit((changes) => withoutItem(changes, item));
    if (open.length === 1) store.decided();
    else setDecided(new Set([...decided, item]));
  };
  return (
    <section className="card conflicts" role="alert" aria-labelledby="conflicts-title">
      <h2 id="conflicts-title">{conflict.title}</h2>
      <p className="hint">{conflict.advice}</p>
      {open.map((item) => (
        <Conflict key={item} item={item} editing={editing} onDecide={(keep) => decide(item, keep)} />
      ))}
    </section>
  );
}

interface ConflictProps {
  item: ItemName;
  editing: UseDraft;
  onDecide(keep: boolean): void;
}

function Conflict({ item, editing: { view, company }, onDecide }: ConflictProps) {
  const { conflict } = useCompanyTexts();
  const words = useItemWords();
  const sides = [
    { label: conflict.theirs, act: conflict.takeTheirs, text: textOf(view?.company, item), keep: false },
    { label: conflict.mine, act: conflict.keepMine, text: textOf(company, item), keep: true },
  ];
  return (
    <fieldset className="conflict">
      <legend>{words(item)}</legend>
      {sides.map(({ label, act, text, keep }) => (
        <div key={label}>
          <p className="hint">{label}</p>
          <p className="conflict-text">{text ?? conflict.removed}</p>
          <button type="button" className="button small" onClick={() => onDecide(keep)}>
            {act}
            <span className="unseen">: {words(item)}</span>
          </button>
        </div>
      ))}
    </fieldset>
  );
}

type Whole = NonNullable<UseDraft["company"]>;

function textOf(company: Whole | null | undefined, item: ItemName): string | null {
  const [section, key] = splitItem(item);
  if (section === "passages") {
    const passage = company?.knowledge.find(({ language, slug }) => `${language}/${slug}` === key);
    return passage ? `${passage.title}\n${passage.body}` : null;
  }
  const value = itemOf(company, section, key);
  return value === undefined ? null : typeof value === "string" ? value : JSON.stringify(value, null, 1);
}

function itemOf(company: Whole | null | undefined, section: string, key: string): unknown {
  if (section === "profile") return company?.profile[key as keyof Whole["profile"]];
  return section === "tools" ? company?.tools.find(({ name }) => name === key) : company?.intents[key];
}
