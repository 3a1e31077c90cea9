import "./simulator.css";
import { useState } from "react";
import type { SimCustomer } from "../api.ts";
import { usePage } from "../shared/page.tsx";
import { TopBar } from "../shared/top-bar.tsx";
import { lastCustomer, rememberCustomer } from "./customer.ts";
import { Customers } from "./customers.tsx";
import { Notices } from "./notices.tsx";
import { Phone } from "./phone.tsx";
import { type Tab, Tabs } from "./tabs.tsx";
import { TurnPanel } from "./turn-panel.tsx";
import { useSimulation } from "./use-simulation.ts";

/** A customer's phone, and beside it what happened in the bot. */
export function Simulator() {
  const { texts } = usePage();
  const [customer, setCustomer] = useState(lastCustomer);
  const [chosenTurn, setChosenTurn] = useState<string | null>(null);
  const [tab, setTab] = useState<Tab>("chat");
  const simulation = useSimulation(customer.phone, customer.name);
  const { server } = simulation.state;
  const turns = server?.turns ?? [];
  const turn = turns.find(({ id }) => id === chosenTurn) ?? turns.at(-1) ?? null;

  const choose = (next: SimCustomer) => {
    rememberCustomer(next);
    setCustomer(next);
    setChosenTurn(null);
  };
  const showTurn = (id: string) => {
    setChosenTurn(id);
    setTab("turn");
  };
  return (
    <div className="simulator" data-tab={tab} data-link={simulation.link}>
      <TopBar title={texts.simulator.title} />
      <Notices simulation={simulation} />
      <Tabs tab={tab} onTab={setTab} />
      <main className="simulator-panes">
        <div className="pane-chat">
          <Customers
            customers={server?.customers ?? [customer]}
            current={customer}
            onChoose={choose}
            onReset={simulation.reset}
          />
          <Phone
            key={customer.phone}
            simulation={simulation}
            customer={customer}
            turnId={turn?.id ?? null}
            onTurn={showTurn}
          />
        </div>
        <TurnPanel turns={turns} turn={turn} targets={server?.targets ?? null} onTurn={setChosenTurn} />
      </main>
    </div>
  );
}
