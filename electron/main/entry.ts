import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { commandSwitch } from './commandSwitch.ts'

// Awaited: Electron goes on to its windows only after its entry was evaluated, and a command needs none. Both are
// programs of their own: a start of the window reads nothing of the command line.
const program = process.argv.includes(commandSwitch) ? ['command', 'command.js'] : ['index.js']
await import(pathToFileURL(join(import.meta.dirname, ...program)).href)
