import "./emoji-picker.css";
import { type KeyboardEvent, useEffect, useLayoutEffect, useRef, useState } from "react";
import { usePage } from "../../../shared/page.tsx";
import { useTexts } from "../../shell/texts.ts";
import { type Emoji, type EmojiGroup, findEmoji } from "./emoji.ts";

const GROUPS: readonly EmojiGroup[] = ["faces", "hands", "things", "signs"];
const GAP_PX = 8;

interface Props {
  /** Position of the button that opened it. */
  anchor: DOMRect;
  onChoose(emoji: string): void;
  onClose(): void;
}

/** Small picker: arrow keys move, Enter chooses, Escape closes, words in three languages find. */
export function EmojiPicker({ anchor, onChoose, onClose }: Props) {
  const { emoji: words } = useTexts().composer;
  const box = useRef<HTMLDivElement>(null);
  const [typed, setTyped] = useState("");
  const found = findEmoji(typed);
  usePopover(box, anchor, onClose);
  const choose = (emoji: string) => {
    onClose();
    onChoose(emoji);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Escape") onClose();
    if (event.key === "Enter" && event.target instanceof HTMLInputElement) {
      event.preventDefault();
      if (typed !== "" && found[0]) choose(found[0].emoji);
    }
    step(event, box.current);
    // Not a key of the page or of the form around it.
    event.stopPropagation();
  };
  return (
    <div
      popover="manual"
      ref={box}
      className="emoji-picker"
      role="dialog"
      aria-label={words.open}
      onKeyDown={onKeyDown}
    >
      <input
        type="search"
        value={typed}
        placeholder={words.search}
        aria-label={words.search}
        onChange={(event) => setTyped(event.target.value)}
      />
      <div className="emoji-groups">
        {GROUPS.map((group) => (
          <Group
            key={group}
            name={words.groups[group]}
            emoji={found.filter((one) => one.group === group)}
            onChoose={choose}
          />
        ))}
        {found.length === 0 && <p role="status">{words.none}</p>}
      </div>
    </div>
  );
}

function Group({
  name,
  emoji,
  onChoose,
}: {
  name: string;
  emoji: readonly Emoji[];
  onChoose(emoji: string): void;
}) {
  const { language } = usePage();
  if (emoji.length === 0) return null;
  return (
    <section aria-label={name}>
      <h3>{name}</h3>
      <div className="emoji-grid">
        {emoji.map((one) => (
          <button
            key={one.emoji}
            type="button"
            aria-label={`${one.emoji} ${one.words[language]}`}
            title={one.words[language]}
            onClick={() => onChoose(one.emoji)}
          >
            {one.emoji}
          </button>
        ))}
      </div>
    </section>
  );
}

/** Shows it near its button, gives it the focus and back, and closes it by a click elsewhere. */
function usePopover(box: { current: HTMLDivElement | null }, anchor: DOMRect, onClose: () => void): void {
  const close = useRef(onClose);
  useEffect(() => {
    close.current = onClose;
  });
  useLayoutEffect(() => {
    const picker = box.current;
    const before = document.activeElement;
    if (!picker) return;
    picker.showPopover();
    const { width, height } = picker.getBoundingClientRect();
    const left = Math.max(GAP_PX, Math.min(anchor.left, window.innerWidth - width - GAP_PX));
    const above = anchor.top - height - GAP_PX;
    const below = Math.min(anchor.bottom + GAP_PX, window.innerHeight - height - GAP_PX);
    picker.style.left = `${left}px`;
    picker.style.top = `${Math.max(GAP_PX, above >= GAP_PX ? above : below)}px`;
    picker.querySelector("input")?.focus();
    const outside = ({ target }: Event) => {
      if (target instanceof Node && !picker.contains(target)) close.current();
    };
    document.addEventListener("pointerdown", outside);
    return () => {
      document.removeEventListener("pointerdown", outside);
      if (before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true });
    };
  }, [box, anchor]);
}

/** Moves the focus between the emoji by what is seen: left and right by one, up and down by a row. */
function step(event: KeyboardEvent, box: HTMLDivElement | null): void {
  const buttons = [...(box?.querySelectorAll<HTMLElement>(".emoji-grid button") ?? [])];
  const at = buttons.indexOf(document.activeElement as HTMLElement);
  const inField = event.target instanceof HTMLInputElement;
  if (inField && event.key !== "ArrowDown") return;
  const to = targetOf(event.key, buttons, at);
  if (!to) return;
  event.preventDefault();
  to.focus();
}

function targetOf(key: string, buttons: HTMLElement[], at: number): HTMLElement | undefined {
  if (at < 0) return key === "ArrowDown" ? buttons[0] : undefined;
  if (key === "ArrowRight") return buttons[at + 1];
  if (key === "ArrowLeft") return buttons[at - 1];
  const here = buttons[at]?.getBoundingClientRect();
  if (!here || (key !== "ArrowDown" && key !== "ArrowUp")) return undefined;
  const down = key === "ArrowDown";
  const others = down ? buttons.slice(at + 1) : buttons.slice(0, at).reverse();
  return others.find((button) => {
    const place = button.getBoundingClientRect();
    const otherRow = down ? place.top > here.top + 4 : place.top < here.top - 4;
    return otherRow && (down ? place.left >= here.left - 4 : place.left <= here.left + 4);
  });
}
