import { audience } from './audience.ts'
import { catalog } from './catalog.ts'
import { control } from './control.ts'
import { data } from './data.ts'
import { editor } from './editor.ts'
import { events } from './events.ts'
import { examples } from './examples.ts'
import { fold } from './fold.ts'
import { forms } from './forms.ts'
import { guards } from './guards.ts'
import { imports } from './imports.ts'
import { launch } from './launch.ts'
import { lists } from './lists.ts'
import { marks } from './marks.ts'
import { outbox } from './outbox.ts'
import { outline } from './outline.ts'
import { people } from './people.ts'
import { privacy } from './privacy.ts'
import { ready } from './ready.ts'
import { run } from './run.ts'
import { runs } from './runs.ts'
import { saved } from './saved.ts'
import { schedules } from './schedules.ts'
import { settings } from './settings.ts'
import { startList } from './start-list.ts'
import { startSteps } from './start-steps.ts'
import { totals } from './totals.ts'
import { versions } from './versions.ts'

/** 다른 화면을 처음 열 때 불러오는 낱말. */
export const rest = {
  audience,
  catalog,
  control,
  data,
  editor,
  events,
  examples,
  fold,
  forms,
  guards,
  imports,
  launch,
  lists,
  marks,
  outbox,
  outline,
  people,
  privacy,
  ready,
  run,
  runs,
  saved,
  schedules,
  settings,
  startList,
  startSteps,
  totals,
  versions,
}
