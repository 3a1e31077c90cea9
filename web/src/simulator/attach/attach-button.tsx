import "./attach.css";
import { useRef, useState } from "react";
import type { Language } from "../../../../lib/ports.ts";
import type { SimMediaType } from "../../api.ts";
import { usePage } from "../../shared/page.tsx";
import { type Acts, useActs } from "../acts.ts";
import { Icon } from "../icons.tsx";
import { MEDIA_KINDS } from "../media-kinds.ts";
import { Menu } from "../overlay/menu.tsx";
import { CONTACT, SAMPLE_FILES } from "../samples.ts";

type Name = Exclude<keyof ReturnType<typeof usePage>["texts"]["simulator"]["messages"]["attach"], "open">;

interface Item {
  name: Name;
  icon: Parameters<typeof Icon>[0]["name"];
  /** Opens the file picker for these types; otherwise `act` does it. */
  accept?: string;
  act?(acts: Acts, language: Language): unknown;
}

const { image, video, audio } = MEDIA_KINDS;
const ITEMS: readonly Item[] = [
  { name: "photo", icon: "image", accept: [...image.mimeTypes, ...video.mimeTypes].join() },
  { name: "document", icon: "document", accept: "*/*" },
  { name: "audio", icon: "audio", accept: [...audio.mimeTypes, ".ogg", ".opus"].join() },
  { name: "location", icon: "location", act: (acts) => acts.show({ kind: "places", replyTo: null }) },
  { name: "contact", icon: "contacts", act: (acts) => acts.write({ type: "contact", ...CONTACT }) },
  {
    name: "samplePhoto",
    icon: "image",
    act: async (acts) => acts.attach("image", await SAMPLE_FILES.photo()),
  },
  {
    name: "sampleDocument",
    icon: "document",
    act: async (acts) => acts.attach("document", await SAMPLE_FILES.receipt()),
  },
  {
    name: "sampleVoice",
    icon: "voice",
    act: async (acts, language) => acts.attach("voice", await SAMPLE_FILES.voice(language)),
  },
  {
    name: "sticker",
    icon: "sticker",
    act: async (acts) => acts.attach("sticker", await SAMPLE_FILES.sticker()),
  },
  { name: "unsupported", icon: "unsupported", act: (acts) => acts.write({ type: "unsupported" }) },
];

/** Everything but words: files of one's own, and samples that need none. `language` is the customer's. */
export function AttachButton({ language }: { language: Language }) {
  const { texts } = usePage();
  const words = texts.simulator.messages.attach;
  const acts = useActs();
  const [anchor, setAnchor] = useState<DOMRect | null>(null);
  const picker = useRef<HTMLInputElement>(null);
  const [picking, setPicking] = useState<Name>("document");
  const choose = ({ name, accept, act }: Item) => {
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
          if (file) void acts.attach(typeOf(picking, file), file);
        }}
      />
      {anchor && (
        <Menu anchor={anchor} label={words.open} className="attach-menu" onClose={() => setAnchor(null)}>
          {ITEMS.map((item) => (
            <button key={item.name} type="button" role="menuitem" tabIndex={-1} onClick={() => choose(item)}>
              <span className="attach-icon" data-kind={item.icon}>
                <Icon name={item.icon} />
              </span>
              {words[item.name]}
            </button>
          ))}
        </Menu>
      )}
    </>
  );
}

/** What a phone would make of the file: recordings in Opus are voice notes. */
function typeOf(picked: Name, file: File): SimMediaType {
  if (picked === "document") return "document";
  if (picked === "photo") return file.type.startsWith("video/") ? "video" : "image";
  return file.type.startsWith("audio/ogg") ? "voice" : "audio";
}
