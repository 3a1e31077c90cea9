import { problemOf, type UseDraft } from "./use-draft.ts";

/** What is wrong with a section as a whole; nothing where nothing is. */
export function WholeProblem({ section, editing }: { section: "intents" | "tools"; editing: UseDraft }) {
  const problem = problemOf(editing.view?.problems ?? [], section);
  return (
    problem && (
      <p className="field-more intents-problem" role="alert">
        {problem}
      </p>
    )
  );
}
