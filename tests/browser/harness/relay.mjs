/* The real relay as a child process. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { setting } from "./setting.mjs";

const START_WITHIN = 20_000;
const STOP_WITHIN = 10_000;

const running = new Set();
// A test runner that is stopped midway must not leave relays behind.
process.on("exit", () => running.forEach((child) => child.kill("SIGKILL")));

export class Relay {
  #child;
  #listen = "127.0.0.1:0";

  constructor(data, app) {
    this.data = data;
    this.app = app;
    this.log = "";
  }

  /** Starts the relay and waits until it says where it is. Started again, it keeps its address. */
  async start() {
    const options = ["serve", "--data", this.data, "--app", this.app, "--listen", this.#listen];
    const child = spawn(setting("SLUICE_BINARY"), options, { stdio: ["ignore", "pipe", "pipe"] });
    this.#child = child;
    running.add(child);
    child.once("close", () => running.delete(child));
    /** The one-time link that the start printed. */
    this.invitation = await this.#openLine(child);
    this.url = new URL(this.invitation).origin;
    this.#listen = new URL(this.invitation).host;
  }

  /** Stops the relay as an operator would; "SIGKILL" is the power cut. */
  async stop(signal = "SIGTERM") {
    const child = this.#child;
    if (!running.has(child)) return;
    const closed = once(child, "close");
    child.kill(signal);
    const timer = setTimeout(() => child.kill("SIGKILL"), STOP_WITHIN);
    await closed;
    clearTimeout(timer);
  }

  #openLine(child) {
    const deadline = AbortSignal.timeout(START_WITHIN);
    let said = "";
    return new Promise((resolve, reject) => {
      const hear = (text) => {
        said += text;
        this.log += text;
        const link = /^Open .*?(https?:\/\/\S+)[ \t]*$/m.exec(said);
        if (link) resolve(link[1]);
      };
      const fail = (reason) => reject(new Error(`the relay ${reason}; it said:\n${said}`));
      child.stdout.setEncoding("utf8").on("data", hear);
      child.stderr.setEncoding("utf8").on("data", hear);
      child.once("error", (error) => fail(`does not start: ${error.message}`));
      child.once("close", (code) => fail(`ended with code ${code} before it printed its address`));
      deadline.addEventListener("abort", () => fail(`printed no address within ${START_WITHIN} ms`));
    });
  }
}
