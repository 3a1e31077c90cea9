import { type Fields, fieldOf, fieldsOf, idOf, phoneOf, textOf, timestampOf } from "../../../json/lenient.ts";
import { canonicalPhone } from "../../../phone/spellings.ts";
import type { IdentityChange } from "../../../types/inbound.ts";
import type { OwnedChange } from "./change.ts";
import { userIdOf } from "./contacts.ts";
import { typeOf } from "./words.ts";

type Names = IdentityChange["phone"];

/** Reads one item of `user_id_update`; a string says why it cannot be used. */
export function readIdentityUpdate(item: unknown, change: OwnedChange): IdentityChange | string {
  const update = fieldsOf(item);
  const ids = fieldsOf(fieldOf(update, "user_id"));
  const userId = {
    previous: idOf(fieldOf(ids, "previous")),
    current:
      idOf(fieldOf(ids, "current")) ?? idOf(fieldOf(update, "user_id")) ?? userIdOf(fieldOf(update, "wa_id")),
  };
  // Meta names the customer's current phone here without saying whether it is new.
  const phone = { previous: null, current: phoneOf(fieldOf(update, "wa_id")) };
  return changeOf(phone, userId, update, change) ?? "identity change that names nobody new";
}

/** Identity change in a `system` message (a new phone or user id); null when there is none. */
export function identityChangeOf(item: unknown, change: OwnedChange): IdentityChange | null {
  const message = fieldsOf(item);
  if (typeOf(message) !== "system") return null;
  const system = fieldsOf(fieldOf(message, "system"));
  const notice = namesInWords(system);
  const phone = {
    previous: phoneOf(fieldOf(message, "from")) ?? phoneOf(fieldOf(system, "customer")),
    current: phoneOf(fieldOf(system, "wa_id")) ?? phoneOf(fieldOf(system, "new_wa_id")),
  };
  return changeOf(
    { ...phone, previous: phone.previous ?? previousIn(notice, phone.current, phoneOf) },
    userIdsIn(system, idOf(fieldOf(message, "from_user_id")) ?? userIdOf(fieldOf(message, "from")), notice),
    message,
    change,
  );
}

/**
 * Since August 2026 Meta names the previous user id; before, only the message or the words of the notice did. The parent's
 * id is the last resort, because customers are stored under their own.
 */
function userIdsIn(system: Fields, sender: string | null, notice: NoticeIds | null): Names {
  const current =
    idOf(fieldOf(system, "user_id")) ??
    userIdOf(fieldOf(system, "wa_id")) ??
    userIdOf(fieldOf(system, "new_wa_id"));
  const previous =
    idOf(fieldOf(system, "previous_user_id")) ??
    sender ??
    userIdOf(fieldOf(system, "customer")) ??
    previousIn(notice, current, idOf) ??
    idOf(fieldOf(system, "previous_parent_user_id"));
  return { previous, current };
}

interface NoticeIds {
  previous: string;
  current: string;
}

/** Identity change; null unless the phone or the user id is new. Another spelling of the same phone is not. */
function changeOf(phone: Names, userId: Names, at: Fields, change: OwnedChange): IdentityChange | null {
  const isNew = ({ previous, current }: Names) => current !== null && current !== previous;
  const newPhone = isNew({ previous: lineOf(phone.previous), current: lineOf(phone.current) });
  if (!newPhone && !isNew(userId)) return null;
  return {
    phoneNumberId: change.phoneNumberId,
    phone,
    userId,
    timestampMs: timestampOf(fieldOf(at, "timestamp"), change.nowMs),
  };
}

const lineOf = (phone: string | null): string | null => (phone === null ? null : canonicalPhone(phone));

/**
 * Ids in the words of a notice, `User … changed from X to Y`. Only the end is read, because the customer chooses the name
 * before it.
 */
function namesInWords(system: Fields): NoticeIds | null {
  const body = textOf(fieldOf(system, "body"), 2_048) ?? "";
  const [, previous, current] = / changed from (\S{1,200}) to (\S{1,200})$/.exec(body.trimEnd()) ?? [];
  return previous === undefined || current === undefined ? null : { previous, current };
}

function previousIn(
  notice: NoticeIds | null,
  current: string | null,
  read: (value: unknown) => string | null,
): string | null {
  return notice !== null && current !== null && read(notice.current) === current
    ? read(notice.previous)
    : null;
}
