import type { NamedCount } from "../../../../contracts/console/conversations.ts";
import { useLabelWords } from "../frame/label-words.ts";
import { Counts } from "../service/counts.tsx";

interface Props {
  title: string;
  hint: string;
  /** Label that the names are values of. */
  label: "language" | "reason";
  counts: readonly NamedCount[];
}

/** Totals by a label's values, each with its share. */
export function Named({ label, counts, ...props }: Props) {
  const wordsOf = useLabelWords();
  const words = Object.fromEntries(counts.map(({ name }) => [name, wordsOf(label, name)]));
  return <Counts {...props} counts={counts} words={words} />;
}
