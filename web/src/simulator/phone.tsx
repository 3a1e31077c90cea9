import "./phone.css";
import type { SimCustomer } from "../api.ts";
import { usePage } from "../shared/page.tsx";
import { ActsProvider } from "./acts.ts";
import { Sheets } from "./attach/sheets.tsx";
import { Composer } from "./composer.tsx";
import { Handoff } from "./handoff.tsx";
import { Suggestions } from "./suggestion-chips.tsx";
import { Thread } from "./thread.tsx";
import { useActsOf } from "./use-acts.ts";
import type { LiveSimulation } from "./use-simulation.ts";

interface Props {
  simulation: LiveSimulation;
  customer: SimCustomer;
  /** The turn that is shown beside, or null. */
  turnId: string | null;
  onTurn(id: string): void;
}

/** The customer's phone: the company on top, the conversation, and something to write with. */
export function Phone({ simulation, customer, turnId, onTurn }: Props) {
  const { texts } = usePage();
  const { chat } = texts.simulator;
  const { server, typingUntilMs } = simulation.state;
  const human = server?.conversation.status === "human";
  const company = server?.company.name ?? "…";
  const { acts, sheet, closeSheet, quoted, stopQuoting } = useActsOf(simulation, customer);
  return (
    <ActsProvider value={acts}>
      <section className="phone" aria-label={chat.label}>
        <header className="phone-head">
          <span className="phone-face" aria-hidden="true">
            {[...company][0]}
          </span>
          <div>
            <h2>{company}</h2>
            <p aria-live="polite">{typingUntilMs > 0 ? chat.typing : chat.online}</p>
          </div>
        </header>
        <div className="fret phone-fret" aria-hidden="true" />
        {server && human && <Handoff conversation={server.conversation} onBack={simulation.handBack} />}
        <Thread simulation={simulation} turnId={turnId} onTurn={onTurn} />
        <Suggestions language={customer.language} onChoose={(text) => acts.write({ type: "text", text })} />
        <Composer
          human={human}
          language={customer.language}
          quoted={quoted}
          onStopQuoting={stopQuoting}
          onSendAsAgent={simulation.sendAsAgent}
        />
        {sheet && <Sheets sheet={sheet} onClose={closeSheet} />}
      </section>
    </ActsProvider>
  );
}
