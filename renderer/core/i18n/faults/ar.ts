import { desk } from './ar/desk.ts'
import { devices } from './ar/devices.ts'
import { register } from './ar/register.ts'
import type { FaultSentences } from './sentence.ts'

export const ar: FaultSentences = { ...desk, ...devices, ...register }
