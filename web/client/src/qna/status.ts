/** How a status looks; its word is in the catalogue as `status-…`. */
import type { IconName } from "../kit/icons";
import type { Status } from "./question";

export const LOOKS: Readonly<Record<Status, { icon: IconName; look: string }>> = {
  review: { icon: "st-review", look: "review" },
  open: { icon: "st-open", look: "open" },
  stage: { icon: "st-stage", look: "stage" },
  answered: { icon: "st-answered", look: "answered" },
  follow_up: { icon: "st-follow", look: "follow" },
  declined: { icon: "st-declined", look: "declined" },
  withdrawn: { icon: "st-withdrawn", look: "withdrawn" },
};
