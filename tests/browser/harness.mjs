/*
 * The world a journey plays in: real relays, real browsers, temporary folders. Everything a journey opens
 * is closed in reverse order when it ends, however it ends.
 *
 *   test("two devices meet", async (t) => {
 *     const world = new World(t);
 *     const relay = await world.relay();
 *     const phone = await world.device("phone", { lang: "zh-CN" });
 *     await phone.visit(relay.invitation);
 *   });
 *
 * `cargo xtask test` sets SLUICE_BINARY, SLUICE_APP and CHROMIUM; set them to run one file by hand with `node --test`.
 */
import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Device, launch, launchProfile } from "./harness/device.mjs";
import { setting } from "./harness/setting.mjs";
import { Relay } from "./harness/relay.mjs";

export { auditAccessibility } from "./harness/accessibility.mjs";
export { app } from "./harness/setting.mjs";

export class World {
  #closers = [];
  #browser;

  constructor(t) {
    t.after(() => this.close());
  }

  /** A folder that is gone afterwards. */
  async folder() {
    const folder = await mkdtemp(join(tmpdir(), "sluice-"));
    this.#closers.push(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }));
    return folder;
  }

  /** A copy of the built app that a journey may change, as a deployment would. */
  async copyOfApp() {
    const copy = join(await this.folder(), "app");
    await cp(setting("SLUICE_APP"), copy, { recursive: true });
    return copy;
  }

  /** A running relay with data of its own. */
  async relay({ app = setting("SLUICE_APP"), data } = {}) {
    const relay = new Relay(data ?? (await this.folder()), app);
    this.#closers.push(() => relay.stop());
    await relay.start();
    return relay;
  }

  /** A new device that shares nothing with any other: "phone", "tablet" or "desktop". */
  async device(kind, wishes = {}) {
    this.#browser ??= this.#closeLater(await launch());
    return new Device(await this.#browser.newContext(Device.settings(kind, wishes)));
  }

  /**
   * A device whose profile lies in `folder`, so that it can be switched off (`close`) and on again. It has a camera if
   * there is something to be seen: a file of pictures.
   */
  async deviceWithProfile(folder, kind, { seen, ...wishes } = {}) {
    return new Device(this.#closeLater(await launchProfile(folder, Device.settings(kind, wishes), seen)));
  }

  async close() {
    for (const close of this.#closers.splice(0).reverse()) {
      await close().catch((error) => console.error("closing:", error));
    }
  }

  #closeLater(closeable) {
    this.#closers.push(() => closeable.close());
    return closeable;
  }
}
