/** The path below which this Kring lives, as the server wrote it into the page: empty, or as "/kring". */
const BASE = typeof document === "undefined" ? "" : (document.querySelector<HTMLMetaElement>('meta[name="kring-base"]')?.content ?? "");

/** The address of something this server has: every address of the page is made here, so that Kring can live below a base path. */
export function path(rest: string, base: string = BASE): string {
  return `${base}/${rest.replace(/^\//, "")}`;
}

/** The part of an address's path below the base, beginning with a slash; all of it, where that is elsewhere. */
export function below(pathname: string, base: string = BASE): string {
  if (pathname === base) return "/";
  return pathname.startsWith(`${base}/`) ? pathname.slice(base.length) : pathname;
}

/** The WebSocket's address, from the page's own. */
export function socketUrl(page: Pick<Location, "protocol" | "host">): string {
  return `${page.protocol === "https:" ? "wss:" : "ws:"}//${page.host}${path("/ws")}`;
}
