import type { Words } from '../ko/all.ts'
import { editor } from './editor.ts'
import { forms } from './forms.ts'
import { frame } from './frame.ts'
import { parts } from './parts.ts'
import { screens } from './screens.ts'
import { states } from './states.ts'

/** All words in English; a key that Korean has and this does not (or the other way round) does not compile. */
export const words: Words = { editor, forms, frame, parts, screens, states }
