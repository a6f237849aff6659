import { createRoot } from 'react-dom/client'
import { Dashboard } from './dashboard.tsx'
import './host.css'

const root = document.getElementById('root')
const posthornUrl = document.querySelector<HTMLMetaElement>('meta[name=posthorn-url]')?.content
if (root && posthornUrl) createRoot(root).render(<Dashboard posthornUrl={posthornUrl} />)
