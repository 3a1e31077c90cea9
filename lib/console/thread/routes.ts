import type { ConversationView, OrdersView } from "../../../contracts/console/thread.ts";
import type { StoredView } from "../../types/console/inbox.ts";
import type { ConsoleDeps } from "../http/deps.ts";
import type { Route, TenantCall } from "../http/route.ts";
import { idIn, isUuid, notFound } from "../inbox/query.ts";
import { shownRow } from "../inbox/row.ts";
import { shownCustomer } from "./customer.ts";
import { fileResponse } from "./file.ts";
import { shownMessages, type Thread } from "./message.ts";
import { ordersOf } from "./orders.ts";

/** One conversation and all around it. */
export const THREAD_ROUTES: readonly Route<ConsoleDeps>[] = [
  {
    method: "GET",
    path: "/t/:tenant/conversations/:id",
    access: "viewer",
    audit: "conversation.open",
    readWhileWritten: true,
    handle: async (call) => {
      const { viewer, thread } = asked(call);
      const view = await call.deps.inbox.open(viewer, thread.conversationId);
      if (!view) throw notFound();
      return Response.json(shownView(view, thread));
    },
  },
  {
    method: "GET",
    path: "/t/:tenant/conversations/:id/messages",
    access: "viewer",
    audit: "conversation.open",
    readWhileWritten: true,
    handle: async (call) => {
      const { viewer, thread } = asked(call);
      const before = call.query.get("before") ?? "";
      if (!isUuid(before)) throw notFound();
      const page = await call.deps.inbox.older(viewer, thread.conversationId, before);
      if (!page) throw notFound();
      return Response.json(shownMessages(page, thread));
    },
  },
  {
    method: "GET",
    path: "/t/:tenant/conversations/:id/orders",
    access: "viewer",
    audit: "conversation.orders",
    handle: async (call) => {
      const { viewer, thread } = asked(call);
      const customer = await call.deps.inbox.customer(viewer, thread.conversationId);
      if (!customer) throw notFound();
      return Response.json((await ordersOf(call.tenantId, customer, call.deps)) satisfies OrdersView);
    },
  },
  {
    method: "GET",
    path: "/t/:tenant/conversations/:id/files/:message",
    access: "viewer",
    audit: "conversation.file",
    handle: async (call) => {
      const { viewer, thread } = asked(call);
      const stored = await call.deps.inbox.file(viewer, thread.conversationId, idIn(call.params, "message"));
      if (!stored) throw notFound();
      return fileResponse(stored, call.request.headers.get("range"), call.deps);
    },
  },
];

function asked({ tenantId, who, params }: TenantCall<ConsoleDeps>) {
  const thread: Thread = { tenantId, conversationId: idIn(params, "id") };
  return { viewer: { tenantId, operatorId: who.operatorId }, thread };
}

const shownView = ({ row, customer, ...view }: StoredView, thread: Thread): ConversationView => ({
  ...view,
  ...shownMessages(view, thread),
  row: shownRow(row),
  customer: shownCustomer(customer),
});
