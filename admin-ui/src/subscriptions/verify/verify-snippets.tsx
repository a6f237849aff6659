import { Tabs } from '@mantine/core'
import { useMessages } from '../../messages/use-messages.ts'
import { Snippet } from '../../ui/snippet.tsx'
import goText from './verify-go.txt?raw'
import nodeText from './verify-node.txt?raw'
import pythonText from './verify-python.txt?raw'

const snippets = [
  { language: 'Node', text: nodeText },
  { language: 'Python', text: pythonText },
  { language: 'Go', text: goText },
]

/** How a receiver checks that a request came from here. */
export function VerifySnippets() {
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
      {snippets.map(({ language, text }) => (
        <Tabs.Panel key={language} value={language}>
          <Snippet text={text.trimEnd()} label={t.verifyLabel(language)} />
        </Tabs.Panel>
      ))}
    </Tabs>
  )
}
