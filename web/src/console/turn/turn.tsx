import "../../turn/turn-panel.css";
import "../../turn/card.css";
import "./turn.css";
import { Link, useParams } from "wouter";
import type { SeenTurn, TurnMessage } from "../../../../contracts/console/turns.ts";
import { usePage } from "../../shared/page.tsx";
import { textFor } from "../../texts/texts.ts";
import { Facts } from "../../turn/facts.tsx";
import { Headline } from "../../turn/headline.tsx";
import { Targets } from "../../turn/targets.tsx";
import { ToolCalls } from "../../turn/tool-calls.tsx";
import { Understood } from "../../turn/understood.tsx";
import { Waterfall } from "../../turn/waterfall.tsx";
import { useMay, useTenant } from "../client/session.tsx";
import { useTenantApi } from "../client/use-api.ts";
import { useDates } from "../shell/dates.ts";
import { PageFrame } from "../shell/page-frame.tsx";
import { conversationHref, pageHref } from "../shell/pages.ts";
import { Problem } from "../shell/problem.tsx";
import { Waiting } from "../shell/waiting.tsx";
import { errorWords } from "./error-words.ts";
import { Exchanges } from "./exchanges.tsx";
import { useTurnPageTexts } from "./texts.ts";

/** One turn, seen through: `/:tenant/turns/:turn`. */
export default function Turn() {
  const { turn: id = "" } = useParams();
  const words = useTurnPageTexts();
  const dates = useDates();
  const path = `/turns/${encodeURIComponent(id)}`;
  const { data, error, mutate } = useTenantApi<SeenTurn>(path, { revalidateOnFocus: false });
  const state = data ? (textFor(words.states, data.state) ?? data.state) : "";
  return (
    <PageFrame
      title={words.title}
      {...(data && { intro: words.at(dates.moment(data.at), state), actions: <Actions turn={data} /> })}
    >
      {error && <Problem error={error} words={words.errors} onRetry={() => mutate()} />}
      {!data && !error && <Waiting />}
      {data && <Seen turn={data} />}
    </PageFrame>
  );
}

function Actions({ turn }: { turn: SeenTurn }) {
  const words = useTurnPageTexts();
  const { tenantId } = useTenant();
  const mayReplay = useMay("agent");
  return (
    <>
      <Link className="button small" href={conversationHref(tenantId, turn.conversationId)}>
        {words.conversation}
      </Link>
      {mayReplay && turn.asked.length > 0 && (
        <Link
          className="button small"
          href={`${pageHref(tenantId, "playground")}?turn=${encodeURIComponent(turn.id)}`}
          title={words.replayHint}
        >
          {words.replay}
        </Link>
      )}
    </>
  );
}

function Seen({ turn }: { turn: SeenTurn }) {
  const words = useTurnPageTexts();
  const { texts, formats } = usePage();
  const version =
    turn.version === null ? null : { name: words.version, value: formats.integer(turn.version) };
  const explain = (code: string) => errorWords(code, words);
  return (
    <div className="seen-turn">
      <h2 className="unseen">{texts.turn.title}</h2>
      <div className="card card-wide">
        <Headline turn={turn} isAnswered={turn.replies.length > 0} targetMs={turn.targets.waitMs} />
        <Targets turn={turn} targets={turn.targets} />
      </div>
      <Waterfall turn={turn} targets={turn.targets} note={words.targetsDrawn} />
      <Understood turn={turn} />
      <Facts turn={turn} explain={explain} version={version} />
      <Messages turn={turn} />
      <Exchanges turn={turn} explain={explain} />
      <ToolCalls calls={turn.toolCalls} withValues={turn.withWords} />
    </div>
  );
}

function Messages({ turn: { asked, replies } }: { turn: SeenTurn }) {
  const words = useTurnPageTexts();
  return (
    <section className="card card-wide">
      <h3>{words.messages}</h3>
      <ol className="sayings">
        {asked.map((message) => (
          <Message key={message.id} message={message} who={words.customer} />
        ))}
        {replies.map((message) => (
          <Message key={message.id} message={message} who={words.bot} />
        ))}
      </ol>
      {replies.length === 0 && <p className="card-note">{words.nothingSaid}</p>}
    </section>
  );
}

function Message({ message, who }: { message: TurnMessage; who: string }) {
  const words = useTurnPageTexts();
  const { texts, formats } = usePage();
  const state = message.state && (textFor(texts.chat.statuses, message.state) ?? message.state);
  const codes = message.metaCodes.map((code) => words.metaCode(String(code)));
  return (
    <li className="saying" data-role={message.state === null ? "user" : "assistant"}>
      <b className="saying-role">{who}</b>
      <p className="saying-words">{message.text ?? words.characters(formats.integer(message.characters))}</p>
      {state && <small className="card-note">{[state, ...codes].join(" · ")}</small>}
    </li>
  );
}
