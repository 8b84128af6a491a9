import { desk } from './fr/desk.ts'
import { devices } from './fr/devices.ts'
import { register } from './fr/register.ts'
import type { FaultSentences } from './sentence.ts'

export const fr: FaultSentences = { ...desk, ...devices, ...register }
