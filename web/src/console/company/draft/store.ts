import type { Changes, CompanyView, Draft, DraftKept } from "../../../../../contracts/console/versions.ts";
import { ApiError, api, isPassing } from "../../client/api.ts";
import { tenantPath } from "../../client/use-api.ts";

/** Whether what was typed is on the server. `elsewhere`: another tab has changed the draft. */
export type Keeping = "kept" | "keeping" | "failed" | "elsewhere";

export interface Editing {
  view: CompanyView | null;
  error: unknown;
  keeping: Keeping;
}

const PAUSE_MS = 700;
const RETRY_MS = 3_000;

/** The draft of one company: shared by its pages, kept on the server a moment after each change. */
export class DraftStore {
  readonly #tenantId: string;
  #state: Editing = { view: null, error: null, keeping: "kept" };
  #isDirty = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #saving: Promise<void> = Promise.resolve();
  readonly #listeners = new Set<() => void>();

  constructor(tenantId: string) {
    this.#tenantId = tenantId;
  }

  get = (): Editing => this.#state;

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Reads the company and the draft; what was typed meanwhile is newer than what the server has. */
  async load(): Promise<void> {
    try {
      const view = await api<CompanyView>(this.#path("/company"));
      const own = this.#isDirty || this.#state.keeping === "elsewhere" ? this.#state.view?.draft : null;
      this.#set({ view: own ? { ...view, draft: own } : view, error: null });
    } catch (error) {
      this.#set({ error });
    }
  }

  edit(change: (changes: Changes) => Changes): void {
    this.#change((draft) => ({ ...draft, changes: change(draft.changes) }));
  }

  /** Takes what is live now as the ground of the draft: the conflicts were decided. */
  decided(): void {
    this.#change((draft) => ({ ...draft, basedOn: this.#state.view?.live ?? null }), { conflicts: [] });
  }

  /** Resolves when all that was typed is kept, or cannot be. */
  flush(): Promise<void> {
    clearTimeout(this.#timer);
    this.#saving = this.#saving.then(() => this.#keep());
    return this.#saving;
  }

  /** Loads the other tab's draft, or puts this one in its place. */
  async settle(which: "this" | "other"): Promise<void> {
    const own = this.#state.view?.draft;
    this.#isDirty = false;
    this.#set({ keeping: "kept" });
    await this.load();
    if (which === "this" && own) this.edit(() => own.changes);
  }

  async discard(): Promise<void> {
    clearTimeout(this.#timer);
    await this.#saving;
    await api(this.#path("/draft/discard"), { body: {} });
    this.#isDirty = false;
    this.#set({ keeping: "kept" });
    await this.load();
  }

  readonly #path = (path: string): string => tenantPath(this.#tenantId, path);

  #set(change: Partial<Editing>): void {
    this.#state = { ...this.#state, ...change };
    for (const listener of this.#listeners) listener();
  }

  #change(next: (draft: Draft) => Draft, more: Partial<CompanyView> = {}): void {
    const { view, keeping } = this.#state;
    if (!view) return;
    this.#isDirty = true;
    const draft = view.draft ?? { basedOn: view.live, revision: 0, changes: {}, updatedAt: Date.now() };
    this.#set({ view: { ...view, ...more, draft: next(draft) } });
    if (keeping === "elsewhere") return;
    this.#set({ keeping: "keeping" });
    this.#schedule(PAUSE_MS);
  }

  #schedule(ms: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.flush(), ms);
  }

  async #keep(): Promise<void> {
    const draft = this.#state.view?.draft;
    if (!draft || !this.#isDirty || this.#state.keeping === "elsewhere") return;
    this.#isDirty = false;
    try {
      const { revision, basedOn, changes } = draft;
      const kept = await api<DraftKept>(this.#path("/draft"), { body: { revision, basedOn, changes } });
      this.#kept(kept);
    } catch (error) {
      this.#isDirty = true;
      if (error instanceof ApiError && error.code === "draft_changed") this.#set({ keeping: "elsewhere" });
      else {
        this.#set({ keeping: "failed", error: isPassing(error) ? null : error });
        this.#schedule(RETRY_MS);
      }
    }
  }

  /** What was typed while it was kept stays, on top of the new revision. */
  #kept({ draft, problems }: DraftKept): void {
    const { view } = this.#state;
    if (!view) return;
    const typed = this.#isDirty && view.draft ? view.draft : draft;
    this.#set({
      view: { ...view, problems, draft: { ...typed, revision: draft.revision } },
      keeping: this.#isDirty ? "keeping" : "kept",
      error: null,
    });
  }
}

const stores = new Map<string, DraftStore>();

/** The store of a company's draft; the same for all pages. */
export function draftStore(tenantId: string): DraftStore {
  const known = stores.get(tenantId) ?? new DraftStore(tenantId);
  stores.set(tenantId, known);
  return known;
}
