import "./icons.css";

const PATHS = {
  attach: "M12 5v14M5 12h14",
  image: "M4 5h16v14H4zM4 16l4.5-4.5 4 4 3-3L20 17M15.5 9.2h.01",
  document: "M7 3h7l4 4v14H7zM14 3v4h4M10 12h5M10 16h5",
  voice: "M12 3a3 3 0 0 0-3 3v5a3 3 0 0 0 6 0V6a3 3 0 0 0-3-3zM6 11a6 6 0 0 0 12 0M12 17v4",
  audio:
    "M9 18V6l10-2v12M9 18a2.5 2.5 0 1 1-5 0 2.5 2.5 0 0 1 5 0zM19 16a2.5 2.5 0 1 1-5 0 2.5 2.5 0 0 1 5 0z",
  video: "M4 6h11v12H4zM15 10.5l5-3v9l-5-3",
  location:
    "M12 21s7-6.2 7-11a7 7 0 1 0-14 0c0 4.8 7 11 7 11zM12 12.4a2.4 2.4 0 1 0 0-4.8 2.4 2.4 0 0 0 0 4.8z",
  cart: "M3 4h3l2.4 11h9.2L20 8H7M9.5 19.5h.01M16.5 19.5h.01",
  contacts: "M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4.5 20a7.5 7.5 0 0 1 15 0",
  sticker: "M5 4h14v10l-5 6H5zM14 20v-6h5M9 9.5h.01M14 9.5h.01M9 13q2.5 2 5 0",
  unsupported:
    "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM9.6 9.5a2.5 2.5 0 1 1 3.4 2.4c-.6.3-1 .8-1 1.6M12 17h.01",
  reply: "M10 6l-6 6 6 6M4 12h9a7 7 0 0 1 7 7",
  more: "M6 9l6 6 6-6",
  list: "M9 6h11M9 12h11M9 18h11M4 6h.01M4 12h.01M4 18h.01",
  link: "M14 4h6v6M20 4l-9 9M18 14v6H4V6h6",
  flow: "M6 4h12v16H6zM9 8h6M9 12h6M9 16h3",
  template: "M4 5h16v14H4zM4 9h16M8 13h8M8 16h5",
  form: "M6 4h12v16H6zM9 12l2 2 4-4",
  play: "M8 5l11 7-11 7z",
  pause: "M8 5v14M16 5v14",
} as const;

export type IconName = keyof typeof PATHS;

/** Decorative icon: the text or button around it carries the meaning. */
export function Icon({ name }: { name: IconName }) {
  return (
    <svg className="icon" viewBox="0 0 24 24" aria-hidden="true">
      <path d={PATHS[name]} />
    </svg>
  );
}
