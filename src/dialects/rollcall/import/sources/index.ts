import type { Source } from '../column.ts'
import { alvys } from './alvys.ts'
import { core } from './core.ts'
import { d3lay } from './d3lay.ts'
import { devrev } from './devrev.ts'
import { entra } from './entra.ts'
import { google } from './google.ts'
import { nameshield } from './nameshield.ts'
import { okta } from './okta.ts'
import { plaspy } from './plaspy.ts'

/** Every kind of file an import knows. Where a file could be of two kinds, the first one is taken. */
export const SOURCES: readonly Source[] = [core, okta, google, entra, alvys, nameshield, d3lay, devrev, plaspy]
