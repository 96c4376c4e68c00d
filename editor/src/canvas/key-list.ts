/** `Ctrl`, or ⌘ where keyboards have it. */
const COMMAND = /Mac|iPhone|iPad/.test(navigator.platform) ? '⌘' : 'Ctrl'

/** Every key of the canvas as the list of keys shows it; `key` is the name of its words and of its act (canvas-keys.ts). */
export const KEYS = [
  { key: 'add', keys: ['N'] },
  { key: 'note', keys: ['Shift', 'N'] },
  { key: 'walk', keys: ['←', '→'] },
  { key: 'branch', keys: ['↑', '↓'] },
  { key: 'nudge', keys: ['Shift', '← ↑ ↓ →'] },
  { key: 'open', keys: ['Enter'] },
  { key: 'remove', keys: ['Del'] },
  { key: 'link', keys: ['C'] },
  { key: 'outline', keys: ['O'] },
  { key: 'copy', keys: [COMMAND, 'C'] },
  { key: 'cut', keys: [COMMAND, 'X'] },
  { key: 'paste', keys: [COMMAND, 'V'] },
  { key: 'duplicate', keys: [COMMAND, 'D'] },
  { key: 'all', keys: [COMMAND, 'A'] },
  { key: 'group', keys: [COMMAND, 'G'] },
  { key: 'ungroup', keys: [COMMAND, 'Shift', 'G'] },
  { key: 'foldGroup', keys: ['Shift', 'F'] },
  { key: 'align', keys: ['Alt', 'A H D · W V S'] },
  { key: 'spread', keys: ['Alt', 'Shift', 'H · V'] },
  { key: 'tidy', keys: ['Alt', 'Shift', 'T'] },
  { key: 'undo', keys: [COMMAND, 'Z'] },
  { key: 'redo', keys: [COMMAND, 'Shift', 'Z'] },
  { key: 'until', keys: ['Shift', 'Enter'] },
  { key: 'run', keys: [COMMAND, 'Enter'] },
  { key: 'fold', keys: ['F'] },
  { key: 'find', keys: [COMMAND, 'K'] },
  { key: 'escape', keys: ['Esc'] },
  { key: 'help', keys: ['?'] },
] as const

export type KeyName = (typeof KEYS)[number]['key']
