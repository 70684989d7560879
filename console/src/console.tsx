import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { answers } from './directory/client.ts'
import { watchForReader } from './directory/known-reader.ts'
import { readAhead } from './opening.ts'
import { router } from './routes.tsx'
import { watchForSilence } from './shell/reachable.ts'
import { watchForSignOut } from './shell/signed-out.ts'
import './theme/tokens.css'
import './theme/page.css'

watchForReader()
watchForSignOut()
watchForSilence()
readAhead(location)
const root = document.getElementById('root')
if (root === null) throw new Error('The page has no place for the console.')
createRoot(root).render(
  <StrictMode>
    <QueryClientProvider client={answers}>
      <RouterProvider router={router} />
    </QueryClientProvider>
  </StrictMode>,
)
