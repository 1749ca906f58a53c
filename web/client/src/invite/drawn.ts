/** A QR that came as text, as part of the page: it holds a secret, so it has no address of its own. */
export function drawn(svg: string): SVGSVGElement | null {
  const found = new DOMParser().parseFromString(svg, "image/svg+xml").documentElement;
  if (!(found instanceof SVGSVGElement)) return null;
  const drawing = document.importNode(found, true);
  const [width, height] = ["width", "height"].map((side) => drawing.getAttribute(side) ?? "0");
  drawing.setAttribute("viewBox", `0 0 ${width} ${height}`);
  for (const side of ["width", "height"]) drawing.removeAttribute(side);
  drawing.setAttribute("shape-rendering", "crispEdges");
  drawing.setAttribute("aria-hidden", "true");
  drawing.setAttribute("focusable", "false");
  return drawing;
}
