import { Link } from "wouter";
import type { ReplayView } from "../../../../contracts/console/playground.ts";
import { useTenant } from "../../console/client/session.tsx";
import { conversationHref, pageHref, turnHref } from "../../console/shell/pages.ts";
import { usePage } from "../../shared/page.tsx";
import { textFor } from "../../texts/texts.ts";
import { Bubbles } from "../answer/bubbles.tsx";
import { ask, isAnswering, type Talk, type TalkRef } from "../state/talk.ts";
import { usePlaygroundTexts } from "../words/texts.ts";

interface Props {
  replay: ReplayView;
  talk: Talk;
  reference: TalkRef;
}

/** A real turn: what was said, what the bot answered then, and a button that asks it once more. */
export function Replay({ replay, talk, reference }: Props) {
  const words = usePlaygroundTexts();
  const { history, question, original, at } = replay;
  return (
    <div className="exchange">
      <ol className="thread-list">
        <Bubbles messages={[...history, ...question]} at={at} />
      </ol>
      <section className="trial" aria-label={words.replay.earlier}>
        <header className="trial-head">
          <h2>{words.replay.earlier}</h2>
          <Then original={original} />
        </header>
        {original.messages.length === 0 && <p className="hint">{words.replay.nothingThen}</p>}
        <ol className="thread-list">
          <Bubbles messages={original.messages} at={at} />
        </ol>
      </section>
      <button
        type="button"
        className="button primary"
        disabled={isAnswering(talk)}
        onClick={() => ask(reference, null)}
      >
        {words.replay.ask}
      </button>
    </div>
  );
}

function Then({ original }: Pick<ReplayView, "original">) {
  const { texts, formats } = usePage();
  const words = usePlaygroundTexts();
  const { model, intent, costUsd, respondMs } = original;
  const facts = [
    model ?? words.noModel,
    intent && (textFor(texts.turn.intents, intent) ?? intent),
    costUsd === null ? words.unpriced : words.cost(formats.usd(costUsd)),
    respondMs === null ? "" : words.total(formats.duration(respondMs)),
  ];
  return <p>{facts.filter(Boolean).join(" · ")}</p>;
}

/** Where the turn is from, and the way to its conversation. */
export function ReplayNotes({
  replay: { turnId, at, customer, conversationId, question },
}: Pick<Props, "replay">) {
  const { tenantId } = useTenant();
  const { formats } = usePage();
  const { replay: words } = usePlaygroundTexts();
  const hasFile = question.some(({ content }) => content?.kind === "media");
  return (
    <p className="hint">
      {words.from(`${formats.date(at)}, ${formats.time(at)}`)}.{" "}
      {customer.hasPhone ? words.withPhone : words.withoutPhone} {hasFile && `${words.filesNotRead} `}
      <Link href={turnHref(tenantId, turnId)}>{words.turn}</Link> ·{" "}
      <Link href={conversationHref(tenantId, conversationId)}>{words.conversation}</Link> ·{" "}
      <Link href={pageHref(tenantId, "playground")}>{words.leave}</Link>
    </p>
  );
}
