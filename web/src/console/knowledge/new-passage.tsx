import { type FormEvent, type ReactNode, useState } from "react";
import { useLocation } from "wouter";
import type { PassageText } from "../../../../contracts/console/versions.ts";
import type { Language } from "../../../../lib/types/company.ts";
import { usePage } from "../../shared/page.tsx";
import { useTenant } from "../client/session.tsx";
import { passageKey } from "../company/draft/applied.ts";
import { useCompanyTexts } from "../company/draft/texts.ts";
import type { UseDraft } from "../company/draft/use-draft.ts";
import { useKeepUnsaved } from "../settings/use-keep-unsaved.ts";
import { Field } from "../shell/field.tsx";
import { PageFrame } from "../shell/page-frame.tsx";
import { Back } from "./edit-passage.tsx";
import { handedQuestion } from "./handed-question.ts";
import { LanguageSelect } from "./parts/language-select.tsx";
import { slugOf } from "./parts/slug.ts";
import { PassageForm } from "./passage-form.tsx";

const EMPTY: PassageText = { title: "", body: "", keywords: "" };

/** A passage that is not there yet; begun with a customer's question where one was handed over. */
export function NewPassage({ editing, bar }: { editing: UseDraft; bar: ReactNode }) {
  const { knowledge: words } = useCompanyTexts();
  const asked = handedQuestion();
  return (
    <PageFrame title={words.newTitle} actions={<Back />}>
      {bar}
      {asked && (
        <blockquote className="asked">
          <p className="hint">{words.asked}</p>
          <p>{asked.question}</p>
        </blockquote>
      )}
      <NewForm editing={editing} />
    </PageFrame>
  );
}

function NewForm({ editing: { company, mayEdit, setPassages } }: { editing: UseDraft }) {
  const { knowledge: words } = useCompanyTexts();
  const { language: page } = usePage();
  const { tenantId } = useTenant();
  const [, go] = useLocation();
  const asked = handedQuestion();
  const [language, setLanguage] = useState<Language>(asked?.language ?? company?.profile.language ?? page);
  const [passage, setPassage] = useState<PassageText>({
    ...EMPTY,
    title: asked?.question.slice(0, 200) ?? "",
  });
  const [slug, setSlug] = useState<string | null>(null);
  useKeepUnsaved(passage.body !== "");
  const taken = new Set(company?.knowledge.flatMap((each) => (each.language === language ? each.slug : [])));
  const name = slug ?? slugOf(passage.title, taken);
  const isTaken = taken.has(name);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (isTaken) return;
    const key = passageKey({ language, slug: name });
    setPassages({ [key]: passage });
    go(`/${tenantId}/knowledge/${key}`);
  };
  return (
    <form onSubmit={submit}>
      <fieldset className="card form passage-fields" disabled={!mayEdit} aria-label={words.newTitle}>
        <LanguageSelect value={language} onChange={setLanguage} />
        <PassageForm words={passage} problem={() => null} onChange={setPassage} />
        <Field label={words.topic} hint={words.topicHint} error={isTaken ? words.taken : null}>
          {(id, more) => (
            <input
              id={id}
              aria-describedby={more}
              required
              spellCheck={false}
              pattern="[a-z0-9][a-z0-9\-]{0,63}"
              value={name}
              onChange={(event) => setSlug(event.currentTarget.value)}
            />
          )}
        </Field>
        <div className="form-foot">
          <button type="submit" className="button primary">
            {words.done}
          </button>
        </div>
      </fieldset>
    </form>
  );
}
