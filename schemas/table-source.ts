/** The step that picks people from tables. Its statement is ours, of what was chosen: the editor may look at its first rows by itself. */
export const TABLE_SOURCE = 'table-source'
