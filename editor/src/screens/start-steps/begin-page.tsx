import { Button, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '#editor/api/client.ts'
import { nodeTypesQuery } from '#editor/api/workflows.ts'
import { ErrorNote } from '#editor/parts/error-note.tsx'
import type { Workflow } from '#schemas/api/workflows.ts'
import { WizardFrame } from '../start-list/wizard-frame.tsx'
import { STEPS_WIZARD } from '../start-list/wizards.ts'
import { SOURCES, stepsWorkflow } from './steps-workflow.ts'
import styles from '../start-list/wizard.module.css'

/** What the workflow shall be called: it is made here, and saved from then on. */
export function BeginPage() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const client = useQueryClient()
  const [name, setName] = useState('')
  const begin = useMutation({
    mutationFn: async () => {
      const { items: known } = await client.ensureQueryData(nodeTypesQuery)
      const type = SOURCES.find((one) => known.some((descriptor) => descriptor.type === one)) ?? 'sql-source'
      const config = known.find((descriptor) => descriptor.type === type)?.defaults ?? {}
      return api.post<Workflow>('/api/workflows', stepsWorkflow(name.trim() || t('startSteps.begin.unnamed'), { type, config }))
    },
    onSuccess: async ({ id }) => {
      await client.invalidateQueries({ queryKey: ['workflows'] })
      await navigate({ to: '/start/steps', search: { workflow: id, step: 'message' } })
    },
  })
  return (
    <WizardFrame
      wizard={STEPS_WIZARD}
      step="message"
      workflowId={null}
      action={
        <Button type="submit" form="begin" loading={begin.isPending}>
          {t('startSteps.begin.go')}
        </Button>
      }
    >
      <form
        id="begin"
        className={styles.stored}
        onSubmit={(event) => {
          event.preventDefault()
          if (!begin.isPending) begin.mutate()
        }}
      >
        <h2>{t('startSteps.begin.title')}</h2>
        <p>{t('startSteps.begin.text')}</p>
        {begin.error !== null && <ErrorNote error={begin.error} />}
        <TextInput
          mt={14}
          data-autofocus
          autoFocus
          maxLength={200}
          label={t('startSteps.begin.name')}
          placeholder={t('startSteps.begin.unnamed')}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
      </form>
    </WizardFrame>
  )
}
