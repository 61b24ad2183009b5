import '../ui/jitless.ts'
import '@mantine/core/styles.css'
import '@fontsource/be-vietnam-pro/latin-400.css'
import '@fontsource/be-vietnam-pro/latin-500.css'
import '@fontsource/be-vietnam-pro/latin-600.css'
import '@fontsource/be-vietnam-pro/latin-ext-400.css'
import '@fontsource/be-vietnam-pro/latin-ext-500.css'
import '@fontsource/be-vietnam-pro/latin-ext-600.css'
import '@fontsource/be-vietnam-pro/vietnamese-400.css'
import '@fontsource/be-vietnam-pro/vietnamese-500.css'
import '@fontsource/be-vietnam-pro/vietnamese-600.css'
import '../ui/ui.css'
import { MantineProvider } from '@mantine/core'
import { createRoot } from 'react-dom/client'
import { signalVariables, theme } from '../ui/theme.ts'
import { App } from './App.tsx'
import { language, tell } from './words.ts'

document.documentElement.lang = language
document.title = tell('agency.title')

createRoot(document.getElementById('root')!).render(
  <MantineProvider theme={theme} cssVariablesResolver={signalVariables} defaultColorScheme="auto">
    <App />
  </MantineProvider>,
)
