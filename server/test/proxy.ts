import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net'

/** A port of loopback, or a unix socket. */
type Target = number | string

/** Stands in front of a database. After so many bytes of answers it cuts the connections, or goes silent and keeps them open. */
export class Proxy {
  readonly #server: Server
  readonly #sockets = new Set<Socket>()
  readonly #target: Target
  #mode: 'pass' | 'cut' | 'silent' = 'pass'
  #left = Number.POSITIVE_INFINITY

  private constructor(target: Target) {
    this.#target = target
    this.#server = createServer((near) => this.#join(near))
  }

  static async start(target: Target): Promise<Proxy> {
    const proxy = new Proxy(target)
    await new Promise<void>((resolve) => proxy.#server.listen(0, '127.0.0.1', resolve))
    return proxy
  }

  get port(): number {
    // A listening TCP server has a numeric address.
    return (this.#server.address() as AddressInfo).port
  }

  /** From now on, after so many bytes. */
  after(bytes: number, mode: 'cut' | 'silent'): void {
    this.#mode = mode
    this.#left = bytes
  }

  #join(near: Socket): void {
    const far = typeof this.#target === 'string' ? connect(this.#target) : connect(this.#target, '127.0.0.1')
    for (const socket of [near, far]) {
      this.#sockets.add(socket)
      socket.on('error', () => undefined) // the other end is told by its own end
      socket.once('close', () => {
        this.#sockets.delete(socket)
        near.destroy()
        far.destroy()
      })
    }
    near.pipe(far)
    far.on('data', (data: Buffer) => {
      this.#left -= data.length
      if (this.#left >= 0) return void near.write(data)
      if (this.#mode === 'cut') near.destroy()
      // Silent: it was read and is never passed on.
    })
  }

  async stop(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy()
    await new Promise((resolve) => this.#server.close(resolve))
  }
}
