/** English texts of the console's inbox. */
export const inbox = {};
