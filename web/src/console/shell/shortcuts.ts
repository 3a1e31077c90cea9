/** ★ Every shortcut of the console; the sheet (`?`) is made from this table, its words are `shell.shortcuts` in the texts. */
export const SHORTCUTS = {
  palette: { group: "everywhere", keys: "mod+k" },
  help: { group: "everywhere", keys: "?" },
  goInbox: { group: "everywhere", keys: "g i" },
  goKnowledge: { group: "everywhere", keys: "g k" },
  goCompany: { group: "everywhere", keys: "g o" },
  goPlayground: { group: "everywhere", keys: "g p" },
  goTeam: { group: "everywhere", keys: "g t" },
  goQuickReplies: { group: "everywhere", keys: "g q" },
  goRatings: { group: "everywhere", keys: "g r" },
  goInsight: { group: "everywhere", keys: "g d" },
  goSettings: { group: "everywhere", keys: "g s" },
  goAudit: { group: "everywhere", keys: "g l" },
  search: { group: "inbox", keys: "/" },
  next: { group: "inbox", keys: "j" },
  previous: { group: "inbox", keys: "k" },
  open: { group: "inbox", keys: "Enter" },
  back: { group: "inbox", keys: "Escape" },
  goWaiting: { group: "inbox", keys: "g w" },
  goMine: { group: "inbox", keys: "g m" },
  goBot: { group: "inbox", keys: "g b" },
  goSnoozed: { group: "inbox", keys: "g z" },
  goFlagged: { group: "inbox", keys: "g f" },
  goClosed: { group: "inbox", keys: "g c" },
  goAll: { group: "inbox", keys: "g a" },
  take: { group: "conversation", keys: "t" },
  giveBack: { group: "conversation", keys: "b" },
  assign: { group: "conversation", keys: "a" },
  snooze: { group: "conversation", keys: "z" },
  close: { group: "conversation", keys: "e" },
  tag: { group: "conversation", keys: "l" },
  unflag: { group: "conversation", keys: "f" },
  settle: { group: "conversation", keys: "s" },
  message: { group: "conversation", keys: "m" },
  note: { group: "conversation", keys: "n" },
  panel: { group: "conversation", keys: "i" },
  write: { group: "writing", keys: "r" },
  send: { group: "writing", keys: "Enter" },
  newLine: { group: "writing", keys: "shift+Enter" },
  leaveBox: { group: "writing", keys: "Escape" },
  suggest: { group: "writing", keys: "mod+j" },
  quickReplies: { group: "writing", keys: "mod+/" },
  attach: { group: "writing", keys: "mod+u" },
  emoji: { group: "writing", keys: "mod+." },
  record: { group: "writing", keys: "v" },
  template: { group: "writing", keys: "p" },
} as const satisfies Record<string, { group: ShortcutGroup; keys: string }>;

export type ShortcutGroup = "everywhere" | "inbox" | "conversation" | "writing";
export type ShortcutName = keyof typeof SHORTCUTS;

/** `mod` is ⌘ on Apple's machines, Ctrl elsewhere. */
const isApple = /Mac|iP(hone|ad|od)/.test(navigator.platform);

/** Caps of a key combination: `mod+k` is `["Ctrl", "K"]`, `g i` is `["G", "I"]`. */
export function keyCaps(keys: string): string[] {
  const names: Record<string, string> = {
    mod: isApple ? "⌘" : "Ctrl",
    shift: "⇧",
    Enter: "⏎",
    Escape: "Esc",
  };
  return keys.split(/[+ ]/).map((key) => names[key] ?? key.toUpperCase());
}

/** True when the pressed key, with its modifiers, is `keys` (one combination). */
export function matches(event: KeyboardEvent, keys: string): boolean {
  const parts = keys.split("+");
  const key = parts.at(-1) ?? "";
  const mod = isApple ? event.metaKey : event.ctrlKey;
  const otherMod = isApple ? event.ctrlKey : event.metaKey;
  if (mod !== parts.includes("mod") || otherMod || event.altKey) return false;
  // What Shift makes of a key (`?`, `/`) differs between keyboards: only letters and named keys compare it.
  const compared = /^([a-z]|\w{2,})$/i.test(key);
  if (compared && event.shiftKey !== parts.includes("shift")) return false;
  return event.key.toLowerCase() === key.toLowerCase();
}
