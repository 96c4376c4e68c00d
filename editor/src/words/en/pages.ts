import { catalog } from './catalog.ts'
import { data } from './data.ts'
import { examples } from './examples.ts'
import { lists } from './lists.ts'
import { people } from './people.ts'
import { privacy } from './privacy.ts'
import { schedules } from './schedules.ts'
import { settings } from './settings.ts'
import { startList } from './start-list.ts'
import { startSteps } from './start-steps.ts'
import { totals } from './totals.ts'

/** Words that are loaded when a screen apart from the editor is first opened: data, schedules, totals, settings. */
export const pages = { catalog, data, examples, lists, people, privacy, schedules, settings, startList, startSteps, totals }
