import type { OrdersView } from "../../../../contracts/console/thread.ts";
import { useTenantApi } from "../client/use-api.ts";
import { useTexts } from "../shell/texts.ts";

/** The customer's orders, read from the company's system when the panel opens. */
export function Orders({ conversationId }: { conversationId: string }) {
  const { panel: words } = useTexts().composer;
  const path = `/conversations/${encodeURIComponent(conversationId)}/orders`;
  const { data, error, mutate, isValidating } = useTenantApi<OrdersView>(path, {
    dedupingInterval: 60_000,
    // An order is asked for by a look, not by every change of the window.
    revalidateOnFocus: false,
  });
  if (error || data?.state === "failed")
    return (
      <p role="alert">
        {words.ordersFailed}{" "}
        <button type="button" className="link-button" disabled={isValidating} onClick={() => void mutate()}>
          {words.again}
        </button>
      </p>
    );
  if (!data) return <p role="status">{words.ordersLoading}</p>;
  if (data.state !== "ok") return <p>{words.ordersNotConnected}</p>;
  if (data.orders.length === 0) return <p>{words.ordersNone}</p>;
  return (
    <ul className="panel-list">
      {data.orders.map(({ number, lines }) => (
        <li key={number}>
          <b>{words.order(number)}</b>
          {lines.map((line) => (
            <span key={line}>{line}</span>
          ))}
        </li>
      ))}
    </ul>
  );
}
