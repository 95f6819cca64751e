import { readFileSync } from "node:fs";

interface Target {
  readonly refId: string;
  readonly expr: string;
}

/** What this needs of a Grafana dashboard. */
export interface Dashboard {
  readonly uid: string;
  readonly panels: readonly {
    readonly title: string;
    readonly datasource: { readonly uid: string };
    readonly targets: readonly Target[];
  }[];
  readonly templating: {
    readonly list: readonly { readonly name: string; readonly query: { readonly query: string } }[];
  };
}

export function readDashboard(path: string): Dashboard {
  return JSON.parse(readFileSync(path, "utf8")) as Dashboard;
}

/** Every query of every panel, as Grafana sends it once its variables are put in. */
export function panelQueries(
  dashboard: Dashboard,
  variables: Readonly<Record<string, string>>,
): { title: string; query: string }[] {
  return dashboard.panels.flatMap(({ title, targets }) =>
    targets.map(({ refId, expr }) => ({ title: `${title} ${refId}`, query: putIn(expr, variables) })),
  );
}

/** `label_values(selector, label)` of each variable, as its two parts. */
export function variableQueries(
  dashboard: Dashboard,
  variables: Readonly<Record<string, string>>,
): { name: string; selector: string; label: string }[] {
  return dashboard.templating.list.map(({ name, query }) => {
    const [, selector = "", label = ""] =
      /^label_values\((.+), (\w+)\)$/.exec(putIn(query.query, variables)) ?? [];
    return { name, selector, label };
  });
}

/** @throws for a variable that is not given */
function putIn(text: string, variables: Readonly<Record<string, string>>): string {
  return text.replace(/\$(\w+)/g, (_match, name: string) => {
    const value = variables[name];
    if (value === undefined) throw new Error(`the dashboard has no variable $${name}`);
    return value;
  });
}
