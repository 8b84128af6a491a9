import { runGuest } from './runGuest.ts'

const began = performance.now()
const seconds = (): string => `${((performance.now() - began) / 1000).toFixed(1)} s`
console.log('Real HID devices in the kernel of a virtual machine, read by our drivers')
await runGuest((news) => {
  console.log(seconds(), JSON.stringify(news))
})
console.log(`${seconds()} all read`)
