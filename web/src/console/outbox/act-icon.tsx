import "../../shared/icons.css";

const PATHS = {
  send: "M4 20.5v-6.4l8.5-2.1L4 9.9V3.5L21 12z",
  emoji: "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM8.5 14.2q3.5 3.6 7 0M9 9.6h.01M15 9.6h.01",
  quick: "M13 3L5 13.5h6L10.5 21 19 10.5h-6z",
  suggest: "M12 4l1.9 5.1L19 11l-5.1 1.9L12 18l-1.9-5.1L5 11l5.1-1.9zM18.5 16.5v4M16.5 18.5h4",
  note: "M5 4h14v10l-5 6H5zM14 20v-6h5M9 9h6",
  take: "M8 12V5.5a1.5 1.5 0 0 1 3 0V11m0-.5v-6a1.5 1.5 0 0 1 3 0V11m0-4.5a1.5 1.5 0 0 1 3 0V15a6 6 0 0 1-6 6h-1a6 6 0 0 1-4.7-2.3L3.6 15c-.9-1.4 1-2.9 2.2-1.8L8 15",
  giveBack: "M9 14L4 9l5-5M4 9h10a6 6 0 0 1 0 12h-3",
  assign: "M10 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM3 20a7 7 0 0 1 11.5-5.4M18 14v6M15 17h6",
  snooze: "M12 21a8 8 0 1 0 0-16 8 8 0 0 0 0 16zM12 9v4l2.5 2M4 5l3-2.5M20 5l-3-2.5",
  close: "M4 12.5l5.5 5.5L20 6.5",
  reopen: "M4 12a8 8 0 1 0 2.5-5.8M4 4v4.5h4.5",
  tags: "M4 4h8l8.5 8.5-8 8L4 12zM8 8h.01",
  flag: "M5 21V4M5 4h13l-3 4.5 3 4.5H5",
  cross: "M6 6l12 12M18 6L6 18",
  stop: "M7 7h10v10H7z",
} as const;

export type ActIconName = keyof typeof PATHS;

/** Decorative icon of an act: the button around it carries the name. */
export function ActIcon({ name }: { name: ActIconName }) {
  return (
    <svg className="icon" viewBox="0 0 24 24" aria-hidden="true">
      <path d={PATHS[name]} />
    </svg>
  );
}
