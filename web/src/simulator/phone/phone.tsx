import "./phone.css";
import type { SimCustomer } from "../../../../contracts/simulator.ts";
import { usePage } from "../../shared/page.tsx";
import { ActionsProvider } from "../actions/actions.ts";
import { usePhoneActions } from "../actions/use-phone-actions.ts";
import { Composer } from "../composer/composer.tsx";
import type { LiveSimulation } from "../connection/use-simulation.ts";
import { Sheets } from "../sheets/sheets.tsx";
import { Handoff } from "./handoff.tsx";
import { PhoneThread } from "./phone-thread.tsx";
import { Suggestions } from "./suggestion-chips.tsx";

const NONE: readonly string[] = [];

interface Props {
  simulation: LiveSimulation;
  customer: SimCustomer;
  /** Selected turn, or null. */
  turnId: string | null;
  onTurn(id: string): void;
}

/** The customer's phone: company, conversation, suggestions and composer. */
export function Phone({ simulation, customer, turnId, onTurn }: Props) {
  const { texts } = usePage();
  const { server, typingUntilMs } = simulation.state;
  const human = Boolean(server?.conversation.handoff);
  const company = server?.company.name ?? "…";
  const { actions, sheet, closeSheet, quoted, stopQuoting } = usePhoneActions(simulation, customer);
  return (
    <ActionsProvider value={actions}>
      <section className="phone" data-overlay-frame aria-label={texts.chat.label}>
        <header className="phone-head">
          <span className="phone-face" aria-hidden="true">
            {[...company][0]}
          </span>
          <div>
            <h2>{company}</h2>
            <p aria-live="polite">{typingUntilMs > 0 ? texts.simulator.typing : texts.simulator.online}</p>
          </div>
        </header>
        <div className="fret phone-fret" aria-hidden="true" />
        {server && human && <Handoff conversation={server.conversation} onBack={simulation.handBack} />}
        <PhoneThread simulation={simulation} turnId={turnId} onTurn={onTurn} />
        <Suggestions
          language={customer.language}
          asks={server?.company.asks[customer.language] ?? NONE}
          onChoose={(text) => actions.write({ type: "text", text })}
        />
        <Composer
          human={human}
          language={customer.language}
          quoted={quoted}
          onStopQuoting={stopQuoting}
          onSendAsOperator={simulation.sendAsOperator}
        />
        {sheet && <Sheets sheet={sheet} onClose={closeSheet} />}
      </section>
    </ActionsProvider>
  );
}
