export { calls, events } from './calls.ts'
