/** English texts of settings, quick replies and ratings. */
export const settings = {};
