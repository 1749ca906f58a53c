/** The QR as part of the page: a picture's address could not say who asks for it. */
import { sessionQrAddress } from "../api";

/** The server's drawing, black on white, quiet zone included; null when it cannot be had now. */
export async function drawingOf(session: string, token: string): Promise<SVGSVGElement | null> {
  try {
    const answer = await fetch(sessionQrAddress(session), { headers: { Authorization: `Bearer ${token}` }, credentials: "same-origin", cache: "no-store" });
    if (!answer.ok) return null;
    const drawn = new DOMParser().parseFromString(await answer.text(), "image/svg+xml").documentElement;
    return drawn instanceof SVGSVGElement ? scalable(document.importNode(drawn, true)) : null;
  } catch {
    return null;
  }
}

function scalable(drawn: SVGSVGElement): SVGSVGElement {
  const [width, height] = ["width", "height"].map((side) => drawn.getAttribute(side) ?? "0");
  drawn.setAttribute("viewBox", `0 0 ${width} ${height}`);
  drawn.removeAttribute("width");
  drawn.removeAttribute("height");
  drawn.setAttribute("shape-rendering", "crispEdges");
  drawn.setAttribute("aria-hidden", "true");
  drawn.setAttribute("focusable", "false");
  return drawn;
}
