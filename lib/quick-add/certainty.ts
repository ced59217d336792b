/** Where a phrase must stand to be taken rather than offered, from never to anywhere. */
export const NEVER = 0;
/** Behind "on", "by" or "due". */
export const CUED = 1;
export const AT_END = 2;
export const AT_ENDS = 3;
export const SURE = 4;

export type Certainty = 0 | 1 | 2 | 3 | 4;
