import { getRouteApi } from '@tanstack/react-router'
import { MessageStep } from './message-step.tsx'
import { OpenDraftPages } from './open-draft.tsx'
import { PeopleStep } from './people-step.tsx'
import { SendStep } from './send-step.tsx'
import { LIST_WIZARD } from './wizards.ts'

const route = getRouteApi('/start/list')

/** From a spreadsheet to messages on three pages: who, what, send. The address says which page, and of which workflow. */
export function StartListScreen() {
  const { workflow = null, step } = route.useSearch()
  if (workflow === null || (step !== 'message' && step !== 'send')) return <PeopleStep workflowId={workflow} />
  return (
    <OpenDraftPages
      workflowId={workflow}
      page={(opened, draft) =>
        step === 'message' ? (
          <MessageStep wizard={LIST_WIZARD} draft={draft} />
        ) : (
          <SendStep wizard={LIST_WIZARD} workflow={opened} draft={draft} />
        )
      }
    />
  )
}
