import "./customers.css";
import { useState } from "react";
import type { SimCustomer } from "../../../../contracts/simulator.ts";
import { usePage } from "../../shared/page.tsx";
import { OtherCustomer } from "./other-customer.tsx";
import { ResetButton } from "./reset-button.tsx";

interface Props {
  customers: readonly SimCustomer[];
  current: SimCustomer;
  onChoose(customer: SimCustomer): void;
  onReset(): void;
}

function Customer({
  customer,
  current,
  onChoose,
}: Omit<Props, "customers" | "onReset"> & { customer: SimCustomer }) {
  return (
    <button
      type="button"
      className="customer"
      aria-pressed={customer.phone === current.phone}
      onClick={() => onChoose(customer)}
    >
      <span className="face" aria-hidden="true">
        {[...customer.name][0]?.toUpperCase() ?? "?"}
      </span>
      <span className="customer-name">{customer.name || customer.phone}</span>
    </button>
  );
}

/** Choice of the customer: one of the demo customers or any phone. */
export function Customers({ customers, current, onChoose, onReset }: Props) {
  const { texts } = usePage();
  const [adding, setAdding] = useState(false);
  const custom = customers.some(({ phone }) => phone === current.phone) ? [] : [current];
  return (
    <section className="customers" aria-label={texts.simulator.customers.legend}>
      <ul className="customer-list">
        {[...customers, ...custom].map((customer) => (
          <li key={customer.phone}>
            <Customer customer={customer} current={current} onChoose={onChoose} />
          </li>
        ))}
      </ul>
      <div className="customer-actions">
        <span className="customer-phone number">+{current.phone}</span>
        <button
          type="button"
          className="quiet"
          aria-expanded={adding}
          onClick={() => setAdding((open) => !open)}
        >
          {texts.simulator.customers.other}
        </button>
        <ResetButton key={current.phone} onReset={onReset} />
      </div>
      {adding && (
        <OtherCustomer
          onClose={() => setAdding(false)}
          onChoose={(customer) => {
            setAdding(false);
            onChoose(customer);
          }}
        />
      )}
    </section>
  );
}
