import type { Pretend } from "../../../../contracts/console/playground.ts";
import type { Language } from "../../../../lib/types/company.ts";
import { Field } from "../../console/shell/field.tsx";
import { usePage } from "../../shared/page.tsx";
import { usePlaygroundTexts } from "../words/texts.ts";

const LANGUAGES: readonly Language[] = ["es", "en", "pt"];

/** True for what the server takes as a phone. */
export const isPhone = (phone: string): boolean => /^\d{7,15}$/.test(phone);

interface Props {
  customer: Pretend;
  ordersConnected: boolean;
  testPhones: readonly string[];
  onChange(customer: Pretend): void;
}

/** Who the pretend customer is. */
export function CustomerFields({ customer, ordersConnected, testPhones, onChange }: Props) {
  const { texts } = usePage();
  const words = usePlaygroundTexts();
  const { name, language } = customer;
  return (
    <fieldset className="setup-group">
      <legend>{words.customer}</legend>
      <Field label={words.name} hint={words.nameHint}>
        {(id, describedBy) => (
          <input
            id={id}
            aria-describedby={describedBy}
            value={name ?? ""}
            maxLength={100}
            autoComplete="off"
            onChange={({ target }) => onChange({ ...customer, name: target.value || null })}
          />
        )}
      </Field>
      <Field label={words.language}>
        {(id) => (
          <select
            id={id}
            value={language ?? ""}
            onChange={({ target }) =>
              onChange({ ...customer, language: (target.value || null) as Language | null })
            }
          >
            <option value="">{words.anyLanguage}</option>
            {LANGUAGES.map((each) => (
              <option key={each} value={each}>
                {texts.languages[each]}
              </option>
            ))}
          </select>
        )}
      </Field>
      <PhoneField {...{ customer, ordersConnected, testPhones, onChange }} />
    </fieldset>
  );
}

/** The phone that WhatsApp would have verified. */
function PhoneField({ customer, ordersConnected, testPhones, onChange }: Props) {
  const words = usePlaygroundTexts();
  const { phone } = customer;
  const isWrong = phone !== null && !isPhone(phone);
  return (
    <Field
      label={words.phone}
      hint={[
        ordersConnected ? words.phoneHint : words.phoneUnconnected,
        ...(testPhones.length > 0 ? [words.testPhones(testPhones)] : []),
      ].join(" ")}
      error={isWrong ? words.phoneWrong : null}
    >
      {(id, describedBy) => (
        <input
          id={id}
          aria-describedby={describedBy}
          aria-invalid={isWrong}
          inputMode="numeric"
          maxLength={25}
          autoComplete="off"
          value={phone ?? ""}
          onChange={({ target }) => onChange({ ...customer, phone: digitsOf(target.value) })}
        />
      )}
    </Field>
  );
}

/** What people paste, without the signs between the digits. */
const digitsOf = (typed: string): string | null => typed.replace(/[\s+().-]/g, "") || null;
