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
  failed: "Your last payment failed. You weren’t charged.",
  processing: "Your payment is on its way. This can take several days, so don’t pay again.",
  inReview: "We’ve received a payment and are checking it. Don’t pay again.",
  closed: "The project is archived, so this proposal can no longer be paid.",
  /** What the business reads, and members who don’t pay. */
  others: {
    processing: "A payment is on its way. The bank may take several days.",
    inReview: "A payment was received and is being checked.",
    failed: "The last payment failed. Nothing was charged, and the client can pay again.",
  },
  pay: (total: string) => `Pay ${total}`,
  invoice: (number: string) => `Invoice ${number}`,
};

/** After Stripe's page. */
export const paymentReturn = {
  title: "Your payment",
  back: "Back to the proposal",
  confirming: {
    title: "Confirming your payment",
    amount: (amount: string) => `Confirming your payment of ${amount}`,
    hint: "This usually takes a few seconds. You can leave this page: the invoice will also be sent to you by e-mail.",
  },
  processing: {
    title: "Your payment is on its way",
    hint: "You’re done here. Your bank may take several days to transfer the money, so please don’t pay again.",
    paid: "Amount",
    next: "When the money arrives, we’ll e-mail you the invoice and work on your project can start. If the bank refuses the payment, we’ll tell you and you won’t be charged.",
  },
  failed: {
    title: (amount: string) => `Your payment of ${amount} didn’t go through`,
    hint: "You haven’t been charged. You can try again from the proposal.",
  },
  done: {
    title: "Thank you for your payment",
    hint: (email: string) => `Your invoice, marked as paid, is on its way to ${email}.`,
    paid: "Amount paid",
    subject: "For",
    invoice: "Invoice",
    next: "Your project is now in progress. You can follow the work on its page.",
    open: "Open invoice",
    project: "Go to the project",
    download: DOWNLOAD,
  },
};
