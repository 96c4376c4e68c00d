import type { Words } from '../ko/all.ts'
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

/** All words in English; a key that Korean has and this does not (or the other way round) does not compile. */
export const words: Words = {
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
