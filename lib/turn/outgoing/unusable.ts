/** A reply that is no reply, so that the next rung of the ladder speaks; `code` is `reply_<reason>`. */
export class UnusableReplyError extends Error {
  readonly code: string;
  constructor(reason: string) {
    super(`The model gave no usable text (${reason}).`);
    this.name = "UnusableReplyError";
    this.code = `reply_${reason}`;
  }
}
