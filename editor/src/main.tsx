import '@fontsource-variable/jetbrains-mono/wght.css'
import 'pretendard/dist/web/variable/pretendardvariable-dynamic-subset.css'
import './theme/base.css'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './app.tsx'
import { syncColorScheme } from './theme/sync-color-scheme.ts'
import { startWords } from './words/start-words.ts'

syncColorScheme(document.documentElement)

const place = document.getElementById('root')
if (place === null) throw new Error('index.html has no element #root')
await startWords()
createRoot(place).render(
  <StrictMode>
    <App />
  </StrictMode>,
)
