import { Button } from '@mantine/core'
import { IconArrowBearRight } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useDocument, useSession } from '#editor/canvas/session-context.ts'
import type { NodeDescriptor } from '#schemas/node.ts'

/** Rows that fail at a step end there, recorded with their reason; whoever wants to do something with them leads them on from here. */
export function FailedRows({ nodeId, type }: { nodeId: string; type: NodeDescriptor }) {
  const session = useSession()
  const { t } = useTranslation()
  const used = useDocument((state) => state.document.edges.some((edge) => edge.source === nodeId && edge.sourcePort === 'failed'))
  if (used || type.ports.out.failed === undefined || type.role === 'trigger' || type.role === 'source') return null
  return (
    <Button
      variant="subtle"
      color="gray"
      size="compact-sm"
      leftSection={<IconArrowBearRight size={14} />}
      style={{ alignSelf: 'flex-start' }}
      onClick={() => session.view.getState().openPalette({ open: { nodeId, port: 'failed', side: 'out' } })}
    >
      {t('editor.panel.leadFailed')}
    </Button>
  )
}
