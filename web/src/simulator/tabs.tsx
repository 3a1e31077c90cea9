import { usePage } from "../shared/page.tsx";

/** What a small screen shows; a wide one shows both. */
export type Tab = "chat" | "turn";

/** Changes between the chat and the turn where there is room for one only. */
export function Tabs({ tab, onTab }: { tab: Tab; onTab(tab: Tab): void }) {
  const { texts } = usePage();
  return (
    <nav className="tabs switch" aria-label={texts.simulator.title}>
      {(["chat", "turn"] as const).map((choice) => (
        <button key={choice} type="button" aria-pressed={choice === tab} onClick={() => onTab(choice)}>
          {texts.simulator.tabs[choice]}
        </button>
      ))}
    </nav>
  );
}
