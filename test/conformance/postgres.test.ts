import { openTestStore } from '../postgres/stores.ts'
import { storeConformance } from './store.ts'

storeConformance('PostgreSQL', openTestStore)
