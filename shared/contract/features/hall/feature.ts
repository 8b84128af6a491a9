export { calls, events } from './calls.ts'
export { papers } from './papers.ts'
