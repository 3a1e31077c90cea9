/** English texts of the console's composer. */
export const composer = {};
