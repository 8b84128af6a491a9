import { createInterface } from 'node:readline'
import { moods, startPrinterBench, type Mood } from './bench.ts'

/** The bench by hand: `node tests/emulators/printer/main.ts`, then type a mood. */
const bench = await startPrinterBench()
console.log(`CUPS_SERVER=${bench.server}  queue ${bench.queue}  printer ${bench.printerUri}`)
console.log(`what comes out: ${bench.folder}/received`)
console.log(`type one of ${moods.join(', ')}; end of input or Ctrl-C stops`)

const isMood = (word: string): word is Mood => (moods as readonly string[]).includes(word)
const lines = createInterface({ input: process.stdin })
process.once('SIGINT', () => {
  lines.close()
})
process.once('SIGTERM', () => {
  lines.close()
})
for await (const line of lines) {
  const word = line.trim()
  if (isMood(word)) await bench.set(word)
  console.log(
    isMood(word)
      ? `the printer is ${word}; ${(await bench.received()).length} documents came out`
      : `not a mood: ${word}`,
  )
}
await bench.stop()
