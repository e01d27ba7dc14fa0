// Pictures: made smaller before they are kept, and drawn by hand. The browser does this far better than a program.

/** Pictures of phones that not every browser reads. */
const PHONE_PICTURE = /^image\/hei[cf]/;

/**
 * The picture with its longer side at most `side` pixels, as JPEG; one that is so small, and shorter than `enough` bytes,
 * as it is. Rejects what the browser cannot read as a picture,
 * whatever its first bytes say; only pictures of phones that this browser does not know are kept as they are.
 */
export async function shrink(file, side, enough) {
  let bitmap;
  try {
    bitmap = await createImageBitmap(file, { imageOrientation: "from-image" });
  } catch (error) {
    if (PHONE_PICTURE.test(file.type)) return file;
    throw error;
  }
  const scale = Math.min(1, side / Math.max(bitmap.width, bitmap.height));
  if (scale === 1 && file.size < enough) return file;
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(bitmap.width * scale);
  canvas.height = Math.round(bitmap.height * scale);
  canvas.getContext("2d").drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  bitmap.close();
  return new Promise((done) => canvas.toBlob((blob) => done(blob ?? file), "image/jpeg", 0.82));
}

/** Lets a finger, pen or mouse draw on a canvas; `drawn` is called when a line ends. */
export function pen(canvas, drawn) {
  const ratio = globalThis.devicePixelRatio || 1;
  canvas.width = canvas.clientWidth * ratio;
  canvas.height = canvas.clientHeight * ratio;
  const context = canvas.getContext("2d");
  context.scale(ratio, ratio);
  clear(canvas);
  Object.assign(context, { lineWidth: 2.4, lineCap: "round", lineJoin: "round", strokeStyle: "#14213d" });
  canvas.addEventListener("pointerdown", (event) => {
    canvas.setPointerCapture(event.pointerId);
    context.beginPath();
    context.moveTo(event.offsetX, event.offsetY);
  });
  canvas.addEventListener("pointermove", (event) => {
    if (!canvas.hasPointerCapture(event.pointerId)) return;
    context.lineTo(event.offsetX, event.offsetY);
    context.stroke();
  });
  canvas.addEventListener("pointerup", () => drawn());
}

/** White again: what is drawn in ink must be legible wherever it is shown. */
export function clear(canvas) {
  const context = canvas.getContext("2d");
  context.fillStyle = "white";
  context.fillRect(0, 0, canvas.width, canvas.height);
}

/** What was drawn, as PNG. */
export function drawing(canvas) {
  return new Promise((done) => canvas.toBlob((blob) => done(blob), "image/png"));
}
