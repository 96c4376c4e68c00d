import { expect, test } from 'vitest'
import { chain, types } from './fixture.ts'
import { judgeConnection, mainOutput } from './ports.ts'

/** `source.port > target.port` on the chain. */
function judge(line: string) {
  const [source = '', sourcePort = '', target = '', targetPort = ''] = line.split(/[.>]/)
  return judgeConnection(chain(), types, { source, sourcePort, target, targetPort })
}

test('messages may feed rows, rows may not feed messages, except into a channel that can write its own text', () => {
  const without = { ...chain(), edges: [] }
  const rowsToText = judgeConnection(without, types, {
    source: 'text',
    sourcePort: 'messages',
    target: 'fill',
    targetPort: 'rows',
  })
  expect(rowsToText).toEqual({ ok: true, replaces: null })
  expect(judgeConnection(without, types, { source: 'fill', sourcePort: 'rows', target: 'send', targetPort: 'messages' }).ok).toBe(
    true,
  )
  expect(judge('start.start>fill.rows')).toEqual({ ok: false, reason: 'kinds', from: 'start', to: 'rows' })
})

test('a second line into an input takes the place of the first', () => {
  expect(judge('audience.rows>text.rows')).toEqual({ ok: true, replaces: 'e3' })
})

test('circles, itself, what is there already and unknown ports are refused with a reason', () => {
  expect(judge('text.messages>fill.rows')).toEqual({ ok: false, reason: 'circle' })
  expect(judge('fill.rows>fill.rows')).toEqual({ ok: false, reason: 'itself' })
  expect(judge('fill.rows>text.rows')).toEqual({ ok: false, reason: 'exists' })
  expect(judge('fill.nope>text.rows')).toEqual({ ok: false, reason: 'unknown' })
  expect(judge('__proto__.x>text.rows')).toEqual({ ok: false, reason: 'unknown' })
})

test('a step goes on from its first free output, a channel from those it did not reach', () => {
  expect(mainOutput(chain(), types, 'fill')).toBe('rows')
  expect(mainOutput(chain(), types, 'send')).toBe('undelivered')
  expect(mainOutput(chain(), types, 'gone')).toBeNull()
})
