import type { ConversationPage, ConversationRow } from "../../../contracts/console/inbox.ts";
import { shownPhone } from "../../phone/shown.ts";
import type { StoredListPage, StoredRow } from "../../types/console/inbox.ts";

/** A row as pages show it. */
export function shownRow<Row extends StoredRow>(row: Row): Row & ConversationRow {
  return { ...row, phone: row.phone === null ? null : shownPhone(row.phone) };
}

/** A page of a list as pages show it. */
export const shownPage = ({ rows, next }: StoredListPage): ConversationPage => ({
  rows: rows.map((row) => shownRow(row)),
  next,
});
