import type { SimState } from "../../contracts/simulator.ts";
import type { Database } from "../../db/client.ts";
import type { Graph } from "../graph/server.ts";

/** Settings and services of the simulator. */
export interface SimulatorOptions {
  graph: Graph;
  database: Database;
  phoneNumberId: string;
  accessToken: string;
  apiVersion: string;
  appSecret: string;
  /** The bot's webhook, known once the server listens. */
  webhookUrl: () => string;
  /** Key for browsers on other machines; null when they cannot reach the server. */
  key: string | null;
  /** What the company's carts are filled from. */
  catalog: SimState["company"]["catalog"];
  model: { offline: boolean; intent: string; reply: string };
  handBack: (conversationId: string) => Promise<unknown>;
  onError: (error: unknown) => void;
}
