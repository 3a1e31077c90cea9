import "./act-bar.css";
import { lazy, Suspense, useEffect, useState } from "react";
import { useMay, useSession } from "../client/session.tsx";
import { ActIcon } from "../outbox/act-icon.tsx";
import type { ConversationProps } from "../outbox/conversation-props.ts";
import { useCommands } from "../shell/commands.ts";
import { keyCaps, SHORTCUTS } from "../shell/shortcuts.ts";
import { useTexts } from "../shell/texts.ts";
import { useToasts } from "../shell/toasts.tsx";
import { useShortcut } from "../shell/use-shortcut.ts";
import type { DialogName } from "./act-dialog.tsx";
import { type ActEntry, type ActKey, actsFor } from "./acts-for.ts";
import { useAct } from "./use-act.ts";
import { useTakenNotice } from "./use-taken-notice.ts";

const ActDialog = lazy(() => import("./act-dialog.tsx").then((m) => ({ default: m.ActDialog })));

/** Acts that ask for more first; the others are calls. */
const DIALOGS = {
  giveBack: "giveBack",
  assign: "assign",
  snooze: "snooze",
  tags: "tags",
} as const satisfies Partial<Record<ActKey, DialogName>>;

type CallingAct = Exclude<ActKey, keyof typeof DIALOGS>;

const opensDialog = (key: ActKey): key is keyof typeof DIALOGS => key in DIALOGS;

/** Buttons for what an operator may do with the open conversation; the same acts by key and in the palette. */
export function ActBar(props: ConversationProps) {
  const mayAct = useMay("agent");
  useTakenNotice(props.view.row);
  return mayAct ? <Bar key={props.view.row.id} {...props} /> : null;
}

function Bar(props: ConversationProps) {
  const { row } = props.view;
  const { acts: words } = useTexts().composer;
  const { me } = useSession();
  const [dialog, setDialog] = useState<DialogName | null>(null);
  const { doing, run } = useRun(props, setDialog);
  const entries = actsFor(row, me.id);
  const nameOf = ({ act }: ActEntry) =>
    act === "takeFrom" ? words.takeFrom(row.assignee?.name ?? "") : words[act];
  useKeys(entries, run);
  useCommands(
    entries.map((entry) => ({
      id: entry.act,
      label: nameOf(entry),
      shortcut: entry.shortcut,
      run: () => run(entry.act),
    })),
  );
  return (
    <div className="act-bar" role="toolbar" aria-label={words.label}>
      {entries.map((entry) => (
        <button
          key={entry.act}
          type="button"
          className="act"
          data-act={entry.act}
          data-first={entry.main ? "" : undefined}
          aria-label={nameOf(entry)}
          aria-busy={doing === entry.act}
          disabled={doing !== null && !opensDialog(entry.act)}
          title={titleOf(nameOf(entry), entry)}
          onClick={() => run(entry.act)}
        >
          <ActIcon name={entry.icon} />
          <span>{nameOf(entry)}</span>
        </button>
      ))}
      {dialog && (
        <Suspense>
          <ActDialog name={dialog} onClose={() => setDialog(null)} {...props} />
        </Suspense>
      )}
    </div>
  );
}

function titleOf(name: string, { shortcut }: ActEntry): string {
  return `${name} (${keyCaps(SHORTCUTS[shortcut].keys).join(" ")})`;
}

/**
 * Runs acts one at a time; those that need more to be said open their dialog at once. What is pressed while another is
 * on its way is done after it: the row that shows it as possible can arrive before the answer does.
 */
function useRun(props: ConversationProps, open: (dialog: DialogName) => void) {
  const { row } = props.view;
  const { acts: words } = useTexts().composer;
  const act = useAct(props);
  const toasts = useToasts();
  const [doing, setDoing] = useState<CallingAct | null>(null);
  const [next, setNext] = useState<CallingAct | null>(null);
  const close = async () => {
    if (!(await act("close"))) return false;
    toasts.show({ text: words.closed, action: { label: words.undo, run: () => void act("reopen") } });
    return true;
  };
  const doIt: Record<CallingAct, () => Promise<boolean>> = {
    take: () => act("take"),
    takeFrom: () => act("take", { from: row.assignee?.id ?? null }),
    wake: () => act("snooze", { until: null }),
    close,
    reopen: () => act("reopen"),
    unflag: () => act("unflag"),
  };
  const start = async (key: CallingAct) => {
    setNext(null);
    setDoing(key);
    const done = await doIt[key]();
    // What was pressed in the belief that it would be done is not.
    if (!done) setNext(null);
    setDoing(null);
  };
  const { me } = useSession();
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when the one before is done.
  useEffect(() => {
    if (doing !== null || next === null) return;
    if (actsFor(row, me.id).some((entry) => entry.act === next)) void start(next);
    else setNext(null);
  }, [doing, next]);
  const run = (key: ActKey): void => {
    if (opensDialog(key)) open(DIALOGS[key]);
    else if (doing === null) void start(key);
    else if (doing !== key) setNext(key);
  };
  return { doing, run };
}

/** The keys of the acts that are possible now. */
function useKeys(entries: readonly ActEntry[], run: (act: ActKey) => void): void {
  const handler = (...acts: ActKey[]) => {
    const entry = entries.find(({ act }) => acts.includes(act));
    return entry ? () => run(entry.act) : null;
  };
  useShortcut("take", handler("take", "takeFrom"));
  useShortcut("giveBack", handler("giveBack"));
  useShortcut("assign", handler("assign"));
  useShortcut("snooze", handler("snooze", "wake"));
  useShortcut("close", handler("close", "reopen"));
  useShortcut("tag", handler("tags"));
  useShortcut("unflag", handler("unflag"));
}
