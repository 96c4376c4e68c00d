import { getRouteApi } from '@tanstack/react-router'
import { OpenList } from './open-list.tsx'
import { PeopleStep } from './people-step.tsx'

const route = getRouteApi('/start/list')

/** From a spreadsheet to messages on three pages: who, what, send. The address says which page, and of which workflow. */
export function StartListScreen() {
  const { workflow = null, step } = route.useSearch()
  if (workflow !== null && (step === 'message' || step === 'send')) return <OpenList workflowId={workflow} step={step} />
  return <PeopleStep workflowId={workflow} />
}
