/** What is said where there is nothing at an address, in English. */
export const notFound = {
  title: "Page not found",
  hint: "Nothing is at this address. It may be mistyped, or what was here has moved or isn’t open to you.",
  search: "Search",
  back: "Go back",
  dashboard: "Go to the dashboard",
  home: "Go to the home page",
};
