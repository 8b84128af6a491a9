import type { Feature } from './core/feature.ts'
import { accounts } from './features/accounts/feature.ts'
import { app } from './features/app/feature.ts'
import { closing } from './features/closing/feature.ts'
import { corrections } from './features/corrections/feature.ts'
import { devices } from './features/devices/feature.ts'
import { gallery } from './features/gallery/feature.ts'
import { home } from './features/home/feature.ts'
import { intake } from './features/intake/feature.ts'
import { journal } from './features/journal/feature.ts'
import { personalData } from './features/personalData/feature.ts'
import { session } from './features/session/feature.ts'
import { sync } from './features/sync/feature.ts'
import { trust } from './features/trust/feature.ts'

/** Every feature of the window, in the order of the rail. A new one is its folder and one line here. */
export const features: readonly Feature[] = [
  app,
  session,
  home,
  intake,
  corrections,
  sync,
  closing,
  journal,
  accounts,
  personalData,
  trust,
  devices,
  gallery,
]
