import { QueryClientProvider } from '@tanstack/react-query'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { documents } from './reference/documents.ts'
import { Reference } from './reference/shell/reference.tsx'
import './theme/tokens.css'
import './theme/page.css'

const root = document.getElementById('root')
if (root === null) throw new Error('The page has no place for the reference.')
createRoot(root).render(
  <StrictMode>
    <QueryClientProvider client={documents}>
      <Reference />
    </QueryClientProvider>
  </StrictMode>,
)
