import type { Database } from "../../db/client.ts";
import type { Graph } from "../graph/server.ts";

/** What the simulator needs of the platform around it. */
export interface SimulatorOptions {
  graph: Graph;
  database: Database;
  phoneNumberId: string;
  accessToken: string;
  apiVersion: string;
  appSecret: string;
  /** The bot's own webhook, known once the server listens. */
  webhookUrl: () => string;
  /** Asked of browsers that are not on this machine; null: the server cannot be reached from others. */
  key: string | null;
  model: { offline: boolean; intent: string; reply: string };
  handBack: (conversationId: string) => Promise<unknown>;
  onError: (error: unknown) => void;
}
