import { describe } from 'node:test'
import { openTestStore } from '../postgres/stores.ts'
import { storeConformance } from './store.ts'
import { windows } from './windows.ts'

storeConformance('PostgreSQL', openTestStore)
describe('PostgreSQL', () => windows(openTestStore))
