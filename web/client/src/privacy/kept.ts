/** How long this Kring keeps what, as its server says. Days. */
export interface Kept {
  readonly mail: boolean;
  readonly sign_in_days: number;
  readonly copy_days: number;
  /** Null: for ever. */
  readonly transcript_days: number | null;
}
