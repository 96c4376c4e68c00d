import { createRootRoute, createRoute, createRouter } from '@tanstack/react-router'
import { lazy } from 'react'
import { CrashScreen } from './frame/crash-screen.tsx'
import { Frame } from './frame/frame.tsx'
import { UnknownScreen } from './frame/unknown-screen.tsx'
import { ScreenSkeleton } from './parts/screen-skeleton.tsx'
import { readText } from './frame/search-text.ts'

const HomeScreen = lazy(async () => ({ default: (await import('./screens/home/home-screen.tsx')).HomeScreen }))
const EditorScreen = lazy(async () => ({ default: (await import('./screens/editor/editor-screen.tsx')).EditorScreen }))
const WorkflowRunsScreen = lazy(async () => ({
  default: (await import('./screens/workflow-runs/workflow-runs-screen.tsx')).WorkflowRunsScreen,
}))
const RunsScreen = lazy(async () => ({ default: (await import('./screens/runs/runs-screen.tsx')).RunsScreen }))
const RunScreen = lazy(async () => ({ default: (await import('./screens/run/run-screen.tsx')).RunScreen }))
const OutboxScreen = lazy(async () => ({ default: (await import('./screens/outbox/outbox-screen.tsx')).OutboxScreen }))
const DataScreen = lazy(async () => ({ default: (await import('./screens/data/data-screen.tsx')).DataScreen }))
const NewConnectionScreen = lazy(async () => ({
  default: (await import('./screens/data/new-connection-screen.tsx')).NewConnectionScreen,
}))
const ConnectionScreen = lazy(async () => ({
  default: (await import('./screens/data/connection-screen.tsx')).ConnectionScreen,
}))
const TotalsScreen = lazy(async () => ({ default: (await import('./screens/totals/totals-screen.tsx')).TotalsScreen }))
const SettingsScreen = lazy(async () => ({
  default: (await import('./screens/settings/settings-screen.tsx')).SettingsScreen,
}))

const root = createRootRoute({ component: Frame, notFoundComponent: UnknownScreen, errorComponent: CrashScreen })
const getParentRoute = () => root

const home = createRoute({ getParentRoute, path: '/', component: HomeScreen })

const editor = createRoute({
  getParentRoute,
  path: '/workflows/$id',
  component: function Editor() {
    return <EditorScreen workflowId={editor.useParams().id} />
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

const connection = createRoute({
  getParentRoute,
  path: '/data/$id',
  component: function OneConnection() {
    return <ConnectionScreen connectionId={connection.useParams().id} />
  },
})

const settings = createRoute({ getParentRoute, path: '/settings', component: SettingsScreen })

/** Every address of the editor; screens are loaded when first opened. */
export const router = createRouter({
  routeTree: root.addChildren([home, editor, workflowRuns, runs, run, totals, outbox, data, newConnection, connection, settings]),
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
