/** The community that was begun in this browser, and whose owner has yet to see what to do next. */
export const NEXT_KEY = "kring.next";
