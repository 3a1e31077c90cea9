import "./content.css";
import type { ChatContent, ChatMessage } from "../../../../contracts/chat.ts";
import { usePage } from "../../shared/page.tsx";
import { Cards } from "./cards.tsx";
import { CartView } from "./cart.tsx";
import { Header } from "./header.tsx";
import { Media } from "./media.tsx";
import { Place } from "./place.tsx";

/** Content above the text of a message, which `text` is; null: it shows none. */
export function Above({ content, text }: { content: ChatContent; text: string | null }) {
  const { texts } = usePage();
  switch (content.kind) {
    case "media":
      return <Media media={content.media} file={content.file} alt={content.caption} />;
    case "location":
      return <Place place={content} />;
    case "contacts":
      return <Cards cards={content.cards} />;
    case "order":
      return <CartView cart={content} />;
    case "interactive":
      return content.header && <Header header={content.header} />;
    case "form":
      return (
        <div className="form-answer">
          <b>{texts.chat.kinds.form}</b>
          <Fields response={content.response} />
        </div>
      );
    case "template":
      return (
        <>
          {content.header && <Header header={content.header} />}
          <p className="template-name">{texts.chat.templateName(content.name, content.language)}</p>
          {text === null && <Values values={content.values} />}
        </>
      );
    default:
      return null;
  }
}

/** What stands in for the placeholders of a template whose words are not known. */
function Values({ values }: { values: readonly string[] }) {
  const { texts } = usePage();
  return (
    <>
      {values.length > 0 && <p className="bubble-note">{texts.chat.templateHint}</p>}
      <ol className="template-values">
        {values.map((value, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the placeholders of a sent message never move.
          <li key={place}>{value}</li>
        ))}
      </ol>
    </>
  );
}

/** Content below the text of a message: a footer, a row's description, or the bot's reading of a file. */
export function Below({ content, reading }: Pick<ChatMessage, "content" | "reading">) {
  const { texts } = usePage();
  const { media } = texts.chat;
  const footer = content?.kind === "interactive" ? content.footer : "";
  const note = content?.kind === "tap" ? content.description : footer;
  const heard = content?.kind === "media" && (content.media === "voice" || content.media === "audio");
  return (
    <>
      {note && <p className="bubble-note">{note}</p>}
      {reading && (
        <details className="reading">
          <summary>{heard ? media.heard : media.read}</summary>
          <p>{reading}</p>
        </details>
      )}
    </>
  );
}

function Fields({ response }: { response: string }) {
  let fields: [string, unknown][] = [];
  try {
    fields = Object.entries(JSON.parse(response));
  } catch {
    return <pre>{response}</pre>;
  }
  return (
    <dl>
      {fields.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{typeof value === "string" ? value : JSON.stringify(value)}</dd>
        </div>
      ))}
    </dl>
  );
}
