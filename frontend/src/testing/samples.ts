import type {
  BrandingOut,
  BulkOperationOut,
  BusinessOut,
  EnvironmentOut,
  InvoiceDetailOut,
  InvoiceOut,
  MeOut,
  OnboardingOut,
  OrganizationOut,
  ProjectOut,
  ProposalOut,
  SharedProposal,
  TaxRateOut,
  TemplateOut,
  TemplateSummary,
  VersionOut,
  WorkflowOut,
} from "@/api/generated";

/** Gives a UUIDv7 that can be told from others by its number. */
export function idOf(number: number): string {
  return `01990000-0000-7000-8000-${String(number).padStart(12, "0")}`;
}

const ORG = { id: idOf(1), name: "Harbour Logistics" };
const PROJECT = { id: idOf(2), code: "PRJ-2026-019", title: "Lead capture" };

/** Gives the first page of a list. */
export function pageOf<Item>(items: Item[], parts: { total?: number; pages?: number } = {}) {
  return { items, next_cursor: null, total: items.length, total_capped: false, page: 1, pages: 1, ...parts };
}

/** Gives who the caller is: an owner unless the parts say otherwise. */
export function meOf(parts: Partial<MeOut> = {}): MeOut {
  return {
    id: idOf(3),
    email: "thandi@harbour.example",
    full_name: "Thandi Nkosi",
    realm: "CLIENT",
    role: "OWNER",
    permissions: [],
    organization: { ...ORG, domain: "harbour-logistics", plan: "FREE", status: "ACTIVE" },
    profile: { timezone: null },
    onboarding: { completed: true, steps: [] },
    summary: { session_id: idOf(4), signed_in_at: "2026-11-21T08:00:00Z" },
    ...parts,
  };
}

/** Gives the seller. */
export function businessOf(parts: Partial<BusinessOut> = {}): BusinessOut {
  return {
    name: "Northstar Automation",
    legal_name: "Northstar Automation (Pty) Ltd",
    address: "12 Signal Street\nCape Town 8001",
    country: "ZA",
    registration_number: null,
    tax_number: null,
    tax_name: "VAT",
    email: null,
    phone: null,
    website: null,
    currency: "ZAR",
    timezone: "Africa/Johannesburg",
    number_format: "COMMA_POINT",
    date_format: "DAY_MONTH_YEAR",
    default_terms: "",
    default_tax: "VAT",
    tax_rate: "15.00",
    days_to_pay: 14,
    bank: null,
    accent: "#006c94",
    accent_dark: null,
    accent_dark_derived: "#4795b2",
    logo: null,
    front_door: { headline: "", introduction: "", offers: [], contact: "", about: "" },
    revision: 1,
    updated_at: "2026-11-21T09:00:00Z",
    ...parts,
  };
}

/** Gives a rate of tax that is in effect. */
export function taxRateOf(parts: Partial<TaxRateOut> = {}): TaxRateOut {
  return { id: idOf(71), name: "VAT", rate: "15.00", valid_from: "2018-04-01", valid_until: null, has_begun: true, is_current: true, is_default: true, ...parts };
}

/** Gives the face of the business. */
export function brandingOf(parts: Partial<BrandingOut> = {}): BrandingOut {
  const { name, legal_name, address, country, registration_number, tax_number, tax_name, email, phone, website, logo, front_door, currency, timezone, number_format, date_format } = businessOf();
  const light = { accent: "#006c94", hover: "#005b7c", on_accent: "#ffffff", soft: "#e6f0f4", on_soft: "#006c94" };
  const dark = { accent: "#4795b2", hover: "#64a6be", on_accent: "#081822", soft: "#253944", on_soft: "#84b8cb" };
  return { name, legal_name, address, country, registration_number, tax_number, tax_name, email, phone, website, logo, front_door, currency, timezone, number_format, date_format, light, dark, ...parts };
}

/** Gives which build is running. */
export function versionOf(parts: Partial<VersionOut> = {}): VersionOut {
  return { version: "0.1.0", commit: "abcdef0", built_at: null, environment: "production", ...parts };
}

/** Gives a project. */
export function projectOf(parts: Partial<ProjectOut> = {}): ProjectOut {
  return {
    ...PROJECT,
    description: "",
    status: "DRAFT",
    proposal_status: null,
    revision: 1,
    previous_status: null,
    next_statuses: ["PROPOSED", "ARCHIVED"],
    org_id: ORG.id,
    organization: ORG,
    created_by: idOf(5),
    created_at: "2026-11-20T08:00:00Z",
    updated_at: "2026-11-20T08:00:00Z",
    ...parts,
  };
}

/** Gives a proposal of one line; its sums follow from `amount` at 15 % on top. */
export function proposalOf({ amount = 100_000, currency = "ZAR", ...parts }: Partial<ProposalOut> & { amount?: number; currency?: string } = {}): ProposalOut {
  const money = (value: number) => ({ amount: value, currency });
  const tax = Math.round(amount * 0.15);
  return {
    id: idOf(6),
    version: 1,
    status: "SENT",
    title: "Lead capture and follow-up",
    summary: "",
    seller_name: "Northstar Automation",
    organization_name: ORG.name,
    project_id: PROJECT.id,
    project_code: PROJECT.code,
    project_title: PROJECT.title,
    org_id: ORG.id,
    organization: ORG,
    line_items: [
      { description: "Discovery workshop", quantity: "1", unit_price: money(amount), tax_rate: "15.00", optional: false, amount: money(amount), net: money(amount), tax: money(tax) },
    ],
    tax_inclusive: false,
    tax_name: "VAT",
    subtotal: money(amount),
    tax: money(tax),
    taxes: [{ rate: "15.00", net: money(amount), tax: money(tax) }],
    total: money(amount + tax),
    deposit: null,
    terms: "",
    valid_until: "2026-12-21T21:59:59Z",
    valid_until_day: "2026-12-21",
    sent_at: "2026-11-21T08:00:00Z",
    payment: parts.status === "APPROVED" ? "DUE" : null,
    decided_at: null,
    decided_by_name: null,
    decided_name: null,
    decision_note: null,
    undelivered: [],
    content_hash: "a".repeat(64),
    is_closed: false,
    next_statuses: [],
    revision: 3,
    created_by: idOf(5),
    sent_by: idOf(5),
    created_at: "2026-11-20T08:00:00Z",
    updated_at: "2026-11-21T08:00:00Z",
    ...parts,
  };
}

/** Gives what a viewing link shows of a proposal. */
export function sharedOf(proposal: ProposalOut = proposalOf(), parts: Partial<SharedProposal> = {}): SharedProposal {
  const { id, version, status, title, summary, seller_name, organization_name, project_code, project_title, line_items, tax_inclusive, tax_name, subtotal, tax, taxes, total, deposit, terms, valid_until, valid_until_day, sent_at, decided_at, content_hash, is_closed } = proposal;
  return {
    id, version, status, title, summary, seller_name, organization_name, project_code, project_title, line_items, tax_inclusive, tax_name, subtotal, tax, taxes, total, deposit, terms, valid_until, valid_until_day, sent_at, decided_at, content_hash, is_closed,
    newer_version: null,
    newer_id: null,
    has_pdf: true,
    ...parts,
  };
}

/** Gives an invoice. */
export function invoiceOf(parts: Partial<InvoiceOut> = {}): InvoiceOut {
  const total = { amount: 115_000, currency: "ZAR" };
  return {
    id: idOf(7),
    number: "INV-2026-000001",
    status: "PAID",
    title: "Lead capture and follow-up",
    client: ORG.name,
    org_id: ORG.id,
    project: PROJECT,
    proposal_id: idOf(6),
    total,
    balance: { amount: 0, currency: "ZAR" },
    issued_at: "2026-11-21T09:00:00Z",
    paid_at: "2026-11-21T09:00:00Z",
    is_pdf_ready: true,
    ...parts,
  };
}

/**
 * Gives an invoice with all that is on it: two equal lines whose prices contain 15 % of a tax that is not called VAT, so that no figure
 * and no word of it can stand in for another.
 */
export function invoiceDetailOf(parts: Partial<InvoiceDetailOut> = {}): InvoiceDetailOut {
  const money = (amount: number) => ({ amount, currency: "ZAR" });
  const line = { description: "Discovery workshop", quantity: "2", unit_price: money(115_000), tax_rate: "15.00", amount: money(230_000), net: money(200_000), tax: money(30_000) };
  return {
    ...invoiceOf({ total: money(460_000) }),
    lines: [line, line],
    tax_inclusive: true,
    subtotal: money(400_000),
    tax: money(60_000),
    taxes: [{ rate: "15.00", net: money(400_000), tax: money(60_000) }],
    seller: { name: "Northstar Automation", legal_name: "", registration_number: null, address: "12 Signal Street\nCape Town 8001", tax_number: "4990123456", email: null, tax_name: "GST" },
    buyer: { name: ORG.name, project_code: PROJECT.code },
    ...parts,
  };
}

const STEPS = ["welcome", "profile", "checklist", "guide"] as const;

/** Gives an onboarding of which so many steps are taken. */
export function onboardingOf(taken: number, parts: Partial<OnboardingOut> = {}): OnboardingOut {
  return {
    completed: taken >= STEPS.length,
    next: STEPS[taken] ?? null,
    steps: STEPS.map((name, index) => ({ name, completed_at: index < taken ? "2026-11-21T08:00:00Z" : null })),
    profile: { job_title: null, timezone: null, goals: null },
    ...parts,
  };
}

/** Gives a template of the library. */
export function templateOf(parts: Partial<TemplateSummary> = {}): TemplateSummary {
  return {
    id: idOf(11),
    family_id: idOf(11),
    name: "Lead capture",
    category: "General",
    description: "",
    version: 1,
    is_current: true,
    parameters: [],
    sha256: "b".repeat(64),
    created_at: "2026-11-20T08:00:00Z",
    ...parts,
  };
}

/** Gives a template with its file. */
export function templateDetailOf(parts: Partial<TemplateOut> = {}): TemplateOut {
  return { ...templateOf(), definition: { name: "Lead capture", nodes: [], connections: {} }, ...parts };
}

/** Gives a connected n8n server. */
export function environmentOf(parts: Partial<EnvironmentOut> = {}): EnvironmentOut {
  return {
    id: idOf(12),
    name: "Production n8n",
    base_url: "https://n8n.example.com",
    is_active: true,
    is_reachable: true,
    version: "1.120.0",
    check_failure: null,
    checked_at: "2026-11-21T08:00:00Z",
    created_at: "2026-11-20T08:00:00Z",
    updated_at: "2026-11-21T08:00:00Z",
    ...parts,
  };
}

/** Gives a bulk operation that goes on. */
export function bulkOperationOf(parts: Partial<BulkOperationOut> = {}): BulkOperationOut {
  return {
    id: idOf(60),
    kind: "projects.archive",
    state: "RUNNING",
    total: 2340,
    succeeded: 120,
    failed: 0,
    errors: [],
    stop_reason: null,
    created_at: "2026-11-21T08:00:00Z",
    started_at: "2026-11-21T08:00:01Z",
    finished_at: null,
    expires_at: null,
    ...parts,
  };
}

/** Gives a deployed workflow. */
export function workflowOf(parts: Partial<WorkflowOut> = {}): WorkflowOut {
  return {
    id: idOf(14),
    org_id: ORG.id,
    organization: ORG,
    project: PROJECT,
    name: "Lead capture",
    template_id: idOf(11),
    template_version: 1,
    last_run: null,
    recent_failures: 0,
    environment_id: idOf(12),
    engine_workflow_id: "17",
    status: "ACTIVE",
    steps: ["trigger"],
    parameters: [],
    failure_reason: null,
    deployed_at: "2026-11-21T08:00:00Z",
    created_at: "2026-11-21T08:00:00Z",
    updated_at: "2026-11-21T08:00:00Z",
    ...parts,
  };
}

/** Returns a client by number and name. */
export function organizationOf(number: number, name: string): OrganizationOut {
  return { id: idOf(number), name, domain: "x", plan: "FREE", status: "ACTIVE", created_at: "2026-11-20T08:00:00Z" };
}
