/** A reply that cannot be sent: the next rung of the ladder answers. `code` is `reply_<reason>`. */
export class UnusableReplyError extends Error {
  readonly code: string;
  constructor(reason: string) {
    super(`The model gave no usable text (${reason}).`);
    this.name = "UnusableReplyError";
    this.code = `reply_${reason}`;
  }
}
