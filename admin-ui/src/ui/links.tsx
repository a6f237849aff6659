import { ActionIcon, type ActionIconProps, Anchor, type AnchorProps } from '@mantine/core'
import { createLink } from '@tanstack/react-router'
import type { ComponentPropsWithRef } from 'react'

type AnchorElement = Omit<ComponentPropsWithRef<'a'>, keyof AnchorProps>
type IconElement = Omit<ComponentPropsWithRef<'a'>, keyof ActionIconProps>

/** A link to a page of the console, whose address the compiler knows. */
export const TextLink = createLink((props: AnchorProps & AnchorElement) => <Anchor {...props} />)

export const IconLink = createLink((props: ActionIconProps & IconElement) => (
  <ActionIcon component="a" {...props} />
))
