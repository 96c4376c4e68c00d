import { RUN_STATES, MESSAGE_STATES } from '#schemas/states.ts'
import { MESSAGE_MOVES, MESSAGE_RANK } from './message-states.ts'
import { RUN_MOVES } from './run-states.ts'

function table<State extends string>(states: readonly State[], moves: Readonly<Record<State, readonly State[]>>): string {
  const lines = states.map((state, number) => `| ${number} | ${state} | ${moves[state].join(', ') || 'nothing: it stays'} |`)
  return ['| no. | state | may become |', '| --- | --- | --- |', ...lines].join('\n')
}

/** The tables of docs/states.md in Markdown: the page is checked against them, so that it cannot say something else. */
export function statesPage(): { runs: string; messages: string; rank: string } {
  return { runs: table(RUN_STATES, RUN_MOVES), messages: table(MESSAGE_STATES, MESSAGE_MOVES), rank: MESSAGE_RANK.join(' > ') }
}
