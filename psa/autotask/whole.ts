export type Row = Readonly<Record<string, unknown>>;

/** Completes rows; what is no object stays as it is, for the reader to reject. */
export const whole =
  (complete: (row: Row) => Row) =>
  (row: unknown): unknown =>
    typeof row === 'object' && row !== null ? complete(row as Row) : row;
