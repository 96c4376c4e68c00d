/** Keys belong to what a person types in, not to the screen. */
export function typesSomewhere(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    target.closest(
      'input, textarea, select, dialog, [contenteditable="true"], .monaco-editor, [role="listbox"], [role="dialog"]',
    ) !== null
  )
}
