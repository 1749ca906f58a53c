const PLAIN = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
const DISGUISED = [..."åƀçđéƒĝĥîĵķļɱñöþǫŕšţûṽŵẋýžÅƁÇĐÉƑĜĤÎĴĶĻṀÑÖÞǪŔŠŢÛṼŴẊÝŽ"];
const LETTERS = new Map([...PLAIN].map((letter, i) => [letter, DISGUISED[i] ?? letter]));

/** Readable English in which no plain letter is left. */
export function pseudo(text: string): string {
  return text.replace(/[a-zA-Z]/g, (letter) => LETTERS.get(letter) ?? letter);
}
