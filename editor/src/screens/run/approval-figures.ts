import type { RunReason } from '#schemas/run.ts'

export interface ApprovalFigure {
  readonly label: 'count' | 'limit' | 'last' | 'against' | 'missing' | 'cost' | 'sent'
  readonly value: number
  readonly unit: 'people' | 'won' | 'times'
}

/** Codes with which a run waits for a person's word; every other reason to wait passes by itself. */
const APPROVALS: ReadonlySet<string> = new Set([
  'guard-recipients',
  'guard-empty',
  'guard-jump',
  'guard-missing',
  'guard-cost',
  'first-part-sent',
  'launch-prepared',
])

export const isApproval = (reason: Pick<RunReason, 'code'> | null): boolean => reason !== null && APPROVALS.has(reason.code)

/** What a person should weigh before the run goes on: the figures of the guard that stopped it. */
export function approvalFigures({ code, fields }: Pick<RunReason, 'code' | 'fields'>): ApprovalFigure[] {
  const of = (name: string): number | null => {
    // Texts of errors group digits, so a figure may come as "1,234".
    const value = Number(String(fields[name] ?? '').replaceAll(',', ''))
    return fields[name] === undefined || Number.isNaN(value) ? null : value
  }
  const figure = (label: ApprovalFigure['label'], value: number | null, unit: ApprovalFigure['unit'] = 'people') =>
    value === null ? [] : [{ label, value, unit }]
  const count = of('count')
  const last = of('last')
  switch (code) {
    case 'launch-prepared':
      return figure('count', count)
    case 'guard-recipients':
      return [...figure('count', count), ...figure('limit', of('limit')), ...figure('last', last)]
    case 'guard-jump': {
      const against = count !== null && last !== null && last > 0 ? Math.round((count / last) * 100) / 100 : null
      return [...figure('count', count), ...figure('last', last), ...figure('against', against, 'times')]
    }
    case 'guard-missing':
      return [...figure('missing', count), ...figure('limit', of('limit'))]
    case 'guard-cost':
      return [...figure('cost', count, 'won'), ...figure('limit', of('limit'), 'won')]
    case 'first-part-sent':
      return [...figure('sent', count), ...figure('count', of('left'))]
    default:
      return []
  }
}

/** How many would get it once it is approved; null where the reason does not say. */
export function approvedCount({ code, fields }: Pick<RunReason, 'code' | 'fields'>, toSend: number | null): number | null {
  if (code === 'guard-empty') return null
  if (code === 'launch-prepared' && typeof fields['count'] === 'number') return fields['count']
  return code === 'first-part-sent' && typeof fields['left'] === 'number' ? fields['left'] : toSend
}
