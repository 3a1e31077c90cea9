import { Field } from "../shell/field.tsx";

interface Props {
  label: string;
  hint: string;
  unit: string;
  range: readonly [least: number, most: number];
  value: number;
  onChange(value: number): void;
}

/** A whole number with its unit. */
export function NumberField({ label, hint, unit, range: [min, max], value, onChange }: Props) {
  return (
    <Field label={label} hint={hint}>
      {(id, more) => (
        <span className="number-field">
          <input
            id={id}
            type="number"
            inputMode="numeric"
            required
            min={min}
            max={max}
            step={1}
            aria-describedby={more}
            // An empty field is no number; it must stay empty while somebody types.
            value={Number.isNaN(value) ? "" : value}
            onChange={(event) => onChange(event.currentTarget.valueAsNumber)}
          />
          <span>{unit}</span>
        </span>
      )}
    </Field>
  );
}
