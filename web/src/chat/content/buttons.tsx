import type { ChatMessage } from "../../../../contracts/chat.ts";
import { Icon } from "../../shared/icons.tsx";
import { usePage } from "../../shared/page.tsx";
import { type Choice, choicesOf } from "./choices.ts";

interface Props {
  message: ChatMessage;
  /** Ids of the buttons and rows that the customer tapped. */
  tapped: ReadonlySet<string>;
  /** Handler of a tap; without one, buttons are disabled. */
  onChoice: ((id: string) => void) | undefined;
}

/** Buttons under a message, or nothing. */
export function Buttons({ message, tapped, onChoice }: Props) {
  const { texts } = usePage();
  const choices = choicesOf(message, texts);
  if (choices.length === 0) return null;
  return (
    <div className="taps">
      {choices.map((choice) => (
        <Tap key={choice.id} choice={choice} tapped={tapped.has(choice.id)} onChoice={onChoice} />
      ))}
    </div>
  );
}

function Tap({ choice, tapped, onChoice }: { choice: Choice; tapped: boolean } & Pick<Props, "onChoice">) {
  const { texts } = usePage();
  const { id, icon, label, href } = choice;
  // Web addresses only: no other scheme becomes a link.
  if (href !== undefined)
    return (
      <a
        className="tap"
        href={/^https?:\/\//i.test(href) ? href : undefined}
        target="_blank"
        rel="noopener noreferrer nofollow"
      >
        <Icon name={icon} />
        {label}
      </a>
    );
  return (
    <button
      type="button"
      className="tap"
      data-tapped={tapped}
      disabled={!onChoice}
      onClick={() => onChoice?.(id)}
    >
      <Icon name={icon} />
      {label}
      {tapped && <span className="unseen"> ({texts.chat.tapped})</span>}
    </button>
  );
}
