import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { findQuery } from '#editor/api/find.ts'
import { places } from '#editor/frame/places.ts'
import { useChannelName } from '#editor/screens/run/use-channel-name.ts'
import { actions, foundGroups, namedEntries, type Group, type Named } from './entries.ts'

/** Pauses in typing shorter than this ask nothing, ms. */
const PAUSE_MS = 120

/** The lines for a text: screens and actions at once, the rest when the server has answered. */
export function useGroups(typed: string): { groups: readonly Group[]; pending: boolean; error: Error | null } {
  const { t } = useTranslation()
  const channel = useChannelName()
  const text = typed.trim()
  const [asked] = useDebouncedValue(text, PAUSE_MS)
  const { data, error, isFetching } = useQuery({ ...findQuery(asked), enabled: asked !== '', placeholderData: keepPreviousData })
  const named = useMemo(() => {
    const screens = places.map(({ to, key, icon }): Named => ({
      key,
      icon,
      title: t(`frame.rail.${key}`),
      way: { kind: 'link', link: { to } },
    }))
    const does = actions({
      workflow: t('finder.newWorkflow'),
      steps: t('home.doors.steps'),
      list: t('finder.pasteList'),
      connection: t('finder.newConnection'),
    })
    return { screens, does }
  }, [t])
  const groups = useMemo(() => {
    const names = {
      run: (workflow: string, number: number) => t('run.heading', { workflow, number }),
      all: (address: string) => t('finder.allOf', { address }),
      channel,
    }
    const found = asked === '' || text === '' || data === undefined ? [] : foundGroups(data, { text: asked, names })
    const own: Group[] = [
      { key: 'places', entries: namedEntries(named.screens, text), more: false },
      { key: 'actions', entries: namedEntries(named.does, text), more: false },
    ]
    return [...found, ...own].filter(({ entries }) => entries.length > 0)
  }, [t, channel, asked, text, data, named])
  return { groups, pending: text !== '' && (isFetching || asked !== text), error }
}
