import { createServer, type AddressInfo, type Server, type Socket } from 'node:net'
import { TLSSocket } from 'node:tls'
import { TEST_CERTIFICATE, TEST_KEY } from './certificate.ts'

/** One message as the server took it. */
export interface TakenMail {
  readonly from: string
  readonly to: readonly string[]
  readonly user: string | null
  readonly encrypted: boolean
  readonly data: string
}

export interface SmtpBehaviour {
  /** Offers STARTTLS, and login only after it. */
  readonly starttls?: boolean
  readonly user?: string
  readonly password?: string
  /** Answer to a command in place of the usual one; `drop` closes the connection. */
  readonly answer?: (command: string) => string | undefined
}

export interface TestSmtp {
  readonly port: number
  readonly taken: TakenMail[]
  readonly commands: string[]
  behave(next: SmtpBehaviour): void
  close(): Promise<void>
}

/** A strict little mail server (RFC 5321, STARTTLS, AUTH PLAIN): commands out of order are refused, lines end with CRLF. */
export async function testSmtp(): Promise<TestSmtp> {
  const state = { behaviour: {} as SmtpBehaviour, taken: [] as TakenMail[], commands: [] as string[] }
  const sockets = new Set<Socket>()
  const server: Server = createServer((socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    new Conversation(socket, state).greet()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    port: (server.address() as AddressInfo).port,
    taken: state.taken,
    commands: state.commands,
    behave: (next) => {
      state.behaviour = next
    },
    close: () => {
      for (const socket of sockets) socket.destroy()
      return new Promise((resolve) => server.close(() => resolve()))
    },
  }
}

interface State {
  behaviour: SmtpBehaviour
  taken: TakenMail[]
  commands: string[]
}

class Conversation {
  readonly #state: State
  #socket: Socket
  #buffer = ''
  #encrypted = false
  #greeted = false
  #user: string | null = null
  #from: string | null = null
  #to: string[] = []
  #inData = false

  constructor(socket: Socket, state: State) {
    this.#socket = socket
    this.#state = state
    this.#listen()
  }

  greet(): void {
    const answer = this.#state.behaviour.answer?.('CONNECT')
    if (answer === 'drop') this.#socket.destroy()
    else this.#say(answer ?? '220 test.invalid ESMTP')
  }

  #listen(): void {
    this.#socket.on('error', () => undefined)
    this.#socket.on('data', (part: Buffer) => {
      this.#buffer += part.toString('utf8')
      this.#read()
    })
  }

  #say(line: string): void {
    this.#socket.write(`${line}\r\n`)
  }

  #read(): void {
    for (;;) {
      const end = this.#buffer.indexOf(this.#inData ? '\r\n.\r\n' : '\r\n')
      if (end < 0) return
      const text = this.#buffer.slice(0, end)
      this.#buffer = this.#buffer.slice(end + (this.#inData ? 5 : 2))
      if (this.#inData) this.#end(text)
      else this.#command(text)
    }
  }

  #end(data: string): void {
    this.#inData = false
    const answer = this.#state.behaviour.answer?.('END') ?? '250 2.0.0 taken'
    if (answer.startsWith('250')) {
      const { taken } = this.#state
      taken.push({ from: this.#from ?? '', to: this.#to, user: this.#user, encrypted: this.#encrypted, data })
    }
    if (answer === 'drop') this.#socket.destroy()
    else this.#say(answer)
  }

  #command(line: string): void {
    const verb = line.split(/[ :]/)[0]?.toUpperCase() ?? ''
    this.#state.commands.push(verb === 'AUTH' ? 'AUTH' : line)
    const answer = this.#state.behaviour.answer?.(line)
    if (answer === 'drop') return void this.#socket.destroy()
    if (answer !== undefined) return this.#say(answer)
    if (verb === 'EHLO') return this.#ehlo()
    if (verb === 'QUIT') return void this.#socket.end('221 bye\r\n')
    if (!this.#greeted) return this.#say('503 EHLO first')
    if (verb === 'STARTTLS') return this.#secure()
    if (verb === 'AUTH') return this.#login(line)
    this.#mail(verb, line)
  }

  #ehlo(): void {
    this.#greeted = true
    const { starttls, user } = this.#state.behaviour
    const offers = [
      'test.invalid',
      'SIZE 1000000',
      ...(starttls && !this.#encrypted ? ['STARTTLS'] : []),
      ...(user ? ['AUTH PLAIN'] : []),
    ]
    this.#socket.write(offers.map((offer, index) => `250${index === offers.length - 1 ? ' ' : '-'}${offer}\r\n`).join(''))
  }

  #secure(): void {
    this.#say('220 go ahead')
    this.#socket.removeAllListeners('data')
    const secured = new TLSSocket(this.#socket, { isServer: true, key: TEST_KEY, cert: TEST_CERTIFICATE })
    this.#socket = secured
    this.#encrypted = true
    this.#greeted = false
    this.#buffer = ''
    this.#listen()
  }

  #login(line: string): void {
    const { starttls, user, password } = this.#state.behaviour
    if (starttls && !this.#encrypted) return this.#say('538 5.7.11 encryption required')
    const [, name, secret] = Buffer.from(line.split(' ')[2] ?? '', 'base64')
      .toString()
      .split('\0')
    if (name !== user || secret !== password) return this.#say('535 5.7.8 bad credentials')
    this.#user = name ?? null
    this.#say('235 2.7.0 welcome')
  }

  #mail(verb: string, line: string): void {
    const address = /<([^>]*)>/.exec(line)?.[1] ?? ''
    if (verb === 'MAIL') {
      if (this.#state.behaviour.user && this.#user === null) return this.#say('530 5.7.0 login first')
      this.#from = address
      this.#to = []
      return this.#say('250 ok')
    }
    if (verb === 'RCPT') {
      if (this.#from === null) return this.#say('503 MAIL first')
      this.#to.push(address)
      return this.#say('250 ok')
    }
    if (verb === 'DATA') {
      if (this.#to.length === 0) return this.#say('503 RCPT first')
      this.#inData = true
      return this.#say('354 go on')
    }
    this.#say('500 what?')
  }
}
