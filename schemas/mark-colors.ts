/** Colours of what people draw around and beside steps. Apart from the schemas: the editor needs the names and no schema. */
export const MARK_COLORS = ['yellow', 'blue', 'green', 'violet', 'gray'] as const
