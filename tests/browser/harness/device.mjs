/* A device: one browser profile and its page, with the sizes, language and colours of a real one. */
import { chromium } from "playwright-core";
import { setting } from "./setting.mjs";

const KINDS = {
  phone: { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true },
  tablet: { viewport: { width: 1024, height: 768 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true },
  desktop: { viewport: { width: 1440, height: 900 } },
};

/** A camera that sees what lies in a file: pictures (JPEG) one after the other. */
const camera = (seen) => [
  "--use-fake-ui-for-media-stream",
  "--use-fake-device-for-media-stream",
  `--use-file-for-fake-video-capture=${seen}`,
];

const browser = (...more) => ({
  executablePath: setting("CHROMIUM"),
  args: [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    ...more,
  ],
});

export const launch = () => chromium.launch(browser());
export const launchProfile = (folder, settings, seen) =>
  chromium.launchPersistentContext(folder, { ...browser(...(seen ? camera(seen) : [])), ...settings });

export class Device {
  /** Uncaught errors and refused loads of all pages, for a journey to look at. */
  problems = [];

  constructor(context) {
    this.context = context;
    context.on("weberror", (error) => this.problems.push(error.error().stack));
    context.on("console", (message) => message.type() === "error" && this.problems.push(message.text()));
  }

  /** Without a `worker`, everything is asked of the network, where a journey can hold it back. */
  static settings(kind, { lang = "en-US", scheme = "light", worker = true } = {}) {
    const serviceWorkers = worker ? "allow" : "block";
    return { ...KINDS[kind], locale: lang, colorScheme: scheme, timezoneId: "Asia/Shanghai", serviceWorkers };
  }

  /** The device's page; opened when first asked for. */
  async page() {
    this.open ??= this.context.pages()[0] ?? (await this.context.newPage());
    return this.open;
  }

  /** Opens an address and waits until the app has drawn itself. */
  async visit(address) {
    const page = await this.page();
    await page.goto(address);
    await this.drawn();
    return page;
  }

  /** Waits until the app has taken the skeleton's place. */
  async drawn() {
    const page = await this.page();
    await page.locator("#app > *").first().waitFor({ state: "attached" });
    await page.locator("#shell").waitFor({ state: "hidden" });
  }

  /** Waits until the app is kept for offline use. */
  async readyForOffline() {
    const page = await this.page();
    await page.evaluate(async () => {
      await navigator.serviceWorker.ready;
      if (navigator.serviceWorker.controller) return;
      await new Promise((taken) => navigator.serviceWorker.addEventListener("controllerchange", taken, { once: true }));
    });
  }

  goOffline = () => this.context.setOffline(true);
  goOnline = () => this.context.setOffline(false);

  /** Speaks to the browser below the page, for what pages cannot ask. */
  async protocol() {
    return this.context.newCDPSession(await this.page());
  }

  /** Switches the device off. */
  close = () => this.context.close();
}
