import { Tabs } from '@mantine/core'
import type { Subscription } from '@posthorn/sdk'
import { useMessages } from '../../messages/use-messages.ts'
import { Snippet } from '../../ui/snippet.tsx'
import goText from './verify-go.txt?raw'
import goKeyText from './verify-go-ed25519.txt?raw'
import nodeText from './verify-node.txt?raw'
import nodeKeyText from './verify-node-ed25519.txt?raw'
import pythonText from './verify-python.txt?raw'
import pythonKeyText from './verify-python-ed25519.txt?raw'

const snippets = [
  { language: 'Node', hmac: nodeText, ed25519: nodeKeyText },
  { language: 'Python', hmac: pythonText, ed25519: pythonKeyText },
  { language: 'Go', hmac: goText, ed25519: goKeyText },
]

/** How a receiver checks that a request came from here. */
export function VerifySnippets({ signing }: { signing: Subscription['signing'] }) {
  const t = useMessages().subscriptionDetail.secret
  return (
    <Tabs defaultValue="Node">
      <Tabs.List mb="xs">
        {snippets.map(({ language }) => (
          <Tabs.Tab key={language} value={language}>
            {language}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      {snippets.map(({ language, [signing]: text }) => (
        <Tabs.Panel key={language} value={language}>
          <Snippet text={text.trimEnd()} label={t.verifyLabel(language)} />
        </Tabs.Panel>
      ))}
    </Tabs>
  )
}
