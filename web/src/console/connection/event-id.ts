/** Event ids of the live stream: `<time>-<transaction>`, for a hidden tab with more behind it. Only their order is read here. */

/** True when `left` is a place before `right`. */
export const isBefore = (left: string, right: string): boolean => transactionOf(left) < transactionOf(right);

const transactionOf = (id: string): number => Number(id.split("-")[1]?.split(".")[0] ?? Number.NaN);
