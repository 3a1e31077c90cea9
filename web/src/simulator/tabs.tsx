import { usePage } from "../shared/page.tsx";

/** Pane on a small screen; wide screens show both. */
export type Tab = "chat" | "turn";

/** Switch between the two panes on small screens. */
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
