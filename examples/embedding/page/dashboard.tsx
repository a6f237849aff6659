import {
  DeliveryLog,
  PosthornConsole,
  type PosthornConsoleProps,
  SubscriptionList,
} from '@posthorn/admin-ui/react'
import { useState } from 'react'
import { ConsoleFrame } from './console-frame.tsx'
import { getToken } from './get-token.ts'

type Theme = NonNullable<PosthornConsoleProps['theme']>

const components = { DeliveryLog, SubscriptionList, PosthornConsole }

/** The same console twice: in a frame, and as a React component. */
export function Dashboard({ posthornUrl }: { posthornUrl: string }) {
  const [theme, setTheme] = useState<Theme>('light')
  const [accent, setAccent] = useState('#0b7285')
  const [name, setName] = useState<keyof typeof components>('DeliveryLog')
  const [views, setViews] = useState({ frame: '/', component: '/' })
  const Component = components[name]
  return (
    <>
      <header>
        <h1>Harbour</h1>
        <label>
          Theme{' '}
          <select value={theme} onChange={(event) => setTheme(event.target.value as Theme)}>
            <option>light</option>
            <option>dark</option>
            <option>auto</option>
          </select>
        </label>
        <label>
          Accent{' '}
          <input type="color" value={accent} onChange={(event) => setAccent(event.target.value)} />
        </label>
        <label>
          Component{' '}
          <select
            value={name}
            onChange={(event) => setName(event.target.value as keyof typeof components)}
          >
            {Object.keys(components).map((each) => (
              <option key={each}>{each}</option>
            ))}
          </select>
        </label>
        <button type="button">Sign out of Harbour</button>
      </header>
      <main>
        <section aria-label="In a frame">
          <output>{views.frame}</output>
          <ConsoleFrame
            src={`${posthornUrl}/admin/`}
            theme={theme}
            accent={accent}
            onNavigate={(frame) => setViews((old) => ({ ...old, frame }))}
          />
        </section>
        <section aria-label="As a component">
          <output>{views.component}</output>
          <Component
            key={name}
            url={posthornUrl}
            getToken={getToken}
            theme={theme}
            accent={accent}
            onNavigate={(component) => setViews((old) => ({ ...old, component }))}
          />
        </section>
      </main>
    </>
  )
}
