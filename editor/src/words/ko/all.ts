import { control } from './control.ts'
import { data } from './data.ts'
import { editor } from './editor.ts'
import { events } from './events.ts'
import { forms } from './forms.ts'
import { frame } from './frame.ts'
import { guards } from './guards.ts'
import { home } from './home.ts'
import { notices } from './notices.ts'
import { outbox } from './outbox.ts'
import { parts } from './parts.ts'
import { run } from './run.ts'
import { runs } from './runs.ts'
import { screens } from './screens.ts'
import { settings } from './settings.ts'
import { states } from './states.ts'
import { totals } from './totals.ts'

/** 한국어 낱말 전부. 영어(en/all.ts)는 같은 모양이어야 컴파일돼요. */
export const words = {
  control,
  data,
  editor,
  events,
  forms,
  frame,
  guards,
  home,
  notices,
  outbox,
  parts,
  run,
  runs,
  screens,
  settings,
  states,
  totals,
}
export type Words = typeof words
