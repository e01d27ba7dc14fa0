/* The camera as a reader of codes, where the browser finds codes in pictures. */
const LOOK_MILLIS = 200;
const later = (millis) => new Promise((done) => setTimeout(done, millis));

export const canScan = () => "BarcodeDetector" in globalThis && !!navigator.mediaDevices;

/** Shows what the camera sees until a code is in it; nothing if the video is taken off the page before. */
export async function scan(video) {
  const stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
  try {
    video.srcObject = stream;
    await video.play();
    const detector = new BarcodeDetector({ formats: ["qr_code"] });
    while (video.isConnected) {
      const [code] = await detector.detect(video);
      if (code) return code.rawValue;
      await later(LOOK_MILLIS);
    }
  } finally {
    stream.getTracks().forEach((track) => track.stop());
  }
}
