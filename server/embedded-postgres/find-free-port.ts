import { createServer } from 'node:net'

/** The preferred port, so that the URL stays the same, unless it is taken. */
export function findFreePort(preferred: number): Promise<number> {
  return new Promise((done, reject) => {
    const server = createServer()
    server.once('error', (error) => {
      if (preferred === 0) reject(error)
      else done(findFreePort(0))
    })
    server.listen(preferred, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => done(typeof address === 'object' && address ? address.port : 0))
    })
  })
}
