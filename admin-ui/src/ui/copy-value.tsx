import { ActionIcon, Code, Group, Tooltip } from '@mantine/core'
import { Check, Copy } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useMessages } from '../messages/use-messages.ts'
import { copyText } from './copy-text.ts'

interface Props {
  value: string
  /** Shown instead of the whole value. */
  short?: string
  /** What it is: "delivery id". */
  label?: string
}

/** A value in fixed width, with a button that copies it. */
export function CopyValue({ value, short, label }: Props) {
  return (
    <Group component="span" gap={2} wrap="nowrap" display="inline-flex" maw="100%">
      <Code bg="transparent" px={0} title={short ? value : undefined} style={ellipsis}>
        {short ?? value}
      </Code>
      <CopyIcon value={value} label={label ?? value} />
    </Group>
  )
}

const ellipsis = { overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' } as const

/** The button alone. */
export function CopyIcon({ value, label }: { value: string; label: string }) {
  const t = useMessages().common
  const [copied, setCopied] = useState(false)
  useEffect(() => {
    if (!copied) return
    const timer = setTimeout(() => setCopied(false), 1500)
    return () => clearTimeout(timer)
  }, [copied])
  return (
    <Tooltip label={copied ? t.copied : t.copy}>
      <ActionIcon
        size={24}
        onClick={async () => setCopied(await copyText(value))}
        aria-label={copied ? t.copied : t.copyOf(label)}
      >
        {copied ? <Check size={14} /> : <Copy size={14} />}
      </ActionIcon>
    </Tooltip>
  )
}
