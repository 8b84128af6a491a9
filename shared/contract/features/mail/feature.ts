export { acts } from './acts.ts'
export { calls, events } from './calls.ts'
export { papers } from './papers.ts'
