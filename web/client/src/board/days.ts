/** Days of the calendar, as a board has them: 2026-11-30. Pure. */

/** Noon of that day where the reader is. */
export function instantOf(day: string): number {
  const [year = 1970, month = 1, date = 1] = day.split("-").map(Number);
  return new Date(year, month - 1, date, 12).getTime();
}
