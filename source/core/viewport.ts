/** The terminal's size in cells, as a value. */
export type Viewport = Readonly<{columns: number; rows: number}>;
