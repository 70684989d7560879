import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import './theme/tokens.css'
import './theme/page.css'

const root = document.getElementById('root')
if (root === null) throw new Error('The page has no place for the reference.')
createRoot(root).render(
  <StrictMode>
    <h1>API reference</h1>
  </StrictMode>,
)
