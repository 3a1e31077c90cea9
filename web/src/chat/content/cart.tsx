import "./cart.css";
import type { ChatContent } from "../../../../contracts/chat.ts";
import { Icon } from "../../shared/icons.tsx";
import { usePage } from "../../shared/page.tsx";

type Cart = Extract<ChatContent, { kind: "order" }>;

/** A cart from the catalogue, line by line, with its sum. Meta names products by the retailer's id alone. */
export function CartView({ cart: { items, lines, pieces, sums } }: { cart: Cart }) {
  const { texts, formats } = usePage();
  const words = texts.chat.cart;
  return (
    <div className="cart">
      <p className="cart-head">
        <Icon name="cart" />
        <b>{texts.chat.kinds.order}</b>
        <small>{words.pieces(pieces, formats.integer(pieces))}</small>
      </p>
      <ul>
        {items.map(({ product, quantity, price }, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the lines of a sent cart never move.
          <li key={place}>
            <span className="cart-count">{formats.integer(quantity)} ×</span>
            <span className="cart-product">{product || words.product}</span>
            {price && (
              <span className="cart-price">{formats.money(quantity * price.amount, price.currency)}</span>
            )}
          </li>
        ))}
        {lines > items.length && (
          <li className="bubble-note">{words.more(formats.integer(lines - items.length))}</li>
        )}
      </ul>
      {sums.length > 0 && (
        <p className="cart-sum">
          {words.total}
          <b>{sums.map(({ amount, currency }) => formats.money(amount, currency)).join(" + ")}</b>
        </p>
      )}
    </div>
  );
}
