import type { SimCard } from "../../api.ts";
import { usePage } from "../../shared/page.tsx";

/** People's cards, each with what it says of them. */
export function Cards({ cards }: { cards: readonly SimCard[] }) {
  const { texts } = usePage();
  return (
    <ul className="cards">
      {cards.map(({ name, company, phones, emails }) => {
        const details = [company, ...phones, ...emails].filter(Boolean);
        const shown = name || phones[0] || texts.simulator.messages.kinds.contacts;
        return (
          <li key={[shown, ...details].join()}>
            <span className="customer-face" aria-hidden="true">
              {[...shown.replace(/^\+/, "")][0]?.toUpperCase()}
            </span>
            <span>
              <b>{shown}</b>
              {details
                .filter((detail) => detail !== shown)
                .map((detail) => (
                  <small key={detail}>{detail}</small>
                ))}
            </span>
          </li>
        );
      })}
    </ul>
  );
}
