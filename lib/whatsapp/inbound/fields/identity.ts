import { type Fields, fieldsOf, idOf, own, phoneOf, textOf, timestampOf } from "../../../json/lenient.ts";
import type { IdentityChange } from "../../../types/inbound.ts";
import type { OwnedChange } from "./change.ts";
import { typeOf } from "./words.ts";

type Names = IdentityChange["phone"];

/** One item of `user_id_update`; a string says why it cannot be used. */
export function readIdentityUpdate(item: unknown, change: OwnedChange): IdentityChange | string {
  const update = fieldsOf(item);
  const ids = fieldsOf(own(update, "user_id"));
  const userId = {
    previous: idOf(own(ids, "previous")),
    current: idOf(own(ids, "current")) ?? idOf(own(update, "user_id")),
  };
  // The phone that Meta names here is the one the person has now; it does not say whether it is new.
  const phone = { previous: null, current: phoneOf(own(update, "wa_id")) };
  return changeOf(phone, userId, update, change) ?? "identity change that names nobody new";
}

/** The change that a `system` message tells of (a new phone, a new user id); null when it tells of none. */
export function identityChangeOf(item: unknown, change: OwnedChange): IdentityChange | null {
  const message = fieldsOf(item);
  if (typeOf(message) !== "system") return null;
  const system = fieldsOf(own(message, "system"));
  const told = namesInWords(system);
  const phone = {
    previous: phoneOf(own(message, "from")) ?? phoneOf(own(system, "customer")),
    current: phoneOf(own(system, "wa_id")) ?? phoneOf(own(system, "new_wa_id")),
  };
  return changeOf(
    { ...phone, previous: phone.previous ?? previousIn(told, phone.current, phoneOf) },
    userIdsIn(system, idOf(own(message, "from_user_id")), told),
    message,
    change,
  );
}

/**
 * Since August 2026 Meta names the previous user id; before that it stood in the message or in the words of the notice
 * alone. The parent's is the last resort: people are known by their own.
 */
function userIdsIn(system: Fields, sender: string | null, told: Told | null): Names {
  const current = idOf(own(system, "user_id"));
  const previous =
    idOf(own(system, "previous_user_id")) ??
    sender ??
    previousIn(told, current, idOf) ??
    idOf(own(system, "previous_parent_user_id"));
  return { previous, current };
}

interface Told {
  previous: string;
  current: string;
}

/** Null unless at least one of the two is new. */
function changeOf(phone: Names, userId: Names, at: Fields, change: OwnedChange): IdentityChange | null {
  const isNew = ({ previous, current }: Names) => current !== null && current !== previous;
  if (!isNew(phone) && !isNew(userId)) return null;
  return {
    phoneNumberId: change.phoneNumberId,
    phone,
    userId,
    timestampMs: timestampOf(own(at, "timestamp"), change.nowMs),
  };
}

/**
 * The names in the words of a notice, `User … changed from X to Y`. Only the end is read: what stands before it is a
 * name that the person has chosen.
 */
function namesInWords(system: Fields): Told | null {
  const body = textOf(own(system, "body"), 2_048) ?? "";
  const [, previous, current] = / changed from (\S{1,200}) to (\S{1,200})$/.exec(body.trimEnd()) ?? [];
  return previous === undefined || current === undefined ? null : { previous, current };
}

function previousIn(
  told: Told | null,
  current: string | null,
  read: (value: unknown) => string | null,
): string | null {
  return told !== null && current !== null && read(told.current) === current ? read(told.previous) : null;
}
