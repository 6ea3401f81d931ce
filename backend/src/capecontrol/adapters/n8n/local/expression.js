// Evaluates one n8n expression, or one Code node, given as `dukpy.request`; answers JSON.
(function () {
  const request = dukpy.request;
  for (const name of ["dukpy", "call_python", "require", "process", "console"]) delete globalThis[name];

  const SystemDate = Date;
  const now = () => SystemDate.now() + request.clock_offset_ms;
  globalThis.Date = class Date extends SystemDate {
    constructor(...args) {
      if (args.length === 0) super(now());
      else super(...args);
    }
    static now() {
      return now();
    }
  };

  // The few words of Luxon that files use most.
  const UNITS = { milliseconds: 1, seconds: 1000, minutes: 60000, hours: 3600000, days: 86400000, weeks: 604800000 };
  const moment = (ms) => {
    const length = (span) =>
      Object.entries(span).reduce((sum, [unit, n]) => sum + n * (UNITS[unit] ?? UNITS[unit + "s"] ?? NaN), 0);
    const iso = () => new SystemDate(ms).toISOString();
    return {
      toISO: () => iso(),
      toISODate: () => iso().slice(0, 10),
      toMillis: () => ms,
      toSeconds: () => ms / 1000,
      toUnixInteger: () => Math.floor(ms / 1000),
      toUTC: () => moment(ms),
      toJSDate: () => new SystemDate(ms),
      toJSON: () => iso(),
      toString: () => iso(),
      valueOf: () => ms,
      plus: (span) => moment(ms + length(span)),
      minus: (span) => moment(ms - length(span)),
    };
  };

  class ExpressionError extends Error {}

  const item = (json) => (json === undefined ? undefined : { json });
  const view = (name) => {
    const found = request.nodes[name];
    if (!found) throw new ExpressionError(`Referenced node doesn't exist or was not executed: ${name}`);
    const items = found.items.map(item);
    return {
      item: items[found.paired ?? 0],
      first: () => items[0],
      last: () => items[items.length - 1],
      all: () => items,
      isExecuted: true,
      get json() {
        return items[found.paired ?? 0]?.json;
      },
    };
  };
  const input = request.input.map(item);
  const names = {
    $json: request.input[request.index],
    $input: {
      item: input[request.index],
      first: () => input[0],
      last: () => input[input.length - 1],
      all: () => input,
    },
    $: view,
    $node: new Proxy({}, { get: (_, name) => view(name) }),
    $execution: request.execution,
    $workflow: request.workflow,
    $itemIndex: request.index,
    $now: moment(now()),
    $today: moment(Math.floor(now() / 86400000) * 86400000),
    items: input,
    require: (name) => {
      throw new Error(`Module '${name}' is disallowed`);
    },
  };
  const call = (body) => new Function(...Object.keys(names), body)(...Object.values(names));

  if (request.code !== undefined) return JSON.stringify({ value: call(request.code) });

  const evaluate = (code) => {
    let compiled;
    try {
      compiled = new Function(...Object.keys(names), `return (${code}\n)`);
    } catch (error) {
      throw new ExpressionError("invalid syntax");
    }
    try {
      return compiled(...Object.values(names));
    } catch (error) {
      if (error instanceof ExpressionError) throw error;
      return undefined; // as n8n does: a missing member makes a value undefined, it does not stop the run
    }
  };
  const values = request.pieces.map((piece) => (piece.code === undefined ? piece.text : evaluate(piece.code)));
  const value =
    values.length === 1 ? values[0] : values.map((part) => (part === undefined || part === null ? "" : part)).join("");
  return JSON.stringify({ value });
})();
