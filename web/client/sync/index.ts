// What the page imports. The kinds' own commands and records (ChatPost, ChatMessage …) come from "./wire".
export { connect } from "./connect";
export type * from "./api";
export type { Command, Fact, Reason, Rec, Role, Scalar, State } from "./wire";
export { LIMITS, MOST_CHARACTERS } from "./wire";
