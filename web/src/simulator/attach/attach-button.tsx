import "./attach.css";
import { useRef, useState } from "react";
import type { Language } from "../../../../lib/types/company.ts";
import { usePage } from "../../shared/page.tsx";
import { useActs } from "../acts.ts";
import { Icon } from "../icons.tsx";
import { Menu } from "../overlay/menu.tsx";
import { ATTACH_ITEMS, type AttachItem, mediaTypeOf } from "./attach-items.ts";

/** Everything but words: files of one's own, and samples that need none. `language` is the customer's. */
export function AttachButton({ language }: { language: Language }) {
  const { texts } = usePage();
  const words = texts.simulator.messages.attach;
  const acts = useActs();
  const [anchor, setAnchor] = useState<DOMRect | null>(null);
  const picker = useRef<HTMLInputElement>(null);
  const [picking, setPicking] = useState<AttachItem["name"]>("document");
  const choose = ({ name, accept, act }: AttachItem) => {
    if (act) return void act(acts, language);
    const input = picker.current;
    if (!input || accept === undefined) return;
    setPicking(name);
    input.accept = accept;
    input.value = "";
    input.click();
  };
  return (
    <>
      <button
        type="button"
        className="composer-attach"
        aria-label={words.open}
        title={words.open}
        aria-haspopup="menu"
        aria-expanded={anchor !== null}
        onClick={(event) => setAnchor(event.currentTarget.getBoundingClientRect())}
      >
        <Icon name="attach" />
      </button>
      <input
        ref={picker}
        type="file"
        hidden
        aria-label={words.open}
        onChange={(event) => {
          const [file] = event.target.files ?? [];
          if (file) void acts.attach(mediaTypeOf(picking, file), file);
        }}
      />
      {anchor && <AttachMenu anchor={anchor} onChoose={choose} onClose={() => setAnchor(null)} />}
    </>
  );
}

interface MenuProps {
  anchor: DOMRect;
  onChoose(item: AttachItem): void;
  onClose(): void;
}

function AttachMenu({ anchor, onChoose, onClose }: MenuProps) {
  const { texts } = usePage();
  const words = texts.simulator.messages.attach;
  return (
    <Menu anchor={anchor} label={words.open} className="attach-menu" onClose={onClose}>
      {ATTACH_ITEMS.map((item) => (
        <button key={item.name} type="button" role="menuitem" tabIndex={-1} onClick={() => onChoose(item)}>
          <span className="attach-icon" data-kind={item.icon}>
            <Icon name={item.icon} />
          </span>
          {words[item.name]}
        </button>
      ))}
    </Menu>
  );
}
