import { GraphQLError, GraphQLScalarType } from 'graphql'
import { createSchema } from 'graphql-yoga'
import { z } from 'zod'
import { readActivity } from '../activity/read-activity.ts'
import { prisma } from '../database/prisma.ts'
import type { Issue, Tenant } from '../generated/prisma/client.ts'
import { addNote } from '../mutations/add-note.ts'
import { assignVendor } from '../mutations/assign-vendor.ts'
import { changeIssueStatus, resolveIssues } from '../mutations/change-issue-status.ts'
import { fileDocument } from '../mutations/file-document.ts'
import { moveTenant } from '../mutations/move-tenant.ts'
import { reportIssue } from '../mutations/report-issue.ts'
import type { Context } from './context.ts'
import { typeDefs } from './types.ts'

/** A string that must look like something. */
function scalar(name: string, shape: z.ZodType<string>): GraphQLScalarType {
  return new GraphQLScalarType({
    name,
    coerceInputValue(value) {
      const { success, data } = shape.safeParse(value)
      if (success) return data
      throw new GraphQLError(`${JSON.stringify(value)} is no ${name}.`)
    },
  })
}

/** GraphQL has checked the arguments against the schema when a mutation is called. */
const mutation =
  <Input, Result>(run: (context: Context, input: Input) => Result) =>
  (_: unknown, input: Input, context: Context) =>
    run(context, input)

export const schema = createSchema<Context>({
  typeDefs,
  resolvers: {
    UUID: scalar('UUID', z.guid()),
    Day: scalar('Day', z.iso.date()),
    Issue: {
      property: ({ propertyId: id }: Issue) => prisma.property.findUnique({ where: { id } }),
      vendor: ({ vendorId: id }: Issue) => id && prisma.vendor.findUnique({ where: { id } }),
      activity: ({ organisationId, id }: Issue) => readActivity({ organisationId, entityId: id }),
    },
    Tenant: {
      property: ({ propertyId: id }: Tenant) => prisma.property.findUnique({ where: { id } }),
    },
    Query: {
      issues: (_, __, { viewer: { organisationId } }) =>
        prisma.issue.findMany({ where: { organisationId }, orderBy: { reportedAt: 'desc' } }),
      issue: (_, { id }: { id: string }, { viewer: { organisationId } }) =>
        prisma.issue.findUnique({ where: { id, organisationId } }),
      activity: (_, __, { viewer: { organisationId } }) => readActivity({ organisationId }),
    },
    Mutation: {
      reportIssue: mutation(reportIssue),
      changeIssueStatus: mutation(changeIssueStatus),
      resolveIssues: mutation(resolveIssues),
      assignVendor: mutation(assignVendor),
      addNote: mutation(addNote),
      moveTenant: mutation(moveTenant),
      fileDocument: mutation(fileDocument),
    },
  },
})
