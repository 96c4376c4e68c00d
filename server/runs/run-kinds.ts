// The column `kind` of workflow_run, where one kind differs from the others; 0 is an ordinary run.

/** A test: its messages go to addresses of its own. */
export const TEST = 1

/** Always open: it takes events and single sends as they come, each with a time of its own. */
export const EVENTS = 2
