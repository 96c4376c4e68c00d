import { editor } from './editor.ts'
import { forms } from './forms.ts'
import { frame } from './frame.ts'
import { parts } from './parts.ts'
import { screens } from './screens.ts'
import { states } from './states.ts'

/** 한국어 낱말 전부. 영어(en/all.ts)는 같은 모양이어야 컴파일돼요. */
export const words = { editor, forms, frame, parts, screens, states }
export type Words = typeof words
