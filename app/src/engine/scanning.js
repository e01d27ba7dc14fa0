/* The camera as a source of still pictures, small enough to be searched several times a second. */
const LONGEST = 800;
const canvas = document.createElement("canvas");

export const canScan = () => !!navigator.mediaDevices?.getUserMedia;

/** Shows what the camera sees. */
export async function begin(video) {
  video.srcObject = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
  await video.play();
}

/** What it sees now; nothing once the video is off the page. */
export function picture(video) {
  if (!video.isConnected) return;
  const scale = Math.min(1, LONGEST / Math.max(video.videoWidth, video.videoHeight));
  canvas.width = video.videoWidth * scale;
  canvas.height = video.videoHeight * scale;
  const context = canvas.getContext("2d", { willReadFrequently: true });
  context.drawImage(video, 0, 0, canvas.width, canvas.height);
  return context.getImageData(0, 0, canvas.width, canvas.height);
}

/** Gives the camera back. */
export const end = (video) => video.srcObject?.getTracks().forEach((track) => track.stop());
