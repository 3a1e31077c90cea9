import type { PassageText } from "../../../../contracts/console/versions.ts";
import { FormattedText } from "../../chat/text/formatted-text.tsx";
import { useCompanyTexts } from "../company/draft/texts.ts";
import { Field } from "../shell/field.tsx";

interface Props {
  words: PassageText;
  /** What is wrong with one of the texts. */
  problem(field: keyof PassageText): string | null;
  onChange(words: PassageText): void;
}

/** Title, answer and other words of a passage, with a preview. */
export function PassageForm({ words: passage, problem, onChange }: Props) {
  const { knowledge: words } = useCompanyTexts();
  return (
    <>
      <Field label={words.title} hint={words.titleHint} error={problem("title")}>
        {(id, more) => (
          <input
            id={id}
            aria-describedby={more}
            required
            maxLength={200}
            value={passage.title}
            onChange={(event) => onChange({ ...passage, title: event.currentTarget.value })}
          />
        )}
      </Field>
      <Field label={words.body} hint={words.bodyHint} error={problem("body")}>
        {(id, more) => (
          <textarea
            id={id}
            aria-describedby={more}
            required
            rows={9}
            value={passage.body}
            onChange={(event) => onChange({ ...passage, body: event.currentTarget.value })}
          />
        )}
      </Field>
      <Field label={words.keywords} hint={words.keywordsHint} error={problem("keywords")}>
        {(id, more) => (
          <input
            id={id}
            aria-describedby={more}
            value={passage.keywords}
            onChange={(event) => onChange({ ...passage, keywords: event.currentTarget.value })}
          />
        )}
      </Field>
      <section className="passage-preview" aria-label={words.preview}>
        <p className="hint">{words.preview}</p>
        <strong>{passage.title}</strong>
        <FormattedText text={asWhatsApp(passage.body)} />
      </section>
    </>
  );
}

/** Markdown's headings and bold words in WhatsApp's signs, which the preview draws. */
const asWhatsApp = (markdown: string): string =>
  markdown
    .split("\n")
    .map((line) => (/^#{1,6} /.test(line) ? `*${line.replace(/^#+ /, "").trim()}*` : line))
    .join("\n")
    .replaceAll("**", "*");
