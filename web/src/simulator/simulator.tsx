import "./simulator.css";
import { useState } from "react";
import type { SimCustomer } from "../../../contracts/simulator.ts";
import { usePage } from "../shared/page.tsx";
import { TopBar } from "../shared/top-bar.tsx";
import { TurnPanel } from "../turn/turn-panel.tsx";
import { useSimulation } from "./connection/use-simulation.ts";
import { lastCustomer, rememberCustomer } from "./customers/customer.ts";
import { Customers } from "./customers/customers.tsx";
import { Notices } from "./notices.tsx";
import { Phone } from "./phone/phone.tsx";
import { type Tab, Tabs } from "./tabs.tsx";

/** Simulator page: the customer's phone next to the details of a turn. */
export function Simulator() {
  const { texts } = usePage();
  const [customer, setCustomer] = useState(lastCustomer);
  const [selectedTurn, setSelectedTurn] = useState<string | null>(null);
  const [tab, setTab] = useState<Tab>("chat");
  const simulation = useSimulation(customer.phone, customer.name);
  const { server } = simulation.state;
  const turns = server?.turns ?? [];
  const turn = turns.find(({ id }) => id === selectedTurn) ?? turns.at(-1) ?? null;

  const choose = (next: SimCustomer) => {
    rememberCustomer(next);
    setCustomer(next);
    setSelectedTurn(null);
  };
  const showTurn = (id: string) => {
    setSelectedTurn(id);
    setTab("turn");
  };
  return (
    <div className="simulator" data-tab={tab} data-link={simulation.link}>
      <TopBar title={texts.simulator.title}>
        <a className="top-bar-link" href="/console">
          {texts.simulator.console}
        </a>
      </TopBar>
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
        <TurnPanel turns={turns} turn={turn} targets={server?.targets ?? null} onTurn={setSelectedTurn} />
      </main>
    </div>
  );
}
