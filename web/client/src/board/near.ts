/** Which of many things under each other are near what one sees. Only those are drawn; the others are room. Pure. */

/** Things `from` … `to` - 1, with so many px of room above and below them. */
export interface Near {
  readonly from: number;
  readonly to: number;
  readonly above: number;
  readonly below: number;
}

/** Whatever touches `top` … `bottom`, in px from where the first begins, and what lies between that and the `held` one
 * (-1: none); at least one thing, where there are any. */
export function near(heights: readonly number[], top: number, bottom: number, held = -1): Near {
  const whole = heights.reduce((sum, height) => sum + height, 0);
  const first = held < 0 ? heights.length - 1 : Math.min(held, heights.length - 1);
  let [from, above] = [0, 0];
  while (from < first && above + (heights[from] ?? 0) <= top) above += heights[from++] ?? 0;
  let [to, end] = [from, above];
  do end += heights[to++] ?? 0;
  while (to < heights.length && (end < bottom || to <= held));
  return { from, to: Math.min(to, heights.length), above, below: Math.max(0, whole - end) };
}
