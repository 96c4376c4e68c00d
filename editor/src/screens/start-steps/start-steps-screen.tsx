import { getRouteApi } from '@tanstack/react-router'
import { MessageStep } from '../start-list/message-step.tsx'
import { OpenDraftPages, type DraftPage } from '../start-list/open-draft.tsx'
import { SendStep } from '../start-list/send-step.tsx'
import { STEPS_WIZARD } from '../start-list/wizards.ts'
import { AudiencePage } from './audience-page.tsx'
import { BeginPage } from './begin-page.tsx'
import { MappingPage } from './mapping-page.tsx'

const route = getRouteApi('/start/steps')

const pages: Readonly<Record<string, DraftPage>> = {
  message: (_workflow, draft) => <MessageStep wizard={STEPS_WIZARD} draft={draft} />,
  audience: (_workflow, draft) => <AudiencePage draft={draft} />,
  mapping: (_workflow, draft) => <MappingPage draft={draft} />,
  send: (workflow, draft) => <SendStep wizard={STEPS_WIZARD} workflow={workflow} draft={draft} />,
}

/** Text, audience, mapping, then what comes of it: a workflow without the canvas. The address says which page, and of which workflow. */
export function StartStepsScreen() {
  const { workflow, step = 'message' } = route.useSearch()
  const page = Object.hasOwn(pages, step) ? pages[step] : pages['message']
  if (workflow === undefined || page === undefined) return <BeginPage />
  return <OpenDraftPages workflowId={workflow} page={page} />
}
