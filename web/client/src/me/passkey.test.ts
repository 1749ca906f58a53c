import { expect, test } from "vitest";
import { bytes, text } from "./passkey";

test("bytes come back as they went", () => {
  const every = Uint8Array.from({ length: 256 }, (_, nth) => nth);
  expect([...bytes(text(every.buffer))]).toEqual([...every]);
  expect(text(new ArrayBuffer(0))).toBe("");
});
