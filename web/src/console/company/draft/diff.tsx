import type { ItemDiff } from "../../../../../contracts/console/versions.ts";
import { diffLines } from "./diff-lines.ts";
import { useItemWords } from "./item-words.ts";
import { useCompanyTexts } from "./texts.ts";

const SIGNS = { same: " ", gone: "−", new: "+" } as const;

/** What each changed item says before and after, a line at a time. */
export function Diff({ items }: { items: readonly ItemDiff[] }) {
  const words = useItemWords();
  const { versions } = useCompanyTexts();
  if (items.length === 0) return <p className="hint">{versions.nothingDiffers}</p>;
  return (
    <div className="diffs">
      {items.map(({ item, before, after }) => (
        <section key={item} className="diff" aria-label={words(item)}>
          <h3>{words(item)}</h3>
          <Lines before={before ?? ""} after={after ?? ""} />
        </section>
      ))}
    </div>
  );
}

function Lines({ before, after }: { before: string; after: string }) {
  const { versions } = useCompanyTexts();
  const said = { same: "", gone: `${versions.before}: `, new: `${versions.after}: ` };
  return (
    <ul>
      {diffLines(before, after).map(({ kind, text }, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: lines of a text that does not change.
        <li key={place} data-kind={kind}>
          <span aria-hidden="true">{SIGNS[kind]}</span>
          <span className="unseen">{said[kind]}</span>
          <span>{text}</span>
        </li>
      ))}
    </ul>
  );
}
