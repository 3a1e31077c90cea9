import "./cart-sheet.css";
import { useState } from "react";
import type { SimProduct } from "../../../../contracts/simulator.ts";
import { Sheet } from "../../shared/overlay/sheet.tsx";
import { usePage } from "../../shared/page.tsx";
import { useActions } from "../actions/actions.ts";

/** WhatsApp's limit of a note, in characters. */
const MAX_NOTE = 1000;
const MOST = 99;

/** The company's catalogue: how many of each, a note, then the cart is sent. */
export function CartSheet({ onClose }: { onClose(): void }) {
  const { texts, formats } = usePage();
  const words = texts.simulator.cart;
  const actions = useActions();
  const [counts, setCounts] = useState<Readonly<Record<string, number>>>({});
  const [note, setNote] = useState("");
  const chosen = actions.catalog.flatMap(({ id, price, currency }) => {
    const quantity = counts[id] ?? 0;
    return quantity > 0 ? [{ id, quantity, price, currency }] : [];
  });
  const total = chosen.reduce((sum, { quantity, price }) => sum + quantity * price, 0);
  const currency = actions.catalog[0]?.currency ?? "";
  return (
    <Sheet title={words.title} onClose={onClose}>
      <form
        className="caption-form"
        onSubmit={(event) => {
          event.preventDefault();
          if (chosen.length === 0) return;
          actions.write({ type: "order", items: chosen, text: note.trim() }, { replyTo: null });
          onClose();
        }}
      >
        <ul className="cart-products">
          {actions.catalog.map((product, place) => (
            <ProductRow
              key={product.id}
              product={product}
              first={place === 0}
              count={counts[product.id] ?? 0}
              onCount={(count) => setCounts({ ...counts, [product.id]: count })}
            />
          ))}
        </ul>
        <input
          aria-label={words.note}
          placeholder={words.note}
          maxLength={MAX_NOTE}
          value={note}
          onChange={(event) => setNote(event.target.value)}
        />
        <p className="cart-total" aria-live="polite">
          {words.total} <b>{formats.money(total, currency)}</b>
        </p>
        <div className="sheet-buttons">
          <button type="button" className="button" onClick={onClose}>
            {words.cancel}
          </button>
          <button type="submit" className="button primary" disabled={chosen.length === 0}>
            {words.send}
          </button>
        </div>
      </form>
    </Sheet>
  );
}

interface RowProps {
  product: SimProduct;
  first: boolean;
  count: number;
  onCount(count: number): void;
}

function ProductRow({ product: { name, price, currency }, first, count, onCount }: RowProps) {
  const { texts, formats } = usePage();
  const words = texts.simulator.cart;
  return (
    <li>
      <span>
        <b>{name}</b>
        <small>{formats.money(price, currency)}</small>
      </span>
      <button
        type="button"
        className="cart-step"
        aria-label={words.fewer(name)}
        disabled={count === 0}
        onClick={() => onCount(count - 1)}
      >
        −
      </button>
      <output>{formats.integer(count)}</output>
      <button
        type="button"
        className="cart-step"
        data-first={first || undefined}
        aria-label={words.more(name)}
        disabled={count === MOST}
        onClick={() => onCount(count + 1)}
      >
        +
      </button>
    </li>
  );
}
