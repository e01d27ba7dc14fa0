//! The sync badge.

phrases! {
    saved_here() { zh: "已存本机", en: "Saved on this device" }
    waiting(n: usize) { zh: "{n} 处更改待同步", en: "{n} waiting to be synced" }
    all_acknowledged() { zh: "已全部同步", en: "All synced" }
    offline() { zh: "离线", en: "Offline" }
    connecting() { zh: "正在连接", en: "Connecting" }
    online() { zh: "在线", en: "Online" }
    last_sync(when: &str) { zh: "上次 {when}", en: "Last {when}" }
    fingerprint(digest: &str) { zh: "看板指纹 {digest}", en: "Board {digest}" }
    storage_denied() {
        zh: "浏览器不允许保存数据；请关闭隐私模式或允许本站存储",
        en: "The browser refuses to store data; leave private mode or allow storage for this site"
    }
    disk_full() {
        zh: "磁盘已满，最后的更改没有保存；请腾出空间后重做",
        en: "The disk is full and the last change was not saved; free space and do it again"
    }
    storage_broken(cause: &str) {
        zh: "无法保存：{cause}。请重新加载页面",
        en: "Saving failed: {cause}. Reload the page"
    }
    relay_ended(cause: &str) { zh: "同步已停止：{cause}", en: "Syncing stopped: {cause}" }
    damaged(n: usize) {
        zh: "{n} 处存储已损坏，已放在一边，正在取回",
        en: "{n} stored pieces were damaged and put aside; they are being fetched again"
    }
    update_ready() { zh: "有新版本", en: "A new version is ready" }
    refresh() { zh: "刷新", en: "Refresh" }
}
