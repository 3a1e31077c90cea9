import type { CompanyProfile, Language } from "../../../../../lib/types/company.ts";
import { Field } from "../../shell/field.tsx";
import { useCompanyTexts } from "../draft/texts.ts";
import { problemOf, type UseDraft } from "../draft/use-draft.ts";

const LANGUAGES = ["es", "en", "pt"] as const;
type Template = NonNullable<CompanyProfile["reengagement"]>;

/** The template that asks a customer to write again, and its code in each language. */
export function Reengagement({ editing: { company, view, setProfile } }: { editing: UseDraft }) {
  const { profile: words, languages } = useCompanyTexts();
  const template: Template = company?.profile.reengagement ?? { name: "", languageCodes: {} };
  const set = ({ name, languageCodes }: Template) => {
    const codes = Object.fromEntries(Object.entries(languageCodes).filter(([, code]) => code !== ""));
    const isEmpty = name === "" && Object.keys(codes).length === 0;
    setProfile("reengagement", isEmpty ? null : { name, languageCodes: codes });
  };
  const code = (language: Language) => template.languageCodes[language] ?? "";
  return (
    <>
      <Field
        label={words.reengagement}
        hint={words.reengagementHint}
        error={problemOf(view?.problems ?? [], "profile.reengagement")}
      >
        {(id, more) => (
          <input
            id={id}
            aria-describedby={more}
            spellCheck={false}
            value={template.name}
            onChange={({ currentTarget: { value } }) => set({ ...template, name: value })}
          />
        )}
      </Field>
      {company?.profile.reengagement && (
        <div className="field-row">
          {LANGUAGES.map((language) => (
            <Field key={language} label={words.templateLanguage(languages[language])}>
              {(id) => (
                <input
                  id={id}
                  spellCheck={false}
                  value={code(language)}
                  onChange={({ currentTarget: { value } }) =>
                    set({ ...template, languageCodes: { ...template.languageCodes, [language]: value } })
                  }
                />
              )}
            </Field>
          ))}
        </div>
      )}
    </>
  );
}
