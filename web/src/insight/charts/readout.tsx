interface Props {
  /** What is pointed at; null: nothing, and the line stays empty. */
  at: string | null;
  values: readonly (readonly [name: string, label: string, words: string])[];
}

/** The figures of what is pointed at, in a line below the drawing. */
export function Readout({ at, values }: Props) {
  return (
    <p className="readout">
      {at !== null && (
        <>
          <b>{at}</b>
          {values.map(([name, label, words]) => (
            <span key={name}>
              {label} <b>{words}</b>
            </span>
          ))}
        </>
      )}
    </p>
  );
}
