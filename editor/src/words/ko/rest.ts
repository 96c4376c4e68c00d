import { audience } from './audience.ts'
import { control } from './control.ts'
import { editor } from './editor.ts'
import { events } from './events.ts'
import { fold } from './fold.ts'
import { forms } from './forms.ts'
import { guards } from './guards.ts'
import { imports } from './imports.ts'
import { launch } from './launch.ts'
import { marks } from './marks.ts'
import { outbox } from './outbox.ts'
import { outline } from './outline.ts'
import { ready } from './ready.ts'
import { run } from './run.ts'
import { runs } from './runs.ts'
import { saved } from './saved.ts'
import { tableQuery } from './table-query.ts'
import { versions } from './versions.ts'

/** 다른 화면을 처음 열 때 불러오는 낱말. */
export const rest = {
  audience,
  control,
  editor,
  events,
  fold,
  forms,
  guards,
  imports,
  launch,
  marks,
  outbox,
  outline,
  ready,
  run,
  runs,
  saved,
  tableQuery,
  versions,
}
