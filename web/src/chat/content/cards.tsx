import type { ChatCard } from "../../../../contracts/chat.ts";
import { usePage } from "../../shared/page.tsx";

/** Contact cards. */
export function Cards({ cards }: { cards: readonly ChatCard[] }) {
  const { texts } = usePage();
  return (
    <ul className="cards">
      {cards.map(({ name, company, phones, emails }) => {
        const details = [company, ...phones, ...emails].filter(Boolean);
        const shown = name || phones[0] || texts.chat.kinds.contacts;
        return (
          <li key={[shown, ...details].join()}>
            <span className="face" aria-hidden="true">
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
