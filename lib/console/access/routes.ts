import type { ConsoleDeps } from "../http/deps.ts";
import type { Route } from "../http/route.ts";
import { acceptInvitation, lookAtInvitation } from "./invitation.ts";
import { changePassword, endOtherSessions, endSession, listSessions, saveProfile, signOut } from "./own.ts";
import { meOf } from "./session.ts";
import { signIn } from "./sign-in.ts";

/** Coming in, and what belongs to the person rather than to a company. */
export const ACCESS_ROUTES: readonly Route<ConsoleDeps>[] = [
  { method: "POST", path: "/sign-in", access: "public", handle: signIn },
  { method: "POST", path: "/invitations/look", access: "public", handle: lookAtInvitation },
  { method: "POST", path: "/invitations/accept", access: "public", handle: acceptInvitation },
  { method: "GET", path: "/session", access: "session", handle: ({ who }) => Response.json(meOf(who)) },
  { method: "POST", path: "/sign-out", access: "session", handle: signOut },
  { method: "GET", path: "/sessions", access: "session", handle: listSessions },
  { method: "POST", path: "/sessions/:id/end", access: "session", handle: endSession },
  { method: "POST", path: "/sessions/end-others", access: "session", handle: endOtherSessions },
  { method: "POST", path: "/password", access: "session", handle: changePassword },
  { method: "POST", path: "/profile", access: "session", handle: saveProfile },
];
