import "./inbox.css";
import { useDeferredValue, useEffect, useMemo, useRef, useState } from "react";
import { useLocation, useSearch as useQuery } from "wouter";
import type { Settings } from "../../../../contracts/console/settings.ts";
import { useSession, useTenant } from "../client/session.tsx";
import { useTenantApi } from "../client/use-api.ts";
import type { ConversationProps } from "../outbox/conversation-props.ts";
import { useKeyed } from "../outbox/store.ts";
import { CustomerPanel } from "../panel/customer-panel.tsx";
import { useTexts } from "../shell/texts.ts";
import { useShortcut } from "../shell/use-shortcut.ts";
import { demoRemovals } from "../start/use-start.ts";
import { ListPane } from "./list-pane.tsx";
import { focusRow } from "./lists/focus-row.ts";
import { inboxApi } from "./state/calls.ts";
import { createInbox } from "./state/inbox.ts";
import { pathOf, placeOf } from "./state/paths.ts";
import { type InboxPage, InboxProvider, tagsOf, useInbox, useOpened } from "./state/use-inbox.tsx";
import { useLive } from "./state/use-live.ts";
import { Conversation } from "./thread/conversation.tsx";

/** Until the settings are there. */
const WAIT_TARGET_MIN = 10;
/** Widths on which the panes stand beside each other. */
const DESK = "(width >= 48rem)";
const WIDE_DESK = "(width >= 80rem)";

/** The inbox of one company. */
export function Inbox() {
  const { tenantId } = useTenant();
  const removals = useKeyed(demoRemovals, tenantId);
  return <InboxOf key={`${tenantId} ${removals}`} tenantId={tenantId} />;
}

function InboxOf({ tenantId }: { tenantId: string }) {
  const page = usePlace(tenantId);
  const { inbox, filter, openId } = page;
  useLive({ inbox, tenantId, filter, openId });
  return (
    <InboxProvider value={page}>
      <Panes />
    </InboxProvider>
  );
}

/** What the address says, and ways to other addresses. */
function usePlace(tenantId: string): InboxPage {
  const [path, go] = useLocation();
  const query = useQuery();
  const { me } = useSession();
  const { data: settings } = useTenantApi<Settings>("/settings");
  const inbox = useMemo(() => createInbox(inboxApi(tenantId)), [tenantId]);
  const waitTargetMin = settings?.waitTargetMin ?? WAIT_TARGET_MIN;
  return useMemo(() => {
    const base = `/${tenantId}`;
    const place = placeOf(path.slice(base.length), query);
    const { list, tag, conversationId } = place;
    return {
      inbox,
      operatorId: me.id,
      waitTargetMin,
      filter: { list, tag },
      openId: conversationId,
      hrefOf: (id) => base + pathOf({ ...place, conversationId: id }),
      listHref: (other, otherTag = tag) =>
        base + pathOf({ list: other, tag: otherTag, conversationId: null }),
      go,
    };
  }, [tenantId, inbox, me.id, waitTargetMin, path, query, go]);
}

function Panes() {
  const { inbox: words } = useTexts();
  const { openId, filter, listHref, go } = useInbox();
  const [panelOpen, setPanelOpen] = useState(() => matchMedia(WIDE_DESK).matches);
  const opened = useFocusOnOpened(openId);
  useTitle();
  const onBack = () => {
    if (panelOpen && !matchMedia(WIDE_DESK).matches) return setPanelOpen(false);
    if (!matchMedia(DESK).matches) go(listHref(filter.list));
    if (opened.current) requestAnimationFrame(() => focusRow(opened.current ?? ""));
  };
  const onPanel = () => setPanelOpen((last) => !last);
  useShortcut("panel", openId === null ? null : onPanel);
  useShortcut("back", openId === null ? null : onBack);
  const pane = openId === null ? "list" : panelOpen ? "panel" : "thread";
  return (
    <main
      className="inbox"
      id="main"
      tabIndex={-1}
      data-pane={pane}
      data-covers-tabs={openId === null ? undefined : ""}
    >
      <h1 className="unseen">{words.lists[filter.list]}</h1>
      <ListPane />
      <section className="conversation" aria-label={words.conversation}>
        {openId === null ? (
          <Choose />
        ) : (
          <Conversation id={openId} panelOpen={panelOpen} onBack={onBack} onPanel={onPanel} />
        )}
      </section>
      {openId !== null && panelOpen && <Panel id={openId} onClose={onPanel} />}
    </main>
  );
}

function Choose() {
  const { inbox } = useTexts();
  return (
    <div className="conversation-none">
      <p className="display">{inbox.empty.choose}</p>
      <p>{inbox.empty.chooseHint}</p>
    </div>
  );
}

function Panel({ id, onClose }: { id: string; onClose(): void }) {
  const { inbox: words, shell } = useTexts();
  const { inbox } = useInbox();
  // The thread is painted first. What was shown of another customer never stands beside it.
  const view = useDeferredValue(useOpened(id).view);
  const props: Omit<ConversationProps, "view"> = {
    onRow: (row) => inbox.rows([row]),
    onMessage: (message) => inbox.change(id, { messages: [message] }),
    onNote: (note) => inbox.change(id, { notes: [note] }),
    knownTags: () => tagsOf(inbox.get()),
  };
  return (
    <section className="panel-pane" aria-label={words.panel}>
      <header className="panel-head">
        <h2>{words.panel}</h2>
        <button type="button" className="panel-close" aria-label={shell.close} onClick={onClose}>
          ✕
        </button>
      </header>
      {view?.row.id === id && <CustomerPanel key={id} view={view} {...props} />}
    </section>
  );
}

/** Moves the focus to a conversation that was opened from its row, and remembers the row to go back to. */
function useFocusOnOpened(openId: string | null): React.RefObject<string | null> {
  const opened = useRef<string | null>(null);
  useEffect(() => {
    if (openId === null) return;
    opened.current = openId;
    if (!document.activeElement?.closest("[data-row]")) return;
    const name = () => document.getElementById("conversation-name");
    // The head is there at once for what is in memory, else with the first answer.
    name()?.focus({ preventScroll: true });
    const observer = new MutationObserver(() => {
      if (!name()) return;
      if (document.activeElement?.closest("[data-row]")) name()?.focus({ preventScroll: true });
      observer.disconnect();
    });
    const main = document.getElementById("main");
    if (main && !name()) observer.observe(main, { childList: true, subtree: true });
    return () => observer.disconnect();
  }, [openId]);
  return opened;
}

/** The list stands in the tab's title; names of customers do not. */
function useTitle(): void {
  const { inbox } = useTexts();
  const { filter } = useInbox();
  const { company } = useTenant();
  const title = `${inbox.lists[filter.list]} · ${company}`;
  useEffect(() => {
    document.title = title;
  }, [title]);
}
