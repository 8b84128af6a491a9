import { runHere } from './runHere.ts'

process.exitCode = await runHere(process.argv.slice(2), { env: process.env })
