import { desk } from './en/desk.ts'
import { devices } from './en/devices.ts'
import { register } from './en/register.ts'
import type { FaultSentences } from './sentence.ts'

export const en: FaultSentences = { ...desk, ...devices, ...register }
