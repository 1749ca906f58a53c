/** A QR code as a picture of its own: drawn from the server's SVG, nothing leaves the device. */
const SIDE = 1024;

/** A PNG of the drawing at `address`, black on white. Rejects when the drawing cannot be had. */
export async function pngOf(address: string): Promise<Blob> {
  const image = new Image();
  image.src = address;
  await image.decode();
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = SIDE;
  const paper = canvas.getContext("2d");
  if (!paper) throw new Error("no canvas");
  paper.fillStyle = "#fff";
  paper.fillRect(0, 0, SIDE, SIDE);
  paper.imageSmoothingEnabled = false;
  paper.drawImage(image, 0, 0, SIDE, SIDE);
  return new Promise((resolve, reject) => canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("no picture"))), "image/png"));
}

export function download(blob: Blob, name: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

/** Copies where the browser lets a page do that; false: select it and let the person copy. */
export async function copied(text: string): Promise<boolean> {
  try {
    if (!navigator.clipboard) return false; // absent on plain http
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}
