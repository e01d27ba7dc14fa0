/*
 * What runs before the program: theme and language, start, the message of last resort, updates.
 *
 * The page offers to the app:
 *   #app                        the element to draw into; the skeleton goes once it is not empty
 *   sluicePanic(message)        shows in both languages that the data is safe and how to go on
 *   sluiceUpdate.waiting        true when a newer version is ready
 *   sluiceUpdate.apply()        changes to it and reloads this tab once
 *   event "sluice-update"       on window, when a newer version becomes ready
 * The app tells the page, in localStorage: theme ("light", "dark", or none for the system's)
 * and lang ("zh-CN", "en", or none for the browser's).
 */
"use strict";
(() => {
  const kept = (key) => {
    try {
      return localStorage.getItem(key);
    } catch {
      return null; // Storage may be denied; the defaults serve.
    }
  };

  const root = document.documentElement;
  root.lang = kept("lang") ?? (navigator.language.startsWith("zh") ? "zh-CN" : "en");
  const theme = kept("theme");
  if (theme === "light" || theme === "dark") {
    root.dataset.theme = theme;
    const [light, dark] = document.querySelectorAll('meta[name="theme-color"]');
    (theme === "light" ? dark : light).content = (theme === "light" ? light : dark).content;
  }

  window.sluicePanic = (message) => {
    const fault = document.getElementById("fault");
    fault.querySelector("pre").textContent ||= String(message); // The first cause is the one to know.
    fault.querySelector("button").onclick = () => location.reload();
    if (!fault.open) fault.showModal();
  };

  const update = { waiting: false, apply: () => {} };
  window.sluiceUpdate = update;

  function offer(registration) {
    if (!registration.waiting || !navigator.serviceWorker.controller) return;
    update.waiting = true;
    update.apply = () => {
      navigator.serviceWorker.addEventListener("controllerchange", () => location.reload(), { once: true });
      registration.waiting?.postMessage({ type: "SKIP_WAITING" });
    };
    window.dispatchEvent(new Event("sluice-update"));
  }

  async function watch() {
    const registration = await navigator.serviceWorker.register("/sw.js", { updateViaCache: "none" });
    offer(registration);
    registration.addEventListener("updatefound", () => {
      const worker = registration.installing;
      worker?.addEventListener("statechange", () => offer(registration));
    });
    const ask = () => registration.update().catch(() => {}); // Offline there is nothing newer to know of.
    document.addEventListener("visibilitychange", () => document.hidden || ask());
    setInterval(ask, 60 * 60 * 1000);
  }

  async function start() {
    const program = await import("{{app_js}}");
    await program.default({ module_or_path: "{{app_wasm}}" });
  }

  document.addEventListener("DOMContentLoaded", async () => {
    await start().catch((error) => window.sluicePanic(error?.stack ?? error));
    // Only now, since the worker also keeps what the first screen does without.
    if (navigator.serviceWorker) await watch().catch((error) => console.warn("Sluice will not start offline:", error));
  });
})();
