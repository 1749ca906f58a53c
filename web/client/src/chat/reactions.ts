import type { IconName } from "../kit/icons";
import type { Reaction } from "./message";

/** Four drawn icons, no emoji; each has its word in the catalogue as `react-…`. */
export const REACTION_ICONS: Record<Reaction, IconName> = { thanks: "heart", agree: "thumb", helps: "bulb", laugh: "laugh" };
