export const typeDefs = /* GraphQL */ `
  scalar UUID
  "YYYY-MM-DD"
  scalar Day

  enum IssueStatus { open in_progress waiting resolved closed }
  enum IssuePriority { low normal high urgent }
  enum DocumentKind { lease insurance safety_certificate invoice inspection }

  type Property { id: UUID! name: String! street: String! city: String! }
  type Vendor { id: UUID! name: String! trade: String! }
  type Tenant { id: UUID! name: String! unit: String! property: Property! }
  type Document { id: UUID! title: String! kind: DocumentKind! }

  type Issue {
    id: UUID!
    title: String!
    description: String!
    status: IssueStatus!
    priority: IssuePriority!
    property: Property!
    vendor: Vendor
    "What happened to it, newest first."
    activity: [Activity!]!
  }

  type Activity {
    id: UUID!
    eventType: String!
    "In words."
    summary: String!
    userId: UUID
    correlationId: UUID
    createdAt: String!
  }

  type Query {
    issues: [Issue!]!
    issue(id: UUID!): Issue
    "Of the whole organisation, newest first."
    activity: [Activity!]!
  }

  type Mutation {
    reportIssue(
      propertyId: UUID!
      title: String!
      description: String!
      priority: IssuePriority!
    ): Issue!
    changeIssueStatus(id: UUID!, to: IssueStatus!, reason: String): Issue!
    "All of them, or none."
    resolveIssues(ids: [UUID!]!, reason: String): [Issue!]!
    assignVendor(id: UUID!, vendorId: UUID!): Issue!
    addNote(id: UUID!, text: String!): Issue!
    moveTenant(id: UUID!, propertyId: UUID!, unit: String!): Tenant!
    fileDocument(propertyId: UUID!, title: String!, kind: DocumentKind!, expiresOn: Day): Document!
  }
`
