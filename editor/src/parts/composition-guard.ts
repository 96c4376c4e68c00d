/**
 * Is this key part of composing a syllable? While Hangul composes, Enter and arrows belong to the input method, and a
 * shortcut letter is half a syllable: every key handler asks this first. `keyCode` 229 is how Safari and some
 * Windows input methods say it on the very key that ends the composition, when `isComposing` is already false.
 */
export function isComposing(event: Pick<KeyboardEvent, 'isComposing' | 'keyCode'>): boolean {
  return event.isComposing || event.keyCode === 229
}
