import type { PublicPage } from "../../http/public/page.ts";
import type { MediaSource } from "../../media/file/fetch.ts";
import type { PdfText } from "../../media/pdf/ask-text.ts";
import type { Log } from "../../telemetry/log.ts";
import type { AlertList } from "../../types/alerts.ts";
import type { Channel } from "../../types/channel.ts";
import type { Clock } from "../../types/clock.ts";
import type { Accounts, Invitations, Passwords, Sessions } from "../../types/console/access.ts";
import type { Acts } from "../../types/console/acts.ts";
import type { AuditLog } from "../../types/console/audit.ts";
import type { ConversationFigures } from "../../types/console/conversation-figures.ts";
import type { CustomerActs } from "../../types/console/customer-acts.ts";
import type { InboxReader, InboxSearch } from "../../types/console/inbox.ts";
import type { Live } from "../../types/console/live.ts";
import type { HelperCosts, Rates } from "../../types/console/money.ts";
import type { Outbox } from "../../types/console/outbox.ts";
import type { Playground } from "../../types/console/playground.ts";
import type { QuickReplies } from "../../types/console/quick-replies.ts";
import type { Overview } from "../../types/console/ratings.ts";
import type { SettingsStore } from "../../types/console/settings.ts";
import type { Suggester } from "../../types/console/suggest.ts";
import type { CompanySystems } from "../../types/console/systems.ts";
import type { Team } from "../../types/console/team.ts";
import type { Templates } from "../../types/console/templates.ts";
import type { Throttle } from "../../types/console/throttle.ts";
import type { TurnReader } from "../../types/console/turns.ts";
import type { Drafts, Trials, Versions } from "../../types/console/versions.ts";
import type { FileStore } from "../../types/media.ts";
import type { Metrics } from "../../types/metrics.ts";
import type { RecordsOf } from "../../types/tools.ts";
import type { GuessReader } from "../../types/turn/guesses.ts";

/** What the console's routes need. */
export interface ConsoleDeps {
  log: Log;
  clock: Pick<Clock, "now">;
  /** Where people reach the console, when it is configured. */
  publicUrl: string | null;
  /** The caller's address as the platform knows it, whatever headers say; null when it does not. */
  clientAddress(request: Request): string | null;
  throttle: Throttle;
  passwords: Passwords;
  accounts: Accounts;
  invitations: Invitations;
  team: Team;
  sessions: Sessions;
  settings: SettingsStore;
  overview: Overview;
  audit: AuditLog;
  acts: Acts;
  customerActs: CustomerActs;
  inbox: InboxReader;
  outbox: Outbox;
  templates: Templates;
  quickReplies: QuickReplies;
  upload: Channel["upload"];
  /** Largest file that this host lets through, in bytes. */
  maxUploadBytes: number;
  /** Has what waits to be sent in a conversation sent, in the background. */
  deliver(conversationId: string): void;
  /** Tells hidden pages, in the background, that other customers wait now. */
  queueChanged(tenantId: string): void;
  search: InboxSearch;
  /** Files at Meta. */
  media: MediaSource;
  /** Archive of files; null without one. */
  fileStore: FileStore | null;
  records: RecordsOf;
  /** What companies' own systems are called with. */
  systems: CompanySystems;
  suggester: Suggester;
  playground: Playground;
  turns: TurnReader;
  versions: Versions;
  drafts: Drafts;
  /** Text of a PDF that an operator gives. */
  pdfText: PdfText;
  /** A page of the web, from public addresses only. */
  publicPage: PublicPage;
  /** The company as it would be with a version or a draft. */
  trials: Trials;
  live: Live;
  /** Counters of the insight pages. */
  metrics: Metrics;
  /** Meta's prices. */
  rates: Rates;
  helperCosts: HelperCosts;
  conversationFigures: ConversationFigures;
  alerts: AlertList;
  guesses: Pick<GuessReader, "agreement">;
  /** What guesses of the local classifier are for. */
  intentLocal: "off" | "shadow" | "on";
  /** Where the team reads docs/runbook.md; null: unknown. */
  runbookUrl: string | null;
}
