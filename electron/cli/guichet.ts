import { stdin as input, stdout, stderr } from 'node:process'
import { main } from './main.ts'

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
