import { type FormEvent, useEffect, useId, useRef, useState } from "react";
import type { SimCustomer } from "../../../../contracts/simulator.ts";
import { usePage } from "../../shared/page.tsx";
import { isPhone } from "./customer.ts";

/** Form for any phone and name; the conversation's language is then the page's. */
export function OtherCustomer(props: { onChoose(customer: SimCustomer): void; onClose(): void }) {
  const { texts, language } = usePage();
  const words = texts.simulator.customers;
  const [phone, setPhone] = useState("");
  const [name, setName] = useState("");
  const [wrong, setWrong] = useState(false);
  const hint = useId();
  const first = useRef<HTMLInputElement>(null);
  useEffect(() => first.current?.focus(), []);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    const digits = phone.replace(/[+\s()-]/g, "");
    if (isPhone(digits)) props.onChoose({ phone: digits, name: name.trim(), language });
    else setWrong(true);
  };
  return (
    <form className="other-customer" onSubmit={submit} noValidate>
      <label>
        {words.number}
        <input
          ref={first}
          inputMode="tel"
          autoComplete="off"
          maxLength={24}
          value={phone}
          aria-invalid={wrong}
          aria-describedby={hint}
          onChange={(event) => setPhone(event.target.value)}
        />
      </label>
      <label>
        {words.name}
        <input
          autoComplete="off"
          maxLength={60}
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
      </label>
      <p id={hint} className={wrong ? "form-wrong" : "form-hint"} role={wrong ? "alert" : undefined}>
        {wrong ? words.numberWrong : words.numberHint}
      </p>
      <div className="form-buttons">
        <button type="submit" className="button primary">
          {words.use}
        </button>
        <button type="button" className="button" onClick={props.onClose}>
          {words.cancel}
        </button>
      </div>
    </form>
  );
}
