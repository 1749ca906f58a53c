/** The name somebody went by last, so that they need not type it again. */
export const NAME_KEY = "kring.name";
/** As the server has it. */
export const MOST_IN_NAME = 40;
