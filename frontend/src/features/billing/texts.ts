import type { InvoiceStatus } from "@/api/generated";

/** What the pages of invoices and payments say, in English. */

export const statuses = { ISSUED: "Unpaid", PAID: "Paid", VOID: "Void" } satisfies Record<InvoiceStatus, string>;

export const invoiceList = {
  title: "Invoices",
  noun: { one: "invoice", other: "invoices" },
  searched: "Number or title",
  empty: { title: "No invoices yet", hint: "An invoice appears here once an approved proposal is paid." },
};

export const columns = {
  number: "Number",
  client: "Client",
  subject: "For",
  issued: "Issued",
  total: "Total",
  balance: "Balance due",
  status: "Status",
  /** Begins the row of sums. */
  sums: "Page total",
};

const DOWNLOAD = { ready: "Download PDF", preparing: "Preparing PDF" };

export const invoicePage = {
  invoices: "Invoices",
  number: "the invoice number",
  issued: "Issued <day></day>",
  download: DOWNLOAD,
  lines: "Invoice lines",
  taxIncluded: (tax: string) => `Unit prices and amounts include ${tax}.`,
  summary: {
    title: "Summary",
    subtotal: (tax: string) => `Subtotal excl. ${tax}`,
    total: "Total",
    balance: "Balance due",
    paidOn: "Paid on",
  },
  seller: { title: "From", registrationNumber: (number: string) => `Registration number ${number}`, taxNumber: (tax: string, number: string) => `${tax} number ${number}` },
  subject: { title: "For", project: (code: string) => `Project ${code}`, proposal: "Approved proposal" },
};

/** What was agreed for a project against what was paid. */
export const projectMoney = { title: "Payments", agreed: "Agreed", paid: "Paid so far", open: "Outstanding", share: "Share paid" };

export const payButton = {
  next: "Payment is the next step.",
  payer: (organization: string) => `An owner of ${organization} can pay.`,
  unpaid: "Nothing was charged. You can pay whenever you’re ready.",
  pay: (total: string) => `Pay ${total}`,
  invoice: (number: string) => `Invoice ${number}`,
};

/** After Stripe's page. */
export const paymentReturn = {
  title: "Your payment",
  confirming: {
    title: "Confirming your payment",
    amount: (amount: string) => `Confirming your payment of ${amount}`,
    hint: "This usually takes a few seconds. You can leave this page: the invoice will also be sent to you by e-mail.",
  },
  failed: {
    title: "Your payment didn’t go through",
    hint: "You haven’t been charged. You can try again from the proposal.",
    back: "Back to the proposal",
  },
  done: {
    title: "Thank you for your payment",
    hint: "Your invoice, marked as paid, is on its way to you by e-mail.",
    paid: "Amount paid",
    subject: "For",
    invoice: "Invoice",
    next: "Your project is now in progress. You can follow the work on its page.",
    open: "Open invoice",
    project: "Go to the project",
    download: DOWNLOAD,
  },
};
