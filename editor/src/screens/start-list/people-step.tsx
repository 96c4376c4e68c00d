import { Button, Skeleton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { listQuery } from '#editor/api/lists.ts'
import { workflowQuery } from '#editor/api/workflows.ts'
import { ErrorNote } from '#editor/parts/error-note.tsx'
import { BringingCard } from './bringing-card.tsx'
import { DropArea } from './drop-area.tsx'
import { useListDraft } from './list-draft.ts'
import { listOf } from './list-workflow.ts'
import { ListRead } from './list-read.tsx'
import { useListRead } from './use-list-read.ts'
import { useStoreList } from './use-store-list.ts'
import { WizardFrame } from './wizard-frame.tsx'
import { LIST_WIZARD } from './wizards.ts'
import styles from './wizard.module.css'

/** Who gets it: pasted, or out of a file; what was understood, and what is wrong with whom. */
export function PeopleStep({ workflowId }: { workflowId: string | null }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const draft = useListDraft()
  const read = useListRead()
  const isStored = draft.source !== null && draft.workflowId !== null && draft.workflowId === workflowId
  useFreshStart(workflowId)
  useAskBeforeClosing(draft.source !== null && !isStored)
  const toText = (id: string) => navigate({ to: '/start/list', search: { workflow: id, step: 'message' } })
  const store = useStoreList({
    workflowId,
    onStored: (id, isTold) => (isTold ? navigate({ to: '/start/list', search: { workflow: id } }) : toText(id)),
  })
  const nothingNew = workflowId !== null && (draft.source === null || isStored)
  const isReady = nothingNew || (read !== null && read.trouble === null && read.list.address !== null)
  return (
    <WizardFrame
      wizard={LIST_WIZARD}
      step="people"
      workflowId={workflowId}
      action={
        <Button
          disabled={!isReady}
          loading={store.isPending}
          onClick={() => (nothingNew ? void toText(workflowId) : read !== null && store.mutate(read))}
        >
          {t('startList.next.message')}
        </Button>
      }
    >
      {store.error !== null && (
        <div className={styles.above}>
          <ErrorNote error={store.error} title={t('startList.next.store')} />
        </div>
      )}
      {read !== null && <BringingCard labels={read.list.columns.map(({ label }) => label)} />}
      {workflowId !== null && read === null && <StoredPeople workflowId={workflowId} />}
      {read === null ? <DropArea /> : <ListRead read={read} isNew={workflowId === null} />}
    </WizardFrame>
  )
}

/** Whoever comes through the door again begins anew: what she brought last time is stored, and has a workflow of its own. */
function useFreshStart(workflowId: string | null): void {
  useEffect(() => {
    const { workflowId: storedFor, forget } = useListDraft.getState()
    if (storedFor !== null && storedFor !== workflowId) forget()
  }, [workflowId])
}

/** Nothing of a pasted list is kept outside of the page before it is stored, so the browser asks before it goes. */
function useAskBeforeClosing(asks: boolean): void {
  useEffect(() => {
    if (!asks) return undefined
    const ask = (event: BeforeUnloadEvent) => event.preventDefault()
    window.addEventListener('beforeunload', ask)
    return () => window.removeEventListener('beforeunload', ask)
  }, [asks])
}

/** The list that the workflow has, until another is pasted. */
function StoredPeople({ workflowId }: { workflowId: string }) {
  const { t } = useTranslation()
  const workflow = useQuery({ ...workflowQuery(workflowId), staleTime: 0 })
  const id = workflow.data === undefined ? null : listOf(workflow.data.document)
  const list = useQuery({ ...listQuery(id ?? ''), enabled: id !== null })
  const error = workflow.error ?? list.error
  if (error !== null) return <ErrorNote error={error} />
  if (list.data === undefined) return id === null && workflow.data !== undefined ? null : <Skeleton height={64} radius={14} />
  return (
    <section className={styles.stored} aria-labelledby="stored-people">
      <h2 id="stored-people">{t('startList.area.storedTitle', { name: list.data.name })}</h2>
      <p>{t('startList.area.stored', { count: list.data.rowCount })}</p>
    </section>
  )
}
