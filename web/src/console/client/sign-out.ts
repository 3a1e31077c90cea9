import { api } from "./api.ts";

/** Ends the session and leaves every page, so that nothing of it stays in memory. */
export async function signOut(): Promise<void> {
  await api("/sign-out", { body: {} });
  location.assign("/console/sign-in");
}
