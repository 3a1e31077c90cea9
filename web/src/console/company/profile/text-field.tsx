import { Field } from "../../shell/field.tsx";
import { useCompanyTexts } from "../draft/texts.ts";
import { problemOf, type UseDraft } from "../draft/use-draft.ts";

interface Props {
  editing: UseDraft;
  field: "name" | "about" | "tone" | "hours" | "timeZone" | "contact";
  hint?: string;
  most: number;
  /** Several lines. */
  rows?: number;
}

/** One text of the profile. */
export function TextField({ editing: { company, view, setProfile }, field, hint, most, rows }: Props) {
  const { profile: words } = useCompanyTexts();
  const error = problemOf(view?.problems ?? [], `profile.${field}`);
  const value = company?.profile[field] ?? "";
  return (
    <Field label={words[field]} hint={hint} error={error}>
      {(id, more) => {
        const common = { id, "aria-describedby": more, maxLength: most, value };
        return rows === undefined ? (
          <input {...common} onChange={(event) => setProfile(field, event.currentTarget.value)} />
        ) : (
          <textarea
            {...common}
            rows={rows}
            onChange={(event) => setProfile(field, event.currentTarget.value)}
          />
        );
      }}
    </Field>
  );
}
