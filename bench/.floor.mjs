import http from 'node:http'
const { default: fastify } = process.argv[2] === 'fastify' ? await import('fastify') : {}
let app
if (fastify) {
  app = fastify()
  app.post('/api/messages', async (r, p) => p.status(202).send({ accepted: 1 }))
  console.log(await app.listen({ port: 0, host: '127.0.0.1' }))
} else {
  const s = http.createServer((q, r) => {
    let b = []
    q.on('data', (d) => b.push(d))
    q.on('end', () => {
      r.writeHead(202, { 'content-type': 'application/json' })
      r.end('{"accepted":1}')
    })
  })
  s.listen(0, '127.0.0.1', () => console.log('http://127.0.0.1:' + s.address().port))
}
