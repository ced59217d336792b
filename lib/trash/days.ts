/** How long the trash keeps what is in it. */
export const TRASH_DAYS = 30;
