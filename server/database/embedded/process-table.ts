import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync, readlinkSync } from 'node:fs'

export interface ProcessInfo {
  /** Dead or dying: it does nothing more, but holds its number until its parent has asked for the exit code. */
  readonly zombie: boolean
  readonly parent: number
  readonly command: string
  /** Tells two processes of one number apart: the time it started, in the system's own form. */
  readonly started: string
}

/** What the system knows about a process; null: there is none with this number. */
export function processInfo(pid: number): ProcessInfo | null {
  try {
    return process.platform === 'linux' ? fromProc(pid) : fromPs(pid)
  } catch {
    return null
  }
}

function fromProc(pid: number): ProcessInfo {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
  // The second field is the name in parentheses and may hold anything, so count from the last `)`.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  const command = commandLine(pid)
  // A killed process first loses its memory, and its command line with it; then its state becomes Z.
  return {
    zombie: fields[0] === 'Z' || fields[0] === 'X' || command === '',
    parent: Number(fields[1]),
    started: fields[19] ?? '',
    command,
  }
}

function commandLine(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')
  } catch {
    return ''
  }
}

function fromPs(pid: number): ProcessInfo {
  const text = execFileSync('ps', ['-o', 'state=,ppid=,lstart=,command=', '-p', String(pid)], { encoding: 'utf8' })
  const [state = '', parent = '', ...rest] = text.trim().split(/\s+/)
  // lstart has five words: Thu Nov 26 00:52:50 2026
  return {
    zombie: state.startsWith('Z'),
    parent: Number(parent),
    started: rest.slice(0, 5).join(' '),
    command: rest.slice(5).join(' '),
  }
}

/** Is any living process at work in this folder? PostgreSQL's processes all have the data folder as working folder. */
export function anyoneWorksIn(folder: string): boolean {
  if (process.platform !== 'linux') return false
  return readdirSync('/proc').some((name) => {
    try {
      return /^\d+$/.test(name) && readlinkSync(`/proc/${name}/cwd`) === folder
    } catch {
      return false // gone meanwhile, a zombie, or not ours to look at
    }
  })
}
