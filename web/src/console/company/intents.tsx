import type { ShippedIntent } from "../../../../contracts/console/versions.ts";
import type { Language, OwnIntent } from "../../../../lib/types/company.ts";
import { usePage } from "../../shared/page.tsx";
import { textFor } from "../../texts/texts.ts";
import { Field } from "../shell/field.tsx";
import { Fold } from "./draft/fold.tsx";
import { useCompanyTexts } from "./draft/texts.ts";
import { problemOf, type UseDraft } from "./draft/use-draft.ts";
import { WholeProblem } from "./draft/whole-problem.tsx";
import { IntentTools } from "./tools/intent-tools.tsx";

const MOST_PROMPT = 3_000;
const LANGUAGES = ["es", "en", "pt"] as const;

/** Each intent with its instructions and examples, shipped or the company's own. */
export function Intents({ editing }: { editing: UseDraft }) {
  const { intents: words } = useCompanyTexts();
  return (
    <div className="intents">
      <p className="hint">{words.intro}</p>
      <WholeProblem section="intents" editing={editing} />
      {editing.view?.intents.map((intent) => (
        <IntentCard key={intent.name} intent={intent} editing={editing} />
      ))}
    </div>
  );
}

interface CardProps {
  intent: ShippedIntent;
  editing: UseDraft;
}

function IntentCard({ intent, editing }: CardProps) {
  const { intents: words } = useCompanyTexts();
  const { texts } = usePage();
  const { company, changes, view, mayEdit, setIntent } = editing;
  const own = company?.intents[intent.name];
  const item = `intents.${intent.name}`;
  const isWrong = problemOf(view?.problems ?? [], item) !== null;
  return (
    <Fold
      isWrong={isWrong}
      summary={
        <>
          <span className="intent-name">{textFor(texts.turn.intents, intent.name) ?? intent.name}</span>
          <span className="badge">{own ? words.own : words.shipped}</span>
          {intent.name in (changes.intents ?? {}) && <span aria-hidden="true">●</span>}
        </>
      }
    >
      <fieldset className="form" disabled={!mayEdit}>
        <p>
          <strong>{words.when}</strong> {own?.when ?? intent.when}
        </p>
        <Prompt intent={intent} editing={editing} />
        {LANGUAGES.map((language) => (
          <Examples key={language} intent={intent} language={language} editing={editing} />
        ))}
        <IntentTools
          intent={intent}
          chosen={own?.tools ?? intent.tools}
          editing={editing}
          onChoose={(tools) => setIntent(intent.name, withTools(own, intent, tools))}
        />
        {own && !intent.isOwn && (
          <button type="button" className="button small" onClick={() => setIntent(intent.name, null)}>
            {words.reset}
          </button>
        )}
      </fieldset>
    </Fold>
  );
}

function Prompt({ intent, editing: { company, view, setIntent } }: CardProps) {
  const { intents: words } = useCompanyTexts();
  const own = company?.intents[intent.name];
  const prompt = own?.prompt ?? "";
  const change = (value: string) => {
    const { prompt: _old, ...others } = own ?? {};
    // An own intent without instructions is told as wrong, not taken away.
    const isShipped = value === "" && !intent.isOwn;
    setIntent(intent.name, ownOrNull(isShipped ? others : { ...others, prompt: value }));
  };
  return (
    <>
      {!intent.isOwn && (
        <div>
          <strong>{words.shippedPrompt}</strong>
          <p className="shipped">{intent.prompt}</p>
        </div>
      )}
      <Field
        label={words.prompt}
        hint={`${words.promptHint} ${words.characters(prompt.length, MOST_PROMPT)}`}
        error={problemOf(view?.problems ?? [], `intents.${intent.name}`, "prompt")}
      >
        {(id, more) => (
          <textarea
            id={id}
            aria-describedby={more}
            rows={4}
            value={prompt}
            onChange={(event) => change(event.currentTarget.value)}
          />
        )}
      </Field>
    </>
  );
}

function Examples({
  intent,
  language,
  editing: { company, view, setIntent },
}: CardProps & { language: Language }) {
  const { intents: words, languages } = useCompanyTexts();
  const own = company?.intents[intent.name];
  const lines = own?.examples?.[language] ?? (intent.isOwn ? [] : intent.examples[language]);
  const change = (value: string) => {
    const { [language]: _old, ...others } = own?.examples ?? {};
    const phrases = value.split("\n");
    const isShipped =
      value.trim() === "" || (!intent.isOwn && phrases.join("\n") === intent.examples[language].join("\n"));
    const examples = isShipped ? others : { ...others, [language]: phrases };
    const { examples: _examples, ...rest } = own ?? {};
    setIntent(intent.name, ownOrNull(Object.keys(examples).length > 0 ? { ...rest, examples } : rest));
  };
  return (
    <Field
      label={words.examples(languages[language])}
      hint={words.examplesHint}
      error={problemOf(view?.problems ?? [], `intents.${intent.name}`, `examples.${language}`)}
    >
      {(id, more) => (
        <textarea
          id={id}
          aria-describedby={more}
          rows={4}
          value={lines.join("\n")}
          onChange={(event) => change(event.currentTarget.value)}
        />
      )}
    </Field>
  );
}

/** The same tools as shipped, in any order, are no words of the company's own. */
function withTools(own: OwnIntent | undefined, intent: ShippedIntent, tools: string[]): OwnIntent | null {
  const { tools: _old, ...others } = own ?? {};
  const isShipped = !intent.isOwn && tools.toSorted().join() === intent.tools.toSorted().join();
  return ownOrNull(isShipped ? others : { ...others, tools });
}

const ownOrNull = (own: OwnIntent): OwnIntent | null => (Object.keys(own).length > 0 ? own : null);
