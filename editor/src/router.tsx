import { createRootRoute, createRoute, createRouter } from '@tanstack/react-router'
import { lazy } from 'react'
import { CrashScreen } from './frame/crash-screen.tsx'
import { Frame } from './frame/frame.tsx'
import { UnknownScreen } from './frame/unknown-screen.tsx'
import { ScreenSkeleton } from './parts/screen-skeleton.tsx'
import { readText } from './frame/search-text.ts'
import { laterPage, laterScreen } from './parts/later-screen.ts'

const HomeScreen = lazy(async () => ({ default: (await import('./screens/home/home-screen.tsx')).HomeScreen }))
// With dock and panel: a browser never asks again for code that did not come once, and a server that goes away must not break the screen
// that holds a draft.
const EditorScreen = laterScreen(async () => (await import('./screens/editor/editor-screen.tsx')).EditorScreen)
const WorkflowRunsScreen = laterScreen(
  async () => (await import('./screens/workflow-runs/workflow-runs-screen.tsx')).WorkflowRunsScreen,
)
const VersionsScreen = laterScreen(async () => (await import('./screens/versions/versions-screen.tsx')).VersionsScreen)
const RunsScreen = laterScreen(async () => (await import('./screens/runs/runs-screen.tsx')).RunsScreen)
const RunScreen = laterScreen(async () => (await import('./screens/run/run-screen.tsx')).RunScreen)
const OutboxScreen = laterScreen(async () => (await import('./screens/outbox/outbox-screen.tsx')).OutboxScreen)
const DataScreen = laterPage(async () => (await import('./screens/data/data-screen.tsx')).DataScreen)
const NewConnectionScreen = laterPage(async () => (await import('./screens/data/new-connection-screen.tsx')).NewConnectionScreen)
const ConnectionScreen = laterPage(async () => (await import('./screens/data/connection-screen.tsx')).ConnectionScreen)
const ListScreen = laterPage(async () => (await import('./screens/data/list-screen.tsx')).ListScreen)
const TotalsScreen = laterPage(async () => (await import('./screens/totals/totals-screen.tsx')).TotalsScreen)
const SchedulesScreen = laterPage(async () => (await import('./screens/schedules/schedules-screen.tsx')).SchedulesScreen)
const ExamplesScreen = laterPage(async () => (await import('./screens/examples/examples-screen.tsx')).ExamplesScreen)
const PeopleScreen = laterPage(async () => (await import('./screens/people/people-screen.tsx')).PeopleScreen)
const SettingsScreen = laterPage(async () => (await import('./screens/settings/settings-screen.tsx')).SettingsScreen)
const StartStepsScreen = laterPage(async () => (await import('./screens/start-steps/start-steps-screen.tsx')).StartStepsScreen)
const StartListScreen = laterPage(async () => (await import('./screens/start-list/start-list-screen.tsx')).StartListScreen)

const root = createRootRoute({ component: Frame, notFoundComponent: UnknownScreen, errorComponent: CrashScreen })
const getParentRoute = () => root

const home = createRoute({ getParentRoute, path: '/', component: HomeScreen })

const examples = createRoute({ getParentRoute, path: '/examples', component: ExamplesScreen })

/** `view`: `steps` folds the graph into three plain steps, `welcome` does so for somebody who is here for the first time; else the canvas. */
const editor = createRoute({
  getParentRoute,
  path: '/workflows/$id',
  validateSearch: (search) => readText(search, ['view']),
  component: function Editor() {
    return <EditorScreen workflowId={editor.useParams().id} view={editor.useSearch().view} />
  },
})

const workflowRuns = createRoute({
  getParentRoute,
  path: '/workflows/$id/runs',
  validateSearch: (search) => readText(search, ['state']),
  component: function WorkflowRuns() {
    return <WorkflowRunsScreen workflowId={workflowRuns.useParams().id} />
  },
})

/** `version`: the one that is looked at (a number, or `draft`); `base`: the one that it is compared with. */
const versions = createRoute({
  getParentRoute,
  path: '/workflows/$id/versions',
  validateSearch: (search) => readText(search, ['version', 'base']),
  component: function Versions() {
    return <VersionsScreen workflowId={versions.useParams().id} />
  },
})

const runs = createRoute({
  getParentRoute,
  path: '/runs',
  validateSearch: (search) => readText(search, ['state', 'workflowId']),
  component: RunsScreen,
})

/** `view` is `flow` or `people`; `state`, `node`, `address` filter the table; `message` is the one whose "why" is open. */
const run = createRoute({
  getParentRoute,
  path: '/runs/$id',
  validateSearch: (search) => readText(search, ['view', 'state', 'node', 'address', 'message']),
  component: function Run() {
    return <RunScreen runId={run.useParams().id} />
  },
})

/** Of one run or one exact address; `person` is the open conversation. */
const outbox = createRoute({
  getParentRoute,
  path: '/outbox',
  validateSearch: (search) => readText(search, ['runId', 'address', 'state', 'person']),
  component: OutboxScreen,
})

/** Days, both included, as YYYY-MM-DD; without them the last 30. */
const totals = createRoute({
  getParentRoute,
  path: '/totals',
  validateSearch: (search) => readText(search, ['from', 'to']),
  component: TotalsScreen,
})

const data = createRoute({ getParentRoute, path: '/data', component: DataScreen })

const newConnection = createRoute({
  getParentRoute,
  path: '/data/new',
  validateSearch: (search) => readText(search, ['kind']),
  component: NewConnectionScreen,
})

/** `new`: it was just made, and its tables are what comes next. */
const connection = createRoute({
  getParentRoute,
  path: '/data/$id',
  validateSearch: (search) => readText(search, ['new']),
  component: function OneConnection() {
    return <ConnectionScreen connectionId={connection.useParams().id} />
  },
})

const list = createRoute({
  getParentRoute,
  path: '/data/lists/$id',
  component: function OneList() {
    return <ListScreen listId={list.useParams().id} />
  },
})

/** `from`: a day of the first week that is shown. */
const schedules = createRoute({
  getParentRoute,
  path: '/schedules',
  validateSearch: (search) => readText(search, ['from']),
  component: SchedulesScreen,
})

/** From a spreadsheet to messages. `workflow`: the one that was made of it; `step`: `people`, `message` or `send`. */
const startList = createRoute({
  getParentRoute,
  path: '/start/list',
  validateSearch: (search) => readText(search, ['workflow', 'step']),
  component: StartListScreen,
})

/** Without the canvas. `workflow`: the one that was begun; `step`: `message`, `audience`, `mapping` or `send`. */
const startSteps = createRoute({
  getParentRoute,
  path: '/start/steps',
  validateSearch: (search) => readText(search, ['workflow', 'step']),
  component: StartStepsScreen,
})

/** `address`: whose history is shown; `message`: the one whose "why" is open. */
const people = createRoute({
  getParentRoute,
  path: '/people',
  validateSearch: (search) => readText(search, ['address', 'message']),
  component: PeopleScreen,
})

const settings = createRoute({ getParentRoute, path: '/settings', component: SettingsScreen })

/** Every address of the editor; screens are loaded when first opened. */
export const router = createRouter({
  routeTree: root.addChildren([
    home,
    examples,
    editor,
    workflowRuns,
    versions,
    runs,
    run,
    totals,
    outbox,
    data,
    newConnection,
    connection,
    list,
    schedules,
    people,
    settings,
    startList,
    startSteps,
  ]),
  // The frame scrolls, not the page: a new screen begins at its top, going back finds the old place.
  scrollRestoration: true,
  scrollToTopSelectors: ['#screen'],
  defaultPendingComponent: ScreenSkeleton,
  defaultErrorComponent: CrashScreen,
  defaultNotFoundComponent: UnknownScreen,
})

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}
