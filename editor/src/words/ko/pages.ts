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

/** 데이터, 일정, 합계, 설정처럼 편집기와 따로 있는 화면을 처음 열 때 불러오는 낱말. */
export const pages = { catalog, data, examples, lists, people, privacy, schedules, settings, startList, startSteps, totals }
