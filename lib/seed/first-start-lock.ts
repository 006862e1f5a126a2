/** Number of the advisory lock under which a first start makes what an empty installation lacks. */
export const FIRST_START_LOCK = 7_410_233_002n
