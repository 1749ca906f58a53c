// What the page imports. The kinds' own commands and records (ChatPost, ChatMessage …) come from "./wire".
export type * from "./api";
export type { Command, Fact, Reason, Rec, Role, Scalar, State } from "./wire";
export { LIMITS, MOST_CHARACTERS } from "./wire";

import type { Kring, Options } from "./api";

export declare function connect(options: Options): Kring;
