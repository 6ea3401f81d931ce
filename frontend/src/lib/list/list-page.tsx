import type { ReactNode } from "react";
import { PageHeader } from "@/ui/patterns/page-header";
import { Page } from "@/ui/patterns/panel";
import type { ListFilter } from "./address";
import { List, type ListProps } from "./list";

export interface ListPageProps<Row, Filter extends ListFilter> extends Omit<ListProps<Row, Filter>, "label"> {
  title: string;
  /** What the table is called, where that is not the title. */
  label?: string;
  facts?: ReactNode;
  actions?: ReactNode;
}

/** A page that is a list. */
export function ListPage<Row, Filter extends ListFilter>({ title, label = title, facts, actions, ...list }: ListPageProps<Row, Filter>) {
  return (
    <Page>
      <PageHeader title={title} facts={facts} actions={actions} />
      <List label={label} {...list} />
    </Page>
  );
}
