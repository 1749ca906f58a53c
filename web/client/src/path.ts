/** The address of something this server has: every address of the page is made here, so that Kring can live below a base path. */
export function path(rest: string): string {
  return import.meta.env.BASE_URL + rest.replace(/^\//, "");
}

/** The WebSocket's address, from the page's own. */
export function socketUrl(page: Pick<Location, "protocol" | "host">): string {
  return `${page.protocol === "https:" ? "wss:" : "ws:"}//${page.host}${path("/ws")}`;
}
