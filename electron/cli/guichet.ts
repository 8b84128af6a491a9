import { stdin as input, stdout, stderr } from 'node:process'
import { main } from './main.ts'

// Whoever read along has hung up: what was to be done is done all the same, and there is nobody to tell.
for (const stream of [stdout, stderr])
  stream.on('error', (cause: NodeJS.ErrnoException) => {
    if (cause.code !== 'EPIPE') throw cause
  })

const interrupted = new AbortController()
process.once('SIGINT', () => {
  interrupted.abort()
})

process.exitCode = await main(process.argv.slice(2), {
  env: process.env,
  signal: interrupted.signal,
  stdin: input,
  out: (text) => {
    stdout.write(text)
  },
  err: (text) => {
    stderr.write(text)
  },
})
