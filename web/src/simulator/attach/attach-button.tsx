import "./attach.css";
import { useRef, useState } from "react";
import type { ChatMediaType } from "../../../../contracts/chat.ts";
import type { Language } from "../../../../lib/types/company.ts";
import { Icon } from "../../shared/icons.tsx";
import { Menu } from "../../shared/overlay/menu.tsx";
import { usePage } from "../../shared/page.tsx";
import { useActions } from "../actions/actions.ts";
import { ATTACH_ITEMS, type AttachItem, acceptOf, mediaTypeOf } from "./attach-items.ts";

/** Button for everything but text: own files and samples. `language` is the customer's. */
export function AttachButton({ language }: { language: Language }) {
  const { texts } = usePage();
  const { open } = texts.simulator.attach;
  const actions = useActions();
  const [anchor, setAnchor] = useState<DOMRect | null>(null);
  const picker = useRef<HTMLInputElement>(null);
  const picking = useRef<readonly ChatMediaType[]>(["document"]);
  const choose = (item: AttachItem) => {
    if ("run" in item) return void item.run(actions, language);
    const input = picker.current;
    if (!input) return;
    picking.current = item.picks;
    input.accept = acceptOf(item.picks, actions.mediaLimits);
    input.value = "";
    input.click();
  };
  return (
    <>
      <button
        type="button"
        className="composer-attach"
        aria-label={open}
        title={open}
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
        aria-label={open}
        onChange={(event) => {
          const [file] = event.target.files ?? [];
          if (file) void actions.attach(mediaTypeOf(picking.current, file), file);
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
  const names = texts.simulator.attach;
  const { catalog } = useActions();
  const items = ATTACH_ITEMS.filter(({ name }) => name !== "cart" || catalog.length > 0);
  return (
    <Menu anchor={anchor} label={names.open} className="attach-menu" onClose={onClose}>
      {items.map((item) => (
        <button key={item.name} type="button" role="menuitem" tabIndex={-1} onClick={() => onChoose(item)}>
          <span className="attach-icon" data-kind={item.icon}>
            <Icon name={item.icon} />
          </span>
          {names[item.name]}
        </button>
      ))}
    </Menu>
  );
}
