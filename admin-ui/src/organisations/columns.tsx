import { ActionIcon, Tooltip } from '@mantine/core'
import type { Organisation } from '@posthorn/sdk'
import { Pencil } from 'lucide-react'
import { Sparkline } from '../charts/sparkline.tsx'
import type { Column } from '../grid/columns.ts'
import { number } from '../messages/number.ts'
import { useMessages } from '../messages/use-messages.ts'
import { TimeText } from '../time/time.tsx'
import { CopyValue } from '../ui/copy-value.tsx'
import { OrganisationLink } from './organisation-link.tsx'
import { QuotaNames } from './quota-names.tsx'
import type { OrganisationRow } from './use-organisations.ts'

const percents = new Intl.NumberFormat('en', { style: 'percent', maximumFractionDigits: 1 })

export function useOrganisationColumns(
  onEdit: (organisation: Organisation) => void,
): Column<OrganisationRow>[] {
  const t = useMessages()
  const { columns, edit, trend } = t.organisations
  const { none } = t.common
  return [
    {
      id: 'name',
      header: columns.name,
      width: 'minmax(10rem, 1.5fr)',
      render: (row) => <OrganisationLink {...row} />,
    },
    {
      id: 'id',
      header: columns.id,
      width: 'minmax(10rem, 1fr)',
      gridWidthMin: 900,
      render: ({ id }) => <CopyValue value={id} />,
    },
    {
      id: 'trend',
      header: columns.trend,
      width: '8rem',
      gridWidthMin: 1050,
      render: ({ figures }) =>
        figures && (
          <Sparkline
            data={figures.sparkline}
            label={trend(
              figures.attempts.succeeded,
              figures.attempts.total - figures.attempts.succeeded,
            )}
          />
        ),
    },
    {
      id: 'attempts',
      header: columns.attempts,
      width: '7.5rem',
      align: 'end',
      render: ({ figures }) => (figures ? number(figures.attempts.total) : none),
    },
    {
      id: 'failed',
      header: columns.failed,
      width: '7.5rem',
      align: 'end',
      render: ({ figures }) => (figures ? number(figures.failed) : none),
    },
    {
      id: 'successRate',
      header: columns.successRate,
      width: '6rem',
      align: 'end',
      render: ({ figures }) =>
        figures?.successRate == null ? none : percents.format(figures.successRate),
    },
    {
      id: 'quotas',
      header: columns.quotas,
      width: 'minmax(8rem, 1fr)',
      gridWidthMin: 1150,
      render: ({ quotas }) => <QuotaNames quotas={quotas} />,
    },
    {
      id: 'created',
      header: columns.created,
      width: '11rem',
      gridWidthMin: 900,
      render: ({ createdAt }) => <TimeText value={createdAt} />,
    },
    {
      id: 'actions',
      header: edit,
      headerHidden: true,
      width: '3rem',
      render: (row) => (
        <Tooltip label={edit}>
          <ActionIcon aria-label={`${edit}: ${row.name ?? row.id}`} onClick={() => onEdit(row)}>
            <Pencil size={15} />
          </ActionIcon>
        </Tooltip>
      ),
    },
  ]
}
