import type { SimMessage } from "../../api.ts";
import { usePage } from "../../shared/page.tsx";
import { useActs } from "../acts.ts";
import { Icon } from "../icons.tsx";
import { type Choice, choicesOf } from "./choices.ts";

interface Props {
  message: SimMessage;
  /** Ids of what the customer has tapped of it. */
  tapped: ReadonlySet<string>;
}

/** The buttons under a message; nothing under one without. */
export function Buttons({ message, tapped }: Props) {
  const { texts } = usePage();
  const choices = choicesOf(message, useActs(), texts);
  if (choices.length === 0) return null;
  return (
    <div className="taps">
      {choices.map((choice) => (
        <Tap key={choice.id} choice={choice} tapped={tapped.has(choice.id)} />
      ))}
    </div>
  );
}

function Tap({ choice, tapped }: { choice: Choice; tapped: boolean }) {
  const { texts } = usePage();
  const { icon, label, href, onTap } = choice;
  // Only web addresses: anything else leads nowhere.
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
    <button type="button" className="tap" data-tapped={tapped} onClick={onTap}>
      <Icon name={icon} />
      {label}
      {tapped && <span className="unseen"> ({texts.simulator.messages.tapped})</span>}
    </button>
  );
}
