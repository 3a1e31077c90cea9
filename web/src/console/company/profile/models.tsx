import type { ModelProfile } from "../../../../../lib/types/company.ts";
import { Field } from "../../shell/field.tsx";
import { useCompanyTexts } from "../draft/texts.ts";
import { problemOf, type UseDraft } from "../draft/use-draft.ts";

const PROFILES: readonly ModelProfile[] = ["quality", "balanced", "economy"];

/** Which models answer the company's customers, and what that costs. */
export function Models({ editing: { company, view, setProfile } }: { editing: UseDraft }) {
  const { modelProfile, models: words } = useCompanyTexts().profile;
  const chosen = company?.profile.modelProfile;
  return (
    <Field
      label={modelProfile}
      hint={words.costs[chosen ?? "none"]}
      error={problemOf(view?.problems ?? [], "profile.modelProfile")}
    >
      {(id, more) => (
        <select
          id={id}
          aria-describedby={more}
          value={chosen ?? ""}
          onChange={({ currentTarget: { value } }) =>
            setProfile("modelProfile", PROFILES.find((profile) => profile === value) ?? null)
          }
        >
          <option value="">{words.names.none}</option>
          {PROFILES.map((profile) => (
            <option key={profile} value={profile}>
              {words.names[profile]}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}
