import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Connection, ConnectionInput, ConnectionKind, ConnectionTest } from '#schemas/connection.ts'
import { ApiError } from '#editor/api/client.ts'
import { changeConnection, createConnection, testConnection } from '#editor/api/connections.ts'
import { useLanguage } from '#editor/words/use-language.ts'
import { type Draft, draftOf, inputOf, missingFields, newDraft } from './draft.ts'

interface FormOf {
  readonly kind: ConnectionKind
  /** Null: a new one. */
  readonly connection: Connection | null
}

export interface ConnectionFormState {
  readonly kind: ConnectionKind
  readonly connection: Connection | null
  readonly draft: Draft
  readonly setDraft: (change: (old: Draft) => Draft) => void
  readonly dirty: boolean
  /** What is wrong at which field: `name`, `settings/host`, `secrets/password`. */
  readonly faults: readonly { path: string; message: string }[]
  readonly error: unknown
  readonly saving: boolean
  readonly save: () => Promise<Connection | null>
  readonly testing: boolean
  readonly testResult: ConnectionTest | null
  readonly testError: unknown
  /** Tries what is in the form. A saved one with changes is saved first: its secrets are on the server only. */
  readonly test: () => Promise<void>
  /** Tries what is saved. */
  readonly testSaved: () => Promise<void>
}

/** The state of the form of one connection: what is typed, what is wrong with it, saving, trying. */
export function useConnectionForm({ kind, connection }: FormOf): ConnectionFormState {
  const { t } = useTranslation()
  const language = useLanguage()
  const client = useQueryClient()
  const [saved, setSaved] = useState(connection)
  const [draft, setDraft] = useState(() => (connection === null ? newDraft(kind) : draftOf(connection, kind)))
  const [untouched, setUntouched] = useState(draft)
  const [ownFaults, setOwnFaults] = useState<readonly { path: string; message: string }[]>([])
  const saving = useMutation({
    mutationFn: (old: Connection | null) =>
      old === null
        ? createConnection(inputOf(draft, kind.kind))
        : changeConnection(old.id, { ...inputOf(draft, kind.kind), revision: old.revision }),
  })
  const testing = useMutation({ mutationFn: (what: string | ConnectionInput) => testConnection(what) })
  /** The fields that are still empty, said at once rather than by the server. */
  const incomplete = (withName: boolean): boolean => {
    const secretsSet = saved?.secretsSet ?? []
    const missing = Object.entries(missingFields(draft, kind, { language, secretsSet }))
    const faults = missing.map(([path, title]) => ({ path, message: t('data.form.missing', { title }) }))
    if (withName && draft.name.trim() === '') faults.unshift({ path: 'name', message: t('data.form.nameEmpty') })
    setOwnFaults(faults)
    return faults.length > 0
  }
  const save = async (): Promise<Connection | null> => {
    if (incomplete(true)) return null
    try {
      const next = await saving.mutateAsync(saved)
      const fresh = draftOf(next, kind)
      setSaved(next)
      setDraft(fresh)
      setUntouched(fresh)
      client.setQueryData(['connection', next.id], (old: Connection | undefined) => ({ ...old, ...next }))
      await client.invalidateQueries({ queryKey: ['connections'] })
      return next
    } catch {
      // Shown from the mutation's own error.
      return null
    }
  }
  const dirty = draft !== untouched
  const trySaved = async ({ id }: Connection): Promise<void> => {
    await testing.mutateAsync(id).catch(() => null)
    await client.invalidateQueries({ queryKey: ['connections'] })
    await client.invalidateQueries({ queryKey: ['connection', id] })
  }
  const test = async (): Promise<void> => {
    if (saved === null) {
      if (!incomplete(false)) testing.mutate(inputOf(draft, kind.kind, kind.title[language]))
      return
    }
    const at = dirty ? await save() : saved
    if (at !== null) await trySaved(at)
  }
  const refused = [saving.error, testing.error].find((error) => error instanceof ApiError && error.fields.length > 0)
  return {
    kind,
    connection: saved,
    draft,
    setDraft: (change) => {
      setOwnFaults([])
      saving.reset()
      setDraft(change)
    },
    dirty,
    faults: [...ownFaults, ...(refused instanceof ApiError ? refused.fields : [])],
    error: saving.error,
    saving: saving.isPending,
    save,
    testing: testing.isPending,
    testResult: testing.data ?? null,
    testError: testing.error,
    test,
    testSaved: async () => {
      if (saved !== null) await trySaved(saved)
    },
  }
}
