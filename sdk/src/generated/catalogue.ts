// Generated from sdk/src/built-in-events by `npm run generate`. Do not edit.

/** The event types that every catalogue starts with: event type → entity type and `data`. */
export type BuiltInEvents = {
  /** An issue was reported. */
  IssueCreated: {
    entityType: "Issue"
    data: {
      /** One line, as shown in lists */
      "title": string
      /** Where the issue stands */
      "status": string
      /** How urgent it is */
      "priority": string
      /** Id of the property the issue is in */
      "propertyId": string
      /** What was reported, in full */
      "description"?: string | null
      /** Trade that deals with it */
      "category"?: string | null
      /** Flat or unit within the property */
      "unit"?: string | null
      /** Id of the tenant who is affected */
      "tenantId"?: string | null
      /** Id of the vendor who works on it */
      "vendorId"?: string | null
      /** When it was reported (RFC 3339) */
      "reportedAt"?: string | null
      /** When it should be done (RFC 3339) */
      "dueAt"?: string | null
      /** Estimated or actual cost, in `currency` */
      "cost"?: number | null
      /** ISO 4217 code of every amount here */
      "currency"?: string | null
      [name: string]: unknown
    }
  }
  /** Fields of an issue changed. A change of status also has an event of its own. */
  IssueUpdated: {
    entityType: "Issue"
    data: {
      /** One line, as shown in lists */
      "title": string
      /** Where the issue stands */
      "status": string
      /** How urgent it is */
      "priority": string
      /** Id of the property the issue is in */
      "propertyId": string
      /** What was reported, in full */
      "description"?: string | null
      /** Trade that deals with it */
      "category"?: string | null
      /** Flat or unit within the property */
      "unit"?: string | null
      /** Id of the tenant who is affected */
      "tenantId"?: string | null
      /** Id of the vendor who works on it */
      "vendorId"?: string | null
      /** When it was reported (RFC 3339) */
      "reportedAt"?: string | null
      /** When it should be done (RFC 3339) */
      "dueAt"?: string | null
      /** Estimated or actual cost, in `currency` */
      "cost"?: number | null
      /** ISO 4217 code of every amount here */
      "currency"?: string | null
      /** Each changed field with its value before and now */
      "changes": {
        [name: string]: {
          /** Value before; null when there was none */
          "from": unknown
          /** Value now; null when it was cleared */
          "to": unknown
          [name: string]: unknown
        }
      }
      [name: string]: unknown
    }
  }
  /** An issue moved from one status to another. */
  IssueStatusChanged: {
    entityType: "Issue"
    data: {
      /** Status before */
      "from": string
      /** Status now */
      "to": string
      /** Why, as the person who changed it put it */
      "reason"?: string | null
      /** One line, as shown in lists */
      "title"?: string
      /** Id of the property the issue is in */
      "propertyId"?: string
      /** How urgent it is */
      "priority"?: string
      [name: string]: unknown
    }
  }
  /** An issue was deleted. Its last known title and property are included. */
  IssueDeleted: {
    entityType: "Issue"
    data: {
      /** One line, as shown in lists */
      "title": string
      /** Id of the property the issue is in */
      "propertyId": string
      /** Why it was deleted, if anyone said */
      "reason"?: string | null
      [name: string]: unknown
    }
  }
  /** A vendor was given the issue, or took it over from another. */
  IssueVendorAssigned: {
    entityType: "Issue"
    data: {
      /** One line, as shown in lists */
      "title": string
      /** Id of the property the issue is in */
      "propertyId": string
      /** Id of the vendor who works on it now */
      "vendorId": string
      /** Name of that vendor */
      "vendorName"?: string | null
      /** Id of the vendor before; null when there was none */
      "previousVendorId"?: string | null
      /** When the vendor is expected (RFC 3339) */
      "scheduledFor"?: string | null
      [name: string]: unknown
    }
  }
  /** Someone wrote a note on an issue. */
  IssueNoteAdded: {
    entityType: "Issue"
    data: {
      /** One line, as shown in lists */
      "title": string
      /** Id of the property the issue is in */
      "propertyId": string
      /** Id of the note */
      "noteId": string
      /** The note itself */
      "text": string
      /** Who wrote it */
      "authorName"?: string | null
      /** Who may read it */
      "visibility"?: string | null
      [name: string]: unknown
    }
  }
  /** A property was added. */
  PropertyCreated: {
    entityType: "Property"
    data: {
      /** What the property is called in the dashboard */
      "name": string
      /** Where the property is */
      "address": {
        /** Street and number */
        "street": string
        /** City */
        "city": string
        /** Postal code, as written locally */
        "postalCode"?: string | null
        /** ISO 3166-1 alpha-2 code */
        "country": string
        [name: string]: unknown
      }
      /** Kind of property */
      "kind"?: string | null
      /** Whether it is in use */
      "status"?: string | null
      /** Number of flats or units */
      "unitCount"?: number | null
      /** Id of the owner */
      "ownerId"?: string | null
      /** Id of the person who manages it */
      "managerId"?: string | null
      /** Rent of the whole property per month, in `currency` */
      "monthlyRent"?: number | null
      /** ISO 4217 code of every amount here */
      "currency"?: string | null
      [name: string]: unknown
    }
  }
  /** Fields of a property changed. */
  PropertyUpdated: {
    entityType: "Property"
    data: {
      /** What the property is called in the dashboard */
      "name": string
      /** Where the property is */
      "address": {
        /** Street and number */
        "street": string
        /** City */
        "city": string
        /** Postal code, as written locally */
        "postalCode"?: string | null
        /** ISO 3166-1 alpha-2 code */
        "country": string
        [name: string]: unknown
      }
      /** Kind of property */
      "kind"?: string | null
      /** Whether it is in use */
      "status"?: string | null
      /** Number of flats or units */
      "unitCount"?: number | null
      /** Id of the owner */
      "ownerId"?: string | null
      /** Id of the person who manages it */
      "managerId"?: string | null
      /** Rent of the whole property per month, in `currency` */
      "monthlyRent"?: number | null
      /** ISO 4217 code of every amount here */
      "currency"?: string | null
      /** Each changed field with its value before and now */
      "changes": {
        [name: string]: {
          /** Value before; null when there was none */
          "from": unknown
          /** Value now; null when it was cleared */
          "to": unknown
          [name: string]: unknown
        }
      }
      [name: string]: unknown
    }
  }
  /** A property was removed. Its last known name and address are included. */
  PropertyDeleted: {
    entityType: "Property"
    data: {
      /** What the property is called in the dashboard */
      "name": string
      /** Where the property is */
      "address"?: {
        /** Street and number */
        "street": string
        /** City */
        "city": string
        /** Postal code, as written locally */
        "postalCode"?: string | null
        /** ISO 3166-1 alpha-2 code */
        "country": string
        [name: string]: unknown
      } | null
      /** Why it was deleted, if anyone said */
      "reason"?: string | null
      [name: string]: unknown
    }
  }
  /** A tenant was added. */
  TenantCreated: {
    entityType: "Tenant"
    data: {
      /** Full name of the person or company that rents */
      "name": string
      /** Where to write to */
      "email"?: string | null
      /** Phone number, international form preferred */
      "phone"?: string | null
      /** Stage of the tenancy */
      "status"?: string | null
      /** Id of the property the tenant lives in */
      "propertyId"?: string | null
      /** Flat or unit within the property */
      "unit"?: string | null
      /** First day of the lease (YYYY-MM-DD) */
      "leaseStart"?: string | null
      /** Last day of the lease; null when open-ended (YYYY-MM-DD) */
      "leaseEnd"?: string | null
      /** Rent per month, in `currency` */
      "monthlyRent"?: number | null
      /** ISO 4217 code of every amount here */
      "currency"?: string | null
      [name: string]: unknown
    }
  }
  /** Fields of a tenant changed. A move also has an event of its own. */
  TenantUpdated: {
    entityType: "Tenant"
    data: {
      /** Full name of the person or company that rents */
      "name": string
      /** Where to write to */
      "email"?: string | null
      /** Phone number, international form preferred */
      "phone"?: string | null
      /** Stage of the tenancy */
      "status"?: string | null
      /** Id of the property the tenant lives in */
      "propertyId"?: string | null
      /** Flat or unit within the property */
      "unit"?: string | null
      /** First day of the lease (YYYY-MM-DD) */
      "leaseStart"?: string | null
      /** Last day of the lease; null when open-ended (YYYY-MM-DD) */
      "leaseEnd"?: string | null
      /** Rent per month, in `currency` */
      "monthlyRent"?: number | null
      /** ISO 4217 code of every amount here */
      "currency"?: string | null
      /** Each changed field with its value before and now */
      "changes": {
        [name: string]: {
          /** Value before; null when there was none */
          "from": unknown
          /** Value now; null when it was cleared */
          "to": unknown
          [name: string]: unknown
        }
      }
      [name: string]: unknown
    }
  }
  /** A tenant was removed. Only the name is repeated; personal data is not. */
  TenantDeleted: {
    entityType: "Tenant"
    data: {
      /** Full name of the person or company that rents */
      "name": string
      /** Why it was deleted, if anyone said */
      "reason"?: string | null
      [name: string]: unknown
    }
  }
  /** A tenant moved in, out, or from one property or unit to another. */
  TenantMovedProperty: {
    entityType: "Tenant"
    data: {
      /** Home before; null when moving in */
      "from": {
        /** Id of the property */
        "propertyId": string
        /** Flat or unit within the property */
        "unit"?: string | null
        [name: string]: unknown
      } | null
      /** Home now; null when moving out */
      "to": {
        /** Id of the property */
        "propertyId": string
        /** Flat or unit within the property */
        "unit"?: string | null
        [name: string]: unknown
      } | null
      /** Day of the move (YYYY-MM-DD) */
      "movedOn": string
      /** Full name of the person or company that rents */
      "name"?: string
      [name: string]: unknown
    }
  }
  /** A document was filed. */
  DocumentCreated: {
    entityType: "Document"
    data: {
      /** What the document is called */
      "title": string
      /** Kind of document */
      "kind": string
      /** Id of the property it concerns */
      "propertyId"?: string | null
      /** Id of the tenant it concerns */
      "tenantId"?: string | null
      /** Id of the issue it concerns */
      "issueId"?: string | null
      /** Name of the file */
      "fileName"?: string | null
      /** Media type of the file */
      "mimeType"?: string | null
      /** Size of the file in bytes */
      "sizeBytes"?: number | null
      /** Day it was issued (YYYY-MM-DD) */
      "issuedOn"?: string | null
      /** Last day it is valid; null when it does not expire (YYYY-MM-DD) */
      "expiresOn"?: string | null
      [name: string]: unknown
    }
  }
  /** Fields of a document changed, or its file was replaced. */
  DocumentUpdated: {
    entityType: "Document"
    data: {
      /** What the document is called */
      "title": string
      /** Kind of document */
      "kind": string
      /** Id of the property it concerns */
      "propertyId"?: string | null
      /** Id of the tenant it concerns */
      "tenantId"?: string | null
      /** Id of the issue it concerns */
      "issueId"?: string | null
      /** Name of the file */
      "fileName"?: string | null
      /** Media type of the file */
      "mimeType"?: string | null
      /** Size of the file in bytes */
      "sizeBytes"?: number | null
      /** Day it was issued (YYYY-MM-DD) */
      "issuedOn"?: string | null
      /** Last day it is valid; null when it does not expire (YYYY-MM-DD) */
      "expiresOn"?: string | null
      /** Each changed field with its value before and now */
      "changes": {
        [name: string]: {
          /** Value before; null when there was none */
          "from": unknown
          /** Value now; null when it was cleared */
          "to": unknown
          [name: string]: unknown
        }
      }
      [name: string]: unknown
    }
  }
  /** A document was deleted. Its last known title and kind are included. */
  DocumentDeleted: {
    entityType: "Document"
    data: {
      /** What the document is called */
      "title": string
      /** Kind of document */
      "kind"?: string
      /** Id of the property it concerns */
      "propertyId"?: string | null
      /** Why it was deleted, if anyone said */
      "reason"?: string | null
      [name: string]: unknown
    }
  }
  /** A document is about to expire, or has expired today. */
  DocumentExpiring: {
    entityType: "Document"
    data: {
      /** What the document is called */
      "title": string
      /** Kind of document */
      "kind": string
      /** Last day it is valid (YYYY-MM-DD) */
      "expiresOn": string
      /** Days until then; 0 on the last day */
      "daysLeft": number
      /** Id of the property it concerns */
      "propertyId"?: string | null
      /** Id of the tenant it concerns */
      "tenantId"?: string | null
      [name: string]: unknown
    }
  }
  /** A file was attached to something. */
  AttachmentCreated: {
    entityType: "Attachment"
    data: {
      /** Name of the file */
      "fileName": string
      /** Media type of the file */
      "mimeType": string
      /** Size of the file in bytes */
      "sizeBytes"?: number | null
      /** What the file is attached to */
      "attachedTo": {
        /** Entity type it hangs on */
        "entityType": string
        /** Id of that entity */
        "entityId": string
        [name: string]: unknown
      }
      /** What it shows */
      "caption"?: string | null
      /** Id of the user who uploaded it */
      "uploadedBy"?: string | null
      [name: string]: unknown
    }
  }
  /** An attachment was renamed, described or moved. */
  AttachmentUpdated: {
    entityType: "Attachment"
    data: {
      /** Name of the file */
      "fileName": string
      /** Media type of the file */
      "mimeType": string
      /** Size of the file in bytes */
      "sizeBytes"?: number | null
      /** What the file is attached to */
      "attachedTo": {
        /** Entity type it hangs on */
        "entityType": string
        /** Id of that entity */
        "entityId": string
        [name: string]: unknown
      }
      /** What it shows */
      "caption"?: string | null
      /** Id of the user who uploaded it */
      "uploadedBy"?: string | null
      /** Each changed field with its value before and now */
      "changes": {
        [name: string]: {
          /** Value before; null when there was none */
          "from": unknown
          /** Value now; null when it was cleared */
          "to": unknown
          [name: string]: unknown
        }
      }
      [name: string]: unknown
    }
  }
  /** An attachment was deleted, and its file with it. */
  AttachmentDeleted: {
    entityType: "Attachment"
    data: {
      /** Name of the file */
      "fileName": string
      /** What the file is attached to */
      "attachedTo"?: {
        /** Entity type it hangs on */
        "entityType": string
        /** Id of that entity */
        "entityId": string
        [name: string]: unknown
      } | null
      /** Why it was deleted, if anyone said */
      "reason"?: string | null
      [name: string]: unknown
    }
  }
  /** A conversation was opened. */
  ConversationStarted: {
    entityType: "Conversation"
    data: {
      /** How people talk in it */
      "channel": string
      /** Who takes part */
      "participants": Array<{
        /** Part the person plays */
        "role": string
        /** Id of the person, where the dashboard knows them */
        "id"?: string | null
        /** Name as shown in the conversation */
        "name"?: string | null
        [name: string]: unknown
      }>
      /** What it is about, in a line */
      "subject"?: string | null
      /** Id of the property it is about */
      "propertyId"?: string | null
      /** Id of the issue it is about */
      "issueId"?: string | null
      [name: string]: unknown
    }
  }
  /** A message came in. Messages that staff send out do not raise it. */
  ConversationMessageReceived: {
    entityType: "Conversation"
    data: {
      /** Id of the message */
      "messageId": string
      /** How people talk in it */
      "channel": string
      /** Who wrote it */
      "from": {
        /** Part the person plays */
        "role": string
        /** Id of the person, where the dashboard knows them */
        "id"?: string | null
        /** Name as shown in the conversation */
        "name"?: string | null
        [name: string]: unknown
      }
      /** The message; empty when it is only attachments */
      "text": string
      /** When it came in (RFC 3339) */
      "receivedAt": string
      /** Files that came with it */
      "attachmentIds"?: Array<string>
      /** Id of the property it is about */
      "propertyId"?: string | null
      /** Id of the issue it is about */
      "issueId"?: string | null
      [name: string]: unknown
    }
  }
  /** A conversation was marked as done. */
  ConversationResolved: {
    entityType: "Conversation"
    data: {
      /** How people talk in it */
      "channel": string
      /** Who marked it; null when nobody did by hand */
      "resolvedBy"?: {
        /** Part the person plays */
        "role": string
        /** Id of the person, where the dashboard knows them */
        "id"?: string | null
        /** Name as shown in the conversation */
        "name"?: string | null
        [name: string]: unknown
      } | null
      /** How it ended */
      "resolution"?: string | null
      /** Messages in it, both ways */
      "messageCount"?: number | null
      /** From the first message to the resolution */
      "durationSeconds"?: number | null
      /** Id of the property it is about */
      "propertyId"?: string | null
      /** Id of the issue it is about */
      "issueId"?: string | null
      [name: string]: unknown
    }
  }
  /** Posthorn disabled a subscription, because its receiver failed or asked for it. */
  SubscriptionDisabled: {
    entityType: "Subscription"
    data: {
      /** Where it POSTed to */
      "url": string
      /** The caller's own name of the subscription */
      "uid": string | null
      /** What the subscription says it is for */
      "description": string | null
      /** Why, in one word */
      "reason": string
      /** Why, in a sentence */
      "disabledReason": string
      /** Since when nothing has succeeded (RFC 3339) */
      "failingSince": string | null
      /** Status of the last answer, if there was one */
      "lastStatusCode": number | null
      /** How the last attempt ended, in one word */
      "lastOutcome": string | null
      /** How the last attempt ended, in a sentence */
      "lastError": string | null
      [name: string]: unknown
    }
  }
  /** Posthorn gave a delivery up: it failed, and no attempt follows by itself. */
  DeliveryExhausted: {
    entityType: "Delivery"
    data: {
      /** Id of the event that was not delivered */
      "eventId": string
      /** Type of that event */
      "eventType": string
      /** What that event is about */
      "entityType": string
      /** Id of what that event is about */
      "entityId": string
      /** Id of the subscription that it was for */
      "subscriptionId": string
      /** Whether that subscription is one of the platform */
      "platform": boolean
      /** HTTP requests made */
      "attempts": number
      /** Status of the last answer, if there was one */
      "lastStatusCode": number | null
      /** How the last attempt ended, in one word */
      "lastOutcome": string | null
      /** How the last attempt ended, in a sentence */
      "lastError": string | null
      [name: string]: unknown
    }
  }
}
