import {
  IconCirclePlus,
  IconDatabase,
  IconDatabasePlus,
  IconFileSpreadsheet,
  IconMessageCircle,
  IconPlayerPlay,
  IconSitemap,
  IconListNumbers,
  IconTableImport,
  IconUsers,
  type TablerIcon,
} from '@tabler/icons-react'
import type { LinkProps } from '@tanstack/react-router'
import type { Found } from '#schemas/api/find.ts'
import { findKorean } from '#schemas/korean-search.ts'
import { readAddress } from '#editor/parts/read-address.ts'

/** Where an entry leads. `new-workflow` makes one first. */
export type Way = { readonly kind: 'link'; readonly link: LinkProps } | { readonly kind: 'new-workflow' }

/** A line of the finder. */
export interface Entry {
  /** Unique within the list. */
  readonly key: string
  readonly icon: TablerIcon
  readonly title: string
  /** `[start, end)` of the found part in characters of the title; null: nothing to mark. */
  readonly match: readonly [number, number] | null
  readonly detail: {
    readonly text?: string
    readonly at?: string | null
    readonly runState?: string
    readonly messageState?: string
  }
  readonly way: Way
}

export interface Group {
  readonly key: 'places' | 'actions' | 'workflows' | 'runs' | 'lists' | 'connections' | 'messages'
  readonly entries: readonly Entry[]
  /** There are more than are listed. */
  readonly more: boolean
}

/** A screen or an action by the name that the rail or its button gives it. */
export interface Named {
  readonly key: string
  readonly icon: TablerIcon
  readonly title: string
  readonly way: Way
}

const link = (way: LinkProps): Way => ({ kind: 'link', link: way })
const matchOf = ([from = 0, to = 0]: readonly number[]): readonly [number, number] => [from, to]

/** Those whose name has the text; all where there is none. */
export function namedEntries(named: readonly Named[], text: string): Entry[] {
  return named.flatMap(({ key, icon, title, way }) => {
    const match = findKorean(title, text)
    return match ? [{ key, icon, title, match: match[1] > match[0] ? match : null, detail: {}, way }] : []
  })
}

export const actions = (names: { workflow: string; steps: string; list: string; connection: string }): Named[] => [
  { key: 'new-workflow', icon: IconCirclePlus, title: names.workflow, way: { kind: 'new-workflow' } },
  { key: 'steps', icon: IconListNumbers, title: names.steps, way: link({ to: '/start/steps', search: {} }) },
  { key: 'paste-list', icon: IconTableImport, title: names.list, way: link({ to: '/start/list', search: {} }) },
  { key: 'new-connection', icon: IconDatabasePlus, title: names.connection, way: link({ to: '/data/new' }) },
]

export interface FoundNames {
  /** A run by its workflow and number. */
  readonly run: (workflow: string, number: number) => string
  /** Everything that one address got. */
  readonly all: (address: string) => string
  readonly channel: (channel: string) => string
}

/** What the server found, as lines: the person first, then the newest messages, since who types a whole number looks for somebody. */
export function foundGroups(found: Found, { text, names }: { text: string; names: FoundNames }): Group[] {
  const address = readAddress(text)
  const messages = found.messages.map((message): Entry => {
    const who = message.person.name ?? message.person.address ?? ''
    const of = `${names.run(message.workflowName, message.runNumber)} · ${names.channel(message.channel)}`
    return {
      key: `message ${message.id}`,
      icon: IconMessageCircle,
      title: who,
      match: null,
      detail: { text: of, at: message.at, messageState: message.state },
      way: link({ to: '/runs/$id', params: { id: message.runId }, search: { view: 'people', message: message.id } }),
    }
  })
  const all: Entry[] =
    address === null || messages.length === 0
      ? []
      : [
          {
            key: 'person',
            icon: IconUsers,
            title: names.all(text.trim()),
            match: null,
            detail: {},
            way: link({ to: '/people', search: { address } }),
          },
        ]
  return [
    { key: 'messages', entries: [...all, ...messages], more: false },
    {
      key: 'workflows',
      entries: found.workflows.map(({ id, name, match }) => ({
        key: `workflow ${id}`,
        icon: IconSitemap,
        title: name,
        match: matchOf(match),
        detail: {},
        way: link({ to: '/workflows/$id', params: { id } }),
      })),
      more: found.more.workflows,
    },
    {
      key: 'runs',
      entries: found.runs.map(({ id, number, workflowName, state, startedAt }) => ({
        key: `run ${id}`,
        icon: IconPlayerPlay,
        title: names.run(workflowName, number),
        match: null,
        detail: { at: startedAt, runState: state },
        way: link({ to: '/runs/$id', params: { id } }),
      })),
      more: found.more.runs,
    },
    {
      key: 'lists',
      entries: found.lists.map(({ id, name, match }) => ({
        key: `list ${id}`,
        icon: IconFileSpreadsheet,
        title: name,
        match: matchOf(match),
        detail: {},
        way: link({ to: '/data/lists/$id', params: { id } }),
      })),
      more: found.more.lists,
    },
    {
      key: 'connections',
      entries: found.connections.map(({ id, name, match }) => ({
        key: `connection ${id}`,
        icon: IconDatabase,
        title: name,
        match: matchOf(match),
        detail: {},
        way: link({ to: '/data/$id', params: { id } }),
      })),
      more: found.more.connections,
    },
  ]
}
